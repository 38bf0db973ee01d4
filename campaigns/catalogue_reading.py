"""What the index of an edition's public fiches is made of, read from the database.

All the fiches of an edition, or those that are told to have changed: both are read by the same
queries, so that one who changed is what it would be were all read again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.db.models import CharField, Exists, F, Model, OuterRef, Q, QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast

from establishments.models import Basin, Department, Network

from .criteria import Facet
from .enums import Openness
from .facet_index import Entry, Place
from .models import Action, ActionSession
from .stemming import name_words

if TYPE_CHECKING:
    from .models import CampaignPage

VOCABULARY_OF = {
    Facet.LEVEL: "levels",
    Facet.AUDIENCE: "audiences",
    Facet.THEME: "themes",
    Facet.TYPE: "action_types",
}
"""The facets whose keys are the codes of a vocabulary's entries."""

BY_NAME = (Facet.BASIN, Facet.NETWORK)
"""The facets whose keys say nothing: they are listed by name."""

YES = "1"
"""The key of a facet that a fiche has or has not."""

Called = tuple[int, str, str]
"""A key's place among those of its facet (a number, then a text), and what it is called."""


@dataclass(frozen=True)
class Reading:
    """Fiches in the order of the list, what their keys are called, since when some are featured."""

    entries: list[Entry]
    called: Mapping[Facet, Mapping[str, Called]]
    featured: Mapping[int, datetime]


def read(edition: CampaignPage, fiches: Collection[int] | None = None) -> Reading:
    """The public fiches of `edition`, or those of `fiches` that are public; three queries."""
    wanted = Q(live=True, withdrawn_at=None, campaign=edition.pk)
    if fiches is not None:
        wanted &= Q(pk__in=fiches)
    of_edition = Action.objects.filter(wanted)
    terms, called = _terms_of(of_edition)
    days = _days_of(of_edition)
    entries: list[Entry] = []
    featured: dict[int, datetime] = {}
    for row in _rows_of(of_edition):
        entries.append(_entry(row, terms, days, edition))
        if row["featured_at"] is not None:
            featured[row["pk"]] = row["featured_at"]
    # Databases differ on where to put a fiche without a date.
    return Reading(sorted(entries, key=lambda entry: entry.rank), called, featured)


def _rows_of(of_edition: QuerySet[Action]) -> Iterator[dict[str, Any]]:
    return (
        of_edition.order_by()
        .values(
            "pk",
            "moment",
            "openness",
            "ready_to_reuse",
            "starts_on",
            "ends_on",
            "expire_at",
            "featured_at",
            "first_published_at",
            "establishment_id",
            name=F("establishment__name"),
            commune=F("establishment__commune"),
            kind=F("establishment__kind"),
            department=F("establishment__department__code"),
            basin=F("establishment__basin_id"),
            network=F("establishment__network_id"),
            latitude=F("establishment__latitude"),
            longitude=F("establishment__longitude"),
        )
        .iterator(chunk_size=2_000)
    )


def _terms_of(
    of_edition: QuerySet[Action],
) -> tuple[dict[Facet, dict[int, list[str]]], dict[Facet, dict[str, Called]]]:
    """The codes of each fiche's entries, and what all keys in use are called; one query.

    Entries come in the order of their vocabulary, departments by code, the others by name.
    """
    terms: dict[Facet, dict[int, list[str]]] = {facet: defaultdict(list) for facet in VOCABULARY_OF}
    called: dict[Facet, dict[str, Called]] = defaultdict(dict)
    facets = {facet.value: facet for facet in Facet}
    rows = [*_rows_of_terms(of_edition), *_rows_of_territory(of_edition)]
    for value, order, code, label, pk in rows[0].union(*rows[1:], all=True):
        facet = facets[value]
        told = (order, label if facet in BY_NAME else code, label)
        called[facet][code] = max(called[facet].get(code, told), told)
        if facet in terms:
            terms[facet][pk].append(code)
    return dict(terms), dict(called)


def _rows_of_terms(of_edition: QuerySet[Action]) -> list[QuerySet[Any, Any]]:
    return [
        of_edition.filter(**{f"{name}__isnull": False})
        .order_by()
        .annotate(facet=Value(facet.value))
        .values_list("facet", f"{name}__order", f"{name}__code", f"{name}__label", "pk")
        for facet, name in VOCABULARY_OF.items()
    ]


def _rows_of_territory(of_edition: QuerySet[Action]) -> list[QuerySet[Any, Any]]:
    """The departments, basins and networks of the fiches."""
    lies_there = Exists(of_edition.filter(establishment=OuterRef("establishments")))
    columns: dict[Facet, tuple[type[Model], Combinable]] = {
        Facet.DEPARTMENT: (Department, F("code")),
        Facet.BASIN: (Basin, Cast("pk", CharField())),
        Facet.NETWORK: (Network, Cast("pk", CharField())),
    }
    return [
        model._default_manager.filter(lies_there)
        .order_by()
        .annotate(facet=Value(facet.value), order=Value(0), key=key)
        .values_list("facet", "order", "key", "name", "pk")
        .distinct()
        for facet, (model, key) in columns.items()
    ]


def _days_of(of_edition: QuerySet[Action]) -> dict[int, tuple[set[date], bool]]:
    """The days of each fiche's sessions, and whether one of them is open to everybody."""
    days: dict[int, tuple[set[date], bool]] = {}
    sessions = ActionSession.objects.filter(action__in=of_edition.values("pk"))
    for pk, day, openness in sessions.order_by().values_list("action", "date", "openness"):
        held, is_open = days.get(pk, (set(), False))
        held.add(day)
        days[pk] = (held, is_open or openness == Openness.PUBLIC)
    return days


def _entry(
    row: dict[str, Any],
    terms: Mapping[Facet, Mapping[int, list[str]]],
    sessions: Mapping[int, tuple[set[date], bool]],
    edition: CampaignPage,
) -> Entry:
    pk = row["pk"]
    keys: dict[Facet, list[str]] = {facet: held.get(pk, []) for facet, held in terms.items()}
    days, has_open_session = sessions.get(pk, (set(), False))
    keys[Facet.DEPARTMENT] = [row["department"]]
    keys[Facet.KIND] = [row["kind"]]
    if row["basin"] is not None:
        keys[Facet.BASIN] = [str(row["basin"])]
    if row["network"] is not None:
        keys[Facet.NETWORK] = [str(row["network"])]
    if row["moment"]:
        keys[Facet.MOMENT] = [row["moment"]]
    if row["ready_to_reuse"]:
        keys[Facet.REUSE] = [YES]
    if has_open_session or row["openness"] == Openness.PUBLIC:
        keys[Facet.OPEN] = [YES]
    keys[Facet.DAY] = [
        day.isoformat() for day in days_in_week(days, row["starts_on"], row["ends_on"], edition)
    ]
    place = None
    if row["latitude"] is not None and row["longitude"] is not None:
        place = Place(row["latitude"], row["longitude"], row["commune"])
    return Entry(
        pk=pk,
        keys=keys,
        establishment=row["establishment_id"],
        names=_words_of(row["name"], row["commune"]),
        place=place,
        expires_at=row["expire_at"],
        since=row["first_published_at"],
    )


@lru_cache(maxsize=50_000)
def _words_of(name: str, commune: str) -> frozenset[str]:
    return frozenset(name_words(f"{name} {commune}"))


def days_in_week(
    sessions: set[date], starts_on: date | None, ends_on: date | None, edition: CampaignPage
) -> list[date]:
    """The days of the edition's week on which a fiche takes place.

    Its sessions say it; without any, all the days from its first to its last.
    """
    first, last = edition.week_first_day, edition.week_last_day
    if sessions:
        return sorted(day for day in sessions if first <= day <= last)
    if starts_on is None:
        return []
    begin, end = max(starts_on, first), min(ends_on or starts_on, last)
    return [begin + timedelta(days=number) for number in range(max(0, (end - begin).days + 1))]
