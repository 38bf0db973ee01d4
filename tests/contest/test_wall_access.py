"""Posters in the admin are for the editors of their académie: every page, for everybody else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.menu import admin_menu

from contest.enums import JobState, PrintKind
from contest.models import Poster, PrintJob
from tests.contest.scene import Scene, make_admitted, make_scene, make_submitted
from tests.factories import (
    DepartmentFactory,
    EstablishmentFactory,
    UserFactory,
    make_site,
    sign_up,
)

pytestmark = pytest.mark.django_db

EDITORS = ("editor", "administrator")
OUTSIDERS = (
    "nobody",
    "own establishment",
    "other establishment",
    "lead",
    "observer",
    "editor of another académie",
    "person without a role",
)


@dataclass
class World:
    """Everybody, around the posters of one académie."""

    scene: Scene
    people: dict[str, Any]
    poster: Poster
    job: PrintJob

    def browser(self, role: str) -> Client:
        client = Client()
        if self.people[role] is not None:
            backend = "django.contrib.auth.backends.ModelBackend"
            client.force_login(self.people[role], backend=backend)
        return client


@pytest.fixture
def world(scene: Scene) -> Iterator[World]:
    """Two académies; a poster that waits and a file to print in the first."""
    elsewhere = make_scene(make_site("amiens", "amiens.localhost", is_default=False))
    department = DepartmentFactory(academy=scene.academy)
    observer = UserFactory()
    department.observers.add(observer)
    scene.establishment.department = department
    scene.establishment.save()
    make_admitted(scene, title="Déjà admise")
    job = PrintJob(
        contest=scene.contest,
        kind=PrintKind.LABELS,
        state=JobState.DONE,
        finished_at=timezone.now(),
        total=1,
        done=1,
    )
    job.file.save("file.pdf", ContentFile(b"%PDF-secret"), save=False)
    job.save()
    yield World(
        scene,
        {
            "nobody": None,
            "own establishment": scene.account,
            "other establishment": sign_up(EstablishmentFactory(academy=scene.academy)),
            "lead": scene.lead,
            "observer": observer,
            "editor of another académie": elsewhere.editor,
            "person without a role": UserFactory(),
            "editor": scene.editor,
            "administrator": UserFactory(is_superuser=True),
        },
        make_submitted(scene, title="Affiche secrète"),
        job,
    )
    job.file.delete(save=False)


def tick(world: World) -> str:
    return f"{world.poster.pk}.{world.poster.latest_revision_id}"


PAGES: dict[str, Callable[[World], str]] = {
    "wall": lambda world: reverse("poster_wall", args=[world.scene.contest.pk]),
    "several": lambda world: (
        reverse("posters_admit", args=[world.scene.contest.pk]) + f"?poster={tick(world)}"
    ),
    "poster": lambda world: reverse("poster_review", args=[world.poster.pk]),
    "printing": lambda world: reverse("contest_prints", args=[world.scene.contest.pk]),
    "file to print": lambda world: reverse("contest_print_file", args=[world.job.pk]),
}


def read(response: Any) -> bytes:
    return b"".join(response) if response.streaming else bytes(response.content)


def test_editors_of_the_academy_open_each_page(world: World) -> None:
    refused = {
        (page, role)
        for page, address in PAGES.items()
        for role in EDITORS
        if not read(world.browser(role).get(address(world)))
    }

    assert not refused


def test_nobody_else_opens_any(world: World) -> None:
    for role in OUTSIDERS:
        for page, address in PAGES.items():
            response = world.browser(role).get(address(world))
            # Those who may not enter the admin at all are led to its sign-in.
            is_led_away = response.status_code == 302 and response.url.startswith("/admin/login/")
            assert is_led_away or response.status_code == 404, (role, page)
            assert "Affiche secrète".encode() not in read(response), (role, page)


def test_nobody_else_does_anything(world: World) -> None:
    acts: list[tuple[str, dict[str, Any]]] = [
        ("poster", {"decision": "admit", "revision": world.poster.latest_revision_id}),
        ("poster", {"decision": "withdraw", "comment": "Motif."}),
        ("poster", {"act": "prepare"}),
        ("several", {"poster": [tick(world)]}),
        ("printing", {"kind": "sheets"}),
    ]

    for role in OUTSIDERS:
        for page, sent in acts:
            response = world.browser(role).post(PAGES[page](world), sent)
            assert response.status_code in (302, 403, 404), (role, page)
            assert Poster.objects.get(pk=world.poster.pk).status == "submitted", (role, sent)
    assert PrintJob.objects.count() == 1


def test_an_editor_admits_nothing_of_another_academy_through_their_own_wall(
    world: World, scene: Scene
) -> None:
    elsewhere = Client()
    other = world.people["editor of another académie"]
    elsewhere.force_login(other, backend="django.contrib.auth.backends.ModelBackend")
    from contest.wall import contests_run_by

    own = contests_run_by(other)[0]

    response = elsewhere.post(reverse("posters_admit", args=[own.pk]), {"poster": [tick(world)]})

    assert response.status_code == 302
    assert Poster.objects.get(pk=world.poster.pk).status == "submitted"


def test_the_entry_of_the_menu_and_the_panel_are_for_editors(world: World) -> None:
    found = {}
    for role in ("lead", "observer", "editor of another académie", *EDITORS):
        response = world.browser(role).get(reverse("wagtailadmin_home"))
        items = admin_menu.menu_items_for_request(response.wsgi_request)
        text = response.content.decode()
        found[role] = (
            "posters" in [item.name for item in items],
            "posters-awaiting" in text,
            "Affiche secrète" in text,
        )

    assert found == {
        "lead": (False, False, False),
        "observer": (False, False, False),
        "editor of another académie": (True, True, False),
        "editor": (True, True, True),
        "administrator": (True, True, True),
    }


def test_the_entry_sends_others_away(world: World) -> None:
    sent = {role: world.browser(role).get(reverse("posters")).url for role in OUTSIDERS[:5]}

    assert sent["lead"] == sent["observer"] == reverse("wagtailadmin_home")
    for role in ("nobody", "own establishment", "other establishment"):
        assert sent[role].startswith("/admin/login/")


def test_the_entry_leads_to_the_contest_of_the_foremost_edition(
    editor: Client, scene: Scene
) -> None:
    from datetime import timedelta

    from tests.contest.scene import make_contest
    from tests.factories import make_edition

    now = timezone.now()
    edition = make_edition(
        scene.academy,
        title="Semaine à venir",
        slug="a-venir",
        call_opens_at=now - timedelta(days=3),
        call_closes_at=now + timedelta(days=3),
        week_first_day=(now + timedelta(days=20)).date(),
        week_last_day=(now + timedelta(days=24)).date(),
    )
    current = make_contest(edition)

    response = editor.get(reverse("posters"))

    assert response.url == reverse("poster_wall", args=[current.pk])
    text = editor.get(response.url).content.decode()
    assert reverse("poster_wall", args=[scene.contest.pk]) in text


def test_without_a_contest_the_entry_says_how_to_make_one(editor: Client, scene: Scene) -> None:
    scene.contest.delete()

    response = editor.get(reverse("posters"), follow=True)

    assert "concours d’affiches" in response.content.decode()
    assert "posters-awaiting" not in editor.get("/admin/").content.decode()


def test_the_page_of_a_contest_leads_to_what_the_admin_knows_of_it(
    editor: Client, scene: Scene
) -> None:
    contest, edition = scene.contest, scene.edition
    names = ("poster_wall", "contest_registrations", "contest_prints")

    edit = editor.get(reverse("wagtailadmin_pages:edit", args=[contest.pk])).content.decode()
    listing = editor.get(reverse("wagtailadmin_explore", args=[edition.pk])).content.decode()
    other = editor.get(reverse("wagtailadmin_pages:edit", args=[edition.pk])).content.decode()

    for address in (reverse(name, args=[contest.pk]) for name in names):
        assert address in edit
        assert address in listing
        assert address not in other
