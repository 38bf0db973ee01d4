"""The facets of an edition's public fiches, read once for each state of its catalogue.

While one thread reads a new state, the others of its process answer from the one before.
Each process keeps the last few indexes in its memory, by the stamp of the edition
(`campaigns.catalogue_stamp`): 20,000 fiches are read in about a second, then every list, count and
map of theirs costs microseconds. An edition without a stamp is read anew each time.
"""

from __future__ import annotations

from collections import OrderedDict, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from threading import Lock
from typing import TYPE_CHECKING, Any

from django.db.models import CharField, Exists, F, Model, OuterRef, QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast

from establishments.models import Basin, Department, Network

from .criteria import Facet
from .enums import Openness
from .facet_index import Entry, FacetIndex, Place, build
from .models import Action, ActionSession, CatalogueStamp
from .stemming import name_words

if TYPE_CHECKING:
    from .models import CampaignPage

MOST_KEPT = 8
"""Indexes that a process keeps: about 2 MB for each of 20,000 fiches."""

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


@dataclass(frozen=True)
class Catalogue:
    """An edition's public fiches: their index, what each key is called, in order, and those
    "à la une", the latest first.
    """

    stamp: int
    index: FacetIndex
    labels: Mapping[Facet, Mapping[str, str]]
    featured: tuple[int, ...] = ()


_kept: OrderedDict[tuple[int, int], Catalogue] = OrderedDict()
_being_read: set[int] = set()
_lock = Lock()


def catalogue_of(edition: CampaignPage) -> Catalogue:
    """The public fiches of `edition` as they are now; one query where they are known already.

    The text of enumerations and of yes or no is for whoever shows them: it depends on the
    language. See `campaigns.facets`.
    """
    # The stamp first: what is read after it is never older.
    stamp = (
        CatalogueStamp.objects.filter(campaign=edition.pk).values_list("number", flat=True).first()
    )
    if stamp is None:
        return _read(edition, 0)
    key = (edition.pk, stamp)
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            return _kept[key]
        before = next((held for one, held in _kept.items() if one[0] == edition.pk), None)
        if before is not None and edition.pk in _being_read:
            return before  # one reader waits, not all; `Selection.fiches` asks what is public
        _being_read.add(edition.pk)
    try:
        read = _read(edition, stamp)
    finally:
        with _lock:
            _being_read.discard(edition.pk)
    with _lock:
        for old in [one for one in _kept if one[0] == edition.pk]:
            del _kept[old]
        _kept[key] = read
        while len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)
    return read


def _read(edition: CampaignPage, stamp: int) -> Catalogue:
    terms, labels = _terms_of(edition)
    days = _days_of(edition)
    entries: list[Entry] = []
    featured: list[tuple[datetime, int]] = []
    for row in _rows_of(edition):
        entries.append(_entry(row, terms, days, edition))
        if row["featured_at"] is not None:
            featured.append((row["featured_at"], row["pk"]))
    latest_first = tuple(pk for _since, pk in sorted(featured, reverse=True))
    return Catalogue(stamp, build(entries), labels, latest_first)


def _rows_of(edition: CampaignPage) -> Iterator[dict[str, Any]]:
    return (
        Action.objects.filter(live=True, withdrawn_at=None, campaign=edition)
        .order_by("-first_published_at", "-pk")
        .values(
            "pk",
            "moment",
            "openness",
            "ready_to_reuse",
            "starts_on",
            "ends_on",
            "expire_at",
            "featured_at",
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
    edition: CampaignPage,
) -> tuple[dict[Facet, dict[int, list[str]]], dict[Facet, dict[str, str]]]:
    """The codes of each fiche's entries, and the labels of all keys in use; one query.

    Entries come in the order of their vocabulary, departments by code, the others by name.
    """
    terms: dict[Facet, dict[int, list[str]]] = {facet: defaultdict(list) for facet in VOCABULARY_OF}
    known: dict[Facet, set[tuple[int, str, str, str]]] = defaultdict(set)
    facets = {facet.value: facet for facet in Facet}
    rows = [*_rows_of_terms(edition), *_rows_of_territory(edition)]
    for value, order, code, label, pk in rows[0].union(*rows[1:], all=True):
        facet = facets[value]
        known[facet].add((order, label if facet in BY_NAME else code, code, label))
        if facet in terms:
            terms[facet][pk].append(code)
    labels = {
        facet: {code: label for _order, _rank, code, label in sorted(held)}
        for facet, held in known.items()
    }
    return dict(terms), labels


def _rows_of_terms(edition: CampaignPage) -> list[QuerySet[Any, Any]]:
    return [
        Action.objects.filter(live=True, campaign=edition, **{f"{name}__isnull": False})
        .order_by()
        .annotate(facet=Value(facet.value))
        .values_list("facet", f"{name}__order", f"{name}__code", f"{name}__label", "pk")
        for facet, name in VOCABULARY_OF.items()
    ]


def _rows_of_territory(edition: CampaignPage) -> list[QuerySet[Any, Any]]:
    """The departments, basins and networks of the edition's public fiches."""
    of_edition = Exists(
        Action.objects.filter(campaign=edition, live=True, establishment=OuterRef("establishments"))
    )
    columns: dict[Facet, tuple[type[Model], Combinable]] = {
        Facet.DEPARTMENT: (Department, F("code")),
        Facet.BASIN: (Basin, Cast("pk", CharField())),
        Facet.NETWORK: (Network, Cast("pk", CharField())),
    }
    return [
        model._default_manager.filter(of_edition)
        .order_by()
        .annotate(facet=Value(facet.value), order=Value(0), key=key)
        .values_list("facet", "order", "key", "name", "pk")
        .distinct()
        for facet, (model, key) in columns.items()
    ]


def _days_of(edition: CampaignPage) -> dict[int, tuple[set[date], bool]]:
    """The days of each fiche's sessions, and whether one of them is open to everybody."""
    days: dict[int, tuple[set[date], bool]] = {}
    sessions = ActionSession.objects.filter(action__campaign=edition, action__live=True)
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
