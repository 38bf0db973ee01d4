"""What takes place in the Week of an edition, read from its public fiches and its events.

Read once and kept in step with the catalogue, as its facets are (`campaigns.catalogue_index`):
20,000 sessions take about a third of a second, those of one fiche nothing.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from threading import Lock
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q

from home.routing import in_own_types

from .criteria import Criteria, Facet
from .enums import Openness
from .models import Action, ActionIndexPage, ActionSession, EventPage
from .models.catalogue_rows import changed_since
from .phases import PARIS
from .selection import Selection
from .slots import Slot, slot_within

if TYPE_CHECKING:
    from .models import CampaignPage

MOST_KEPT = 4
"""Weeks that a process keeps: about 4 MB for each of 20,000 sessions."""


@dataclass(frozen=True)
class _Kept:
    """The Week of an edition in one state of its catalogue."""

    stamp: int
    week: tuple[date, date]
    slots: tuple[Slot, ...]


_kept: OrderedDict[int, _Kept] = OrderedDict()
_lock = Lock()


@dataclass(frozen=True)
class Pages:
    """The pages below an edition that the agenda leads to."""

    catalogue: ActionIndexPage | None
    events: dict[int, EventPage]


def pages_of(edition: CampaignPage) -> Pages:
    """The public catalogue and events of `edition`, for who may open the edition; one query.

    Without its catalogue an edition shows no fiche anywhere.
    """
    children = edition.get_children().live().filter(view_restrictions__isnull=True)
    known = in_own_types(children)
    return Pages(
        next((page for page in known if isinstance(page, ActionIndexPage)), None),
        {page.pk: page for page in known if isinstance(page, EventPage)},
    )


def days_of(edition: CampaignPage) -> list[date]:
    """The days of the Week."""
    first = edition.week_first_day
    number = max(0, (edition.week_last_day - first).days + 1)
    return [first + timedelta(days=rank) for rank in range(number)]


def slots_selected(selection: Selection, pages: Pages) -> list[Slot]:
    """What takes place in the Week of the fiches selected, and the events where none is left out.

    The days chosen in the address count for nothing here: see `chosen_days`.
    """
    criteria = selection.criteria.without(Facet.DAY)
    slots: list[Slot] = []
    if pages.catalogue is not None:
        wider = Selection(selection.edition, criteria, selection.now)
        selected = set(wider.ids)
        slots = [slot for slot in _slots_of(wider) if slot.fiche in selected]
    if criteria.has(Facet.OPEN, "1"):
        slots = [slot for slot in slots if slot.is_open]
    if not criteria.is_narrowing:
        slots += _event_slots(selection.edition, pages.events.values())
    return slots


def chosen_days(criteria: Criteria, days: Sequence[date]) -> list[date]:
    """The days of the Week that the address names."""
    return [day for day in days if criteria.has(Facet.DAY, day.isoformat())]


def _event_slots(edition: CampaignPage, events: Iterable[EventPage]) -> list[Slot]:
    """The events of the Week, in its days."""
    found = []
    for event in events:
        starts, ends = event.starts_at.astimezone(PARIS), event.ends_at.astimezone(PARIS)
        first, last = max(starts.date(), edition.week_first_day), ends.date()
        last = min(last, edition.week_last_day)
        if first > last:
            continue
        one_day = starts.date() == ends.date()
        found.append(
            Slot(
                first,
                last,
                starts_at=starts.time() if one_day else None,
                ends_at=ends.time() if one_day else None,
                event=event.pk,
            )
        )
    return found


def _slots_of(selection: Selection) -> tuple[Slot, ...]:
    """What takes place in the Week of all the public fiches of the edition."""
    edition, catalogue = selection.edition, selection.catalogue
    stamp, week = catalogue.stamp, (edition.week_first_day, edition.week_last_day)
    if not stamp:
        return _read(edition)
    with _lock:
        before = _kept.get(edition.pk)
        if before is not None and before.week == week:
            _kept.move_to_end(edition.pk)
            if before.stamp == stamp:
                return before.slots
    fiches = None
    if before is not None and before.week == week:
        fiches = changed_since(catalogue.recent, before.stamp)
    if before is None or fiches is None:
        slots = _read(edition)
    else:
        same = (slot for slot in before.slots if slot.fiche not in fiches)
        slots = (*same, *_read(edition, fiches))
    with _lock:
        _kept[edition.pk] = _Kept(stamp, week, slots)
        _kept.move_to_end(edition.pk)
        while len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)
    return slots


def _read(edition: CampaignPage, fiches: Collection[int] | None = None) -> tuple[Slot, ...]:
    """Of all the public fiches of `edition`, or of those of `fiches` that are."""
    week = edition.week_first_day, edition.week_last_day
    of_edition = Action.objects.filter(campaign=edition.pk, live=True, withdrawn_at=None)
    if fiches is not None:
        of_edition = of_edition.filter(pk__in=fiches)
    sessions = (
        ActionSession.objects.filter(action__in=of_edition, date__range=week)
        .order_by()
        .values_list("action", "pk", "date", "starts_at", "ends_at", "openness", "action__openness")
    )
    slots = [
        Slot(
            day,
            day,
            starts_at,
            ends_at,
            is_open=(own or openness) == Openness.PUBLIC,
            fiche=fiche,
            session=pk,
        )
        for fiche, pk, day, starts_at, ends_at, own, openness in sessions
    ]
    without_sessions = (
        of_edition.filter(starts_on__lte=week[1])
        .filter(Q(ends_on__gte=week[0]) | Q(ends_on=None, starts_on__gte=week[0]))
        .exclude(Exists(ActionSession.objects.filter(action=OuterRef("pk"))))
        .order_by()
        .values_list("pk", "starts_on", "ends_on", "openness")
    )
    for pk, first, last, openness in without_sessions:
        slot = slot_within(
            first, last or first, week, is_open=openness == Openness.PUBLIC, fiche=pk
        )
        if slot is not None:
            slots.append(slot)
    return tuple(slots)
