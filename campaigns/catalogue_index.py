"""The facets of an edition's public fiches, kept in step with its catalogue.

While one thread brings them in step, the others of its process answer from the state before. Each
process keeps the last few indexes in its memory, by the stamp of the edition
(`campaigns.catalogue_stamp`): 20,000 fiches are read in about a second, then every list, count and
map of theirs costs microseconds. The stamp says which fiches changed since an earlier one: where
they are few, they alone are read again. An edition without a stamp is read anew each time.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from threading import Lock
from typing import TYPE_CHECKING

from .catalogue_reading import YES, Called, read
from .criteria import Facet
from .facet_changes import changed
from .facet_index import FacetIndex, build
from .models import CatalogueStamp
from .models.catalogue_rows import changed_since

if TYPE_CHECKING:
    from .models import CampaignPage

__all__ = ["YES", "Catalogue", "catalogue_of"]

MOST_KEPT = 8
"""Indexes that a process keeps: about 3 MB for each of 20,000 fiches."""

Week = tuple[date, date]


@dataclass(frozen=True)
class Catalogue:
    """An edition's public fiches, in one state of them.

    `called` says what each key is called and where it is listed, `since` when fiches "à la une"
    became so, `recent` what led to this state from those before (`changed_since`).
    """

    stamp: int
    week: Week
    index: FacetIndex
    called: Mapping[Facet, Mapping[str, Called]]
    since: Mapping[int, datetime]
    recent: Sequence[tuple[int, list[int]]] = field(default=(), compare=False)

    @property
    def labels(self) -> Mapping[Facet, Mapping[str, str]]:
        """What each key is called, in the order in which they are listed."""
        return {
            facet: {
                key: told[-1]
                for key, told in sorted(held.items(), key=lambda one: (one[1][:2], one[0]))
            }
            for facet, held in self.called.items()
        }

    @property
    def featured(self) -> tuple[int, ...]:
        """The fiches "à la une", the latest first."""
        return tuple(sorted(self.since, key=lambda pk: (self.since[pk], pk), reverse=True))


_kept: OrderedDict[int, Catalogue] = OrderedDict()
_being_read: set[int] = set()
_lock = Lock()


def catalogue_of(edition: CampaignPage) -> Catalogue:
    """The public fiches of `edition` as they are now; one query where they are known already.

    The text of enumerations and of yes or no is for whoever shows them: it depends on the
    language. See `campaigns.facets`.
    """
    # The stamp first: what is read after it is never older.
    row = CatalogueStamp.objects.filter(campaign=edition.pk).values_list("number", "recent").first()
    if row is None:
        return _read(edition, 0, [])
    stamp, recent = row
    with _lock:
        before = _kept.get(edition.pk)
        if before is not None:
            _kept.move_to_end(edition.pk)
            if (before.stamp, before.week) == (stamp, _week_of(edition)):
                return before
            if edition.pk in _being_read:
                return before  # one reader waits, not all; `Selection.fiches` asks what is public
        _being_read.add(edition.pk)
    try:
        now = _in_step(edition, before, stamp, recent)
    finally:
        with _lock:
            _being_read.discard(edition.pk)
    with _lock:
        _kept[edition.pk] = now
        _kept.move_to_end(edition.pk)
        while len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)
    return now


def _week_of(edition: CampaignPage) -> Week:
    return edition.week_first_day, edition.week_last_day


def _in_step(
    edition: CampaignPage,
    before: Catalogue | None,
    stamp: int,
    recent: Sequence[tuple[int, list[int]]],
) -> Catalogue:
    fiches = None
    if before is not None and before.week == _week_of(edition):
        fiches = changed_since(recent, before.stamp)
    if before is None or fiches is None:
        return _read(edition, stamp, recent)
    reading = read(edition, fiches)
    index = changed(before.index, fiches, reading.entries)
    since = {pk: instant for pk, instant in before.since.items() if pk not in fiches}
    called = {
        facet: {**before.called.get(facet, {}), **reading.called.get(facet, {})}
        for facet in before.called.keys() | reading.called.keys()
    }
    return Catalogue(
        stamp,
        before.week,
        index,
        _in_use(called, index),
        {**since, **reading.featured},
        recent,
    )


def _read(edition: CampaignPage, stamp: int, recent: Sequence[tuple[int, list[int]]]) -> Catalogue:
    reading = read(edition)
    index = build(reading.entries)
    called = _in_use(reading.called, index)
    return Catalogue(stamp, _week_of(edition), index, called, reading.featured, recent)


def _in_use(
    called: Mapping[Facet, Mapping[str, Called]], index: FacetIndex
) -> dict[Facet, dict[str, Called]]:
    """What keys of which a fiche has one are called."""
    kept = {
        facet: {key: told for key, told in held.items() if key in index.bits.get(facet, {})}
        for facet, held in called.items()
    }
    return {facet: held for facet, held in kept.items() if held}
