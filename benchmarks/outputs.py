"""The public files of an edition: time and memory, and the recueil of 500 fiches."""

from __future__ import annotations

import resource
import time
import tracemalloc
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import time_machine
from django.db import connection
from django.test import Client
from django.urls import reverse

from benchmarks.answering import analyse, own_database
from campaigns import booklets, catalogue_stamp
from campaigns.criteria import Criteria
from campaigns.models import Action, ActionPartner, ActionSession, Booklet, Theme
from campaigns.selection import Selection
from establishments.models import Establishment
from tests.campaigns.scene import Scene, make_scene
from tests.factories import DepartmentFactory, EstablishmentFactory

SIZES = (2_000, 20_000)
BOOKLET = 500
ESTABLISHMENTS = 400
STREAMED = ("csv", "json", "xlsx")
TRIVIAL = "/robots.txt"
DURING = datetime(2023, 4, 3, 10, tzinfo=UTC)
PROSE = (
    "Redonner confiance à chaque élève, l’aider à dire ce qu’il sait faire, associer sa famille. "
)


def measure() -> list[tuple[str, str]]:
    """Seconds and megabytes of each file, beside a trivial view, in a database of its own."""
    with own_database(), time_machine.travel(DURING):
        scene = make_scene()
        client = Client(headers={"host": "localhost"})
        rows = [("Trivial view", f"{_seconds(client, TRIVIAL) * 1000:.1f} ms")]
        fill(scene, BOOKLET)
        rows += _booklet(scene, client)
        for size in SIZES:
            fill(scene, size)
            rows += _files(scene, client, size)
        return rows


def fill(scene: Scene, size: int) -> None:
    """Bring the scene's edition to `size` public fiches of about 5 kB each."""
    known = Action.objects.count()
    if known == 0:
        _schools(scene)
    schools = list(Establishment.objects.filter(academy=scene.academy))
    themes = list(Theme.objects.filter(academy=None)[:8])
    Action.objects.bulk_create(
        (_fiche(scene, schools, number) for number in range(known, size)), batch_size=1_000
    )
    fresh = list(Action.objects.order_by("pk").values_list("pk", flat=True)[known:])
    Action.themes.through.objects.bulk_create(
        (
            Action.themes.through(action_id=pk, theme_id=themes[(pk + step) % len(themes)].pk)
            for pk in fresh
            for step in (0, 3)
        ),
        batch_size=5_000,
    )
    ActionSession.objects.bulk_create(
        (ActionSession(action_id=pk, date=date(2023, 4, 3 + pk % 5)) for pk in fresh),
        batch_size=5_000,
    )
    ActionPartner.objects.bulk_create(
        (ActionPartner(action_id=pk, name="Mission locale") for pk in fresh), batch_size=5_000
    )
    catalogue_stamp.touch([scene.edition.pk])  # no file here looks for words
    analyse()


def _schools(scene: Scene) -> None:
    departments = [
        DepartmentFactory(code=code, name=name, academy=scene.academy)
        for code, name in (("14", "Calvados"), ("27", "Eure"), ("50", "Manche"), ("61", "Orne"))
    ]
    Establishment.objects.bulk_create(
        EstablishmentFactory.build(academy=scene.academy, department=departments[number % 4])
        for number in range(ESTABLISHMENTS)
    )


def _fiche(scene: Scene, schools: list[Establishment], number: int) -> Action:
    return Action(
        campaign=scene.edition,
        establishment=schools[number % len(schools)],
        status="published",
        live=True,
        title=f"Petits déjeuners de la persévérance {number}",
        summary="Une heure par semaine pour parler d’orientation.",
        objectives=PROSE * 18,
        course="\n".join(f"- {PROSE * 2}" for _ in range(8)) + "\n\n" + PROSE * 10,
        outcome=PROSE * 8,
        moment="week",
        pupils_planned=24,
        submitted_at=DURING,
        first_published_at=DURING,
        last_published_at=DURING,
    )


def _booklet(scene: Scene, client: Client) -> Iterator[tuple[str, str]]:
    selection = Selection(scene.edition, Criteria(), DURING)
    start, cpu = time.perf_counter(), _child_seconds()
    booklet = booklets.ask(selection)  # the tests' queue runs the task at once
    spent = time.perf_counter() - start
    done = Booklet.objects.get(pk=booklet.pk)
    if done.state != "done":
        raise RuntimeError(done.error)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    yield (
        f"Recueil of {BOOKLET} fiches, in the task ({connection.display_name})",
        f"{spent:.1f} s, {_child_seconds() - cpu:.1f} s of processor and {peak:.0f} MB in the "
        f"child, {done.file.size / 1e6:.1f} MB",
    )
    again = _seconds(client, f"/{scene.edition.slug}/actions.pdf") * 1000
    yield "The same, asked for again", f"{again:.0f} ms"
    fiche = Action.objects.order_by("pk").first()
    assert fiche is not None
    address = f"/{scene.edition.slug}/actions/{fiche.pk}-{fiche.slug}.pdf"
    yield "One fiche as a PDF", f"{_seconds(client, address) * 1000:.0f} ms"


def _files(scene: Scene, client: Client, size: int) -> Iterator[tuple[str, str]]:
    base = f"/{scene.edition.slug}/actions"
    _seconds(client, f"{base}.atom")  # the index of facets is read once for each process
    for kind in ("csv", "json", "xlsx", "atom"):
        spent = f"{_seconds(client, f'{base}.{kind}'):.2f} s"
        if kind in STREAMED:
            spent += f", at most {_peak(client, f'{base}.{kind}'):.1f} MB of Python’s memory"
        yield f"{kind.upper()} of {size} fiches ({connection.display_name})", spent
    editor = Client(headers={"host": "localhost"})
    editor.force_login(scene.editor)
    for kind in ("csv", "xlsx"):
        spent = f"{_seconds(editor, reverse('action_export', args=[kind])):.2f} s"
        yield f"An editor’s {kind.upper()} of {size} fiches ({connection.display_name})", spent


def _peak(client: Client, address: str) -> float:
    """The most megabytes that Python held more than before, while an answer was read."""
    tracemalloc.start()
    try:
        _seconds(client, address)
        return tracemalloc.get_traced_memory()[1] / 1e6
    finally:
        tracemalloc.stop()


def _seconds(client: Client, address: str) -> float:
    """How long one answer takes to its end, read and thrown away piece by piece."""
    start = time.perf_counter()
    response: Any = client.get(address)
    if response.status_code != 200:
        raise RuntimeError(f"{address} answers {response.status_code}")
    for _part in response:
        pass
    return time.perf_counter() - start


def _child_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
