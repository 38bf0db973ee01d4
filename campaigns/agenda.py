"""The agenda of an edition's Week: which sessions, fiches and events a visitor sees, and when.

What takes place when comes from `campaigns.agenda_slots`; a page asks only for the rows it shows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.core.paginator import Page, Paginator

from .agenda_slots import Pages, chosen_days, days_of, pages_of, slots_selected
from .catalogue import published_in
from .criteria import Criteria, Facet
from .enums import Openness
from .models import Action, ActionIndexPage, ActionSession, EventPage
from .phases import local_day
from .selection import Selection
from .slots import Part, Slot, day_numbers, first_day_to_show, parts_of

if TYPE_CHECKING:
    from .models import CampaignPage

SLOTS_A_PAGE = 100
"""As many as the whole Week may have to be shown, and printed, on one page."""


@dataclass(frozen=True)
class Entry:
    """A slot with the rows that say what it is: a fiche, one of its sessions perhaps, or an event.

    `address` is the page of what takes place, `calendar` the address that adds it to a calendar.
    """

    slot: Slot
    address: str
    calendar: str = ""
    fiche: Action | None = None
    session: ActionSession | None = None
    event: EventPage | None = None

    @property
    def place(self) -> str:
        """Where it takes place, if that is known."""
        if self.event is not None:
            return self.event.place
        place = self.session.place if self.session else ""
        return place or (self.fiche.place if self.fiche else "")

    @property
    def for_partners(self) -> bool:
        """Whether partners may come, and not everybody."""
        return self.openness == Openness.PARTNERS

    @property
    def registration(self) -> str:
        """How to register; nothing where nobody from elsewhere may come."""
        if self.fiche is None or self.openness == Openness.INTERNAL:
            return ""
        return self.fiche.registration

    @property
    def openness(self) -> str:
        """A value of `Openness`, the session's own or else the fiche's; empty if it is not said."""
        own = self.session.openness if self.session else ""
        return own or (self.fiche.openness if self.fiche else "")


@dataclass(frozen=True)
class Day:
    """One day of the Week in the agenda's menu.

    `has_part` is false where only what lasts for several days takes place.
    """

    day: date
    number: int
    is_today: bool
    is_chosen: bool
    has_part: bool


@dataclass(frozen=True)
class ShownPart:
    """A day, or what lasts for several days: what everybody may attend, then the rest."""

    day: date | None
    is_today: bool
    is_over: bool
    open_to_all: tuple[Entry, ...]
    others: tuple[Entry, ...]


@dataclass(frozen=True)
class Agenda:
    """One page of the agenda."""

    criteria: Criteria
    days: list[Day]
    parts: list[ShownPart]
    page: Page[tuple[Part, Slot]]
    total: int
    open_total: int
    departments: dict[str, str]
    is_whole_week: bool
    fits_one_page: bool
    catalogue: ActionIndexPage | None

    @property
    def open_only(self) -> bool:
        """Whether only what everybody may attend is shown."""
        return self.criteria.has(Facet.OPEN, "1")

    @property
    def narrows(self) -> bool:
        """Whether anything but the day is chosen."""
        return self.criteria.without(Facet.DAY).is_narrowing


def agenda_of(edition: CampaignPage, criteria: Criteria, page: str | None, now: datetime) -> Agenda:
    """The page of the agenda that an address asks for, or the nearest one that exists.

    Queries: the pages below the edition, the stamp of the catalogue, its words where some are
    looked for, the fiches shown and their sessions.
    """
    pages, days, today = pages_of(edition), days_of(edition), local_day(now)
    selection = Selection(edition, criteria, now)
    slots = slots_selected(selection, pages)
    numbers = day_numbers(slots, days)
    chosen = chosen_days(criteria, days)
    fits_one_page = len(slots) <= SLOTS_A_PAGE
    if criteria.chosen.get(Facet.DAY):
        shown = chosen
    elif fits_one_page:
        shown = days
    else:
        first = first_day_to_show(numbers, today)
        shown = [first] if first else []
    own_days = {slot.day for slot in slots if not slot.lasts}
    parts = parts_of(slots, shown, today)
    paginator = Paginator([(part, slot) for part in parts for slot in part.slots], SLOTS_A_PAGE)
    page_obj = paginator.get_page(page)
    entries = entries_of(edition, [slot for _part, slot in page_obj], pages)
    return Agenda(
        criteria=criteria,
        days=[
            Day(day, numbers[day], day == today, day in shown, has_part=day in own_days)
            for day in days
        ],
        parts=_shown_parts(page_obj, entries, today, is_running=today in numbers),
        page=page_obj,
        total=len(slots),
        open_total=sum(slot.is_open for slot in slots),
        departments=dict(selection.catalogue.labels.get(Facet.DEPARTMENT, {})),
        is_whole_week=not criteria.chosen.get(Facet.DAY) and fits_one_page,
        fits_one_page=fits_one_page,
        catalogue=pages.catalogue,
    )


def _shown_parts(
    page: Page[tuple[Part, Slot]], entries: dict[Slot, Entry], today: date, *, is_running: bool
) -> list[ShownPart]:
    of_part: dict[date | None, list[Entry]] = {}
    for part, slot in page:
        if slot in entries:
            of_part.setdefault(part.day, []).append(entries[slot])
    return [
        ShownPart(
            day=day,
            is_today=day == today,
            is_over=is_running and day is not None and day < today,
            open_to_all=tuple(entry for entry in held if entry.slot.is_open),
            others=tuple(entry for entry in held if not entry.slot.is_open),
        )
        for day, held in of_part.items()
    ]


def entries_of(edition: CampaignPage, slots: Sequence[Slot], pages: Pages) -> dict[Slot, Entry]:
    """The rows of `slots`, asking once more what is public; two queries."""
    fiches = {
        fiche.pk: fiche
        for fiche in published_in(edition)
        .select_related("establishment")
        .filter(pk__in={slot.fiche for slot in slots if slot.fiche})
    }
    sessions = ActionSession.objects.in_bulk([slot.session for slot in slots if slot.session])
    entries = {}
    for slot in slots:
        if slot.event is not None:
            event = pages.events[slot.event]
            entries[slot] = Entry(slot, event.url or "", event=event)
            continue
        fiche = fiches.get(slot.fiche or 0)
        session = sessions.get(slot.session or 0)
        if fiche is None or pages.catalogue is None or (slot.session and session is None):
            continue
        base = pages.catalogue.url or ""
        entries[slot] = Entry(
            slot,
            address=pages.catalogue.url_of(fiche),
            calendar=f"{base}{fiche.pk}/seances/{session.pk}.ics"
            if session
            else f"{base}{fiche.pk}-{fiche.slug}.ics",
            fiche=fiche,
            session=session,
        )
    return entries
