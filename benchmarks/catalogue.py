"""The catalogue with 20,000 fiches: time in the server and queries, on the configured database.

CATALOGUE_FICHES=2000 measures another number.
"""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable, Iterator

from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from benchmarks.answering import analyse, own_database, visit
from campaigns import catalogue_index, catalogue_stamp
from campaigns.editions import open_edition
from campaigns.models import Action, CampaignPage
from establishments.models import Academy

FICHES = int(os.environ.get("CATALOGUE_FICHES", "20000"))
ROUNDS = 25
TRIVIAL = "/robots.txt"


def measure() -> list[tuple[str, str]]:
    """Median milliseconds, ratio to a trivial view and queries, in a database of its own."""
    with own_database():
        started = time.perf_counter()
        call_command("load_demo", actions=FICHES, verbosity=0)
        loading = time.perf_counter() - started
        analyse()
        edition = open_edition(Academy.objects.get(slug="normandie"), timezone.now())
        if edition is None:
            raise RuntimeError("no edition is open")
        where = f"({FICHES} fiches, {connection.display_name})"
        return [
            (f"Loading them {where}", f"{loading:.0f} s"),
            *_pages(edition, where),
            *_building(edition, where),
        ]


def _pages(edition: CampaignPage, where: str) -> Iterator[tuple[str, str]]:
    base = f"/{edition.slug}/actions/"
    action = Action.objects.filter(campaign=edition, live=True).latest("pk")
    pages = (
        ("Catalogue, unnarrowed", base),
        ("Catalogue, three facets", f"{base}?departement=76&theme=commitment&ouvert=1"),
        ("Catalogue, last page", f"{base}?page=999999"),
        ("Search of a rare word", f"{base}?q=kamishibai"),
        ("Search of a common word", f"{base}?q=élèves"),
        ("Search of three words and a facet", f"{base}?q=élève+famille+atelier&moment=week"),
        ("Search of a town, with a slip", f"{base}?q=montobert"),
        ("Nothing found", f"{base}?q=introuvable&theme=commitment"),
        ("One fiche", f"{base}{action.pk}-{action.slug}/"),
        ("One fiche, from a search", f"{base}{action.pk}-{action.slug}/?q=élèves"),
        ("Search of the site", "/recherche/?q=élèves"),
        ("Search of the site, rare word", "/recherche/?q=kamishibai"),
        ("Map", f"{base}?vue=carte"),
        ("Map, one zone", f"{base}?vue=carte&zone=49.0,0.5,49.8,1.5"),
        ("Circles of the moving map", f"{base}carte/?zone=48,-2,51,2&zoom=9"),
        ("Agenda", f"/{edition.slug}/agenda/"),
        ("Agenda, one department", f"/{edition.slug}/agenda/?departement=76"),
        ("Home page", "/"),
        ("Edition", f"/{edition.slug}/"),
    )
    client = Client(headers={"host": "localhost"})
    trivial, _queries = visit(client, TRIVIAL, ROUNDS)
    yield f"Trivial view {where}", f"{trivial:.1f} ms"
    asked = [(label, client, address) for label, address in pages]
    asked.append(("Space of a school", _signed_in(_account(edition)), "/espace/"))
    fiches = reverse("wagtailsnippets_campaigns_action:list")
    asked.append(("List of the reviewers", _signed_in(_editor(edition)), fiches))
    for label, visitor, address in asked:
        median, queries = visit(visitor, address, ROUNDS)
        yield (
            f"{label} {where}",
            f"{median:.0f} ms  ×{median / trivial:.0f}  {queries} SQL",
        )


def _building(edition: CampaignPage, where: str) -> Iterator[tuple[str, str]]:
    """What the first reader after a publication waits for, and what a publication costs."""
    action = Action.objects.filter(campaign=edition, live=True).latest("pk")

    def publish() -> None:
        catalogue_stamp.follow([action.pk])

    def keep_in_step() -> None:
        catalogue_stamp.touch([edition.pk], fiches=[action.pk])
        catalogue_index.catalogue_of(edition)

    def build() -> None:
        catalogue_stamp.touch([edition.pk])
        catalogue_index.catalogue_of(edition)

    first, whole = _seconds_of_calendar(edition)

    yield (
        f"Bringing the index in step with one publication {where}",
        f"{_median(publish, 5):.0f} ms",
    )
    yield f"Bringing the facets in step with it {where}", f"{_median(keep_in_step, 5):.0f} ms"
    yield f"Reading all the facets {where}", f"{_median(build, 5):.0f} ms"
    yield f"Calendar of the Week: first piece, all of it {where}", f"{first:.2f} s, {whole:.1f} s"


def _seconds_of_calendar(edition: CampaignPage) -> tuple[float, float]:
    """Until the first piece of the whole agenda as a calendar, and until the last."""
    start = time.perf_counter()
    response = Client(headers={"host": "localhost"}).get(f"/{edition.slug}/agenda.ics")
    pieces = iter(response)
    next(pieces)
    first = time.perf_counter() - start
    for _piece in pieces:
        pass
    return first, time.perf_counter() - start


def _account(edition: CampaignPage) -> User:
    return User.objects.filter(establishment__actions__campaign=edition)[0]


def _editor(edition: CampaignPage) -> User:
    academy = edition.actions.all()[0].establishment.academy
    return User.objects.filter(groups__academy=academy)[0]


def _signed_in(person: User) -> Client:
    client = Client(headers={"host": "localhost"})
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def _median(act: Callable[[], None], rounds: int) -> float:
    spent = []
    for _round in range(rounds):
        start = time.perf_counter()
        act()
        spent.append((time.perf_counter() - start) * 1000)
    return statistics.median(spent)
