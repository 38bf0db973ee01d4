"""The calendars that the public may take away: of a selection, of one fiche, of one session.

They hold what the pages show and nothing else; never how to reach a coordinator.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import TYPE_CHECKING

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from .agenda import Entry, entries_of
from .agenda_slots import Pages, chosen_days, days_of, slots_selected
from .calendars import Appointment
from .catalogue import published_in
from .criteria import Criteria, Facet
from .enums import Openness
from .models import Action
from .selection import CHUNK, Selection
from .slots import Slot, by_hour

if TYPE_CHECKING:
    from .models import ActionIndexPage, ActionSession, CampaignPage, EventPage

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
"""When what was never published was: it is shown nowhere."""

FORMAT = 1
"""Another number for each change of what the files look like, so that nobody keeps the old ones."""

LONGEST_TEXT = 400
"""Characters of a fiche's objectives, where it has no summary."""


@dataclass(frozen=True)
class Source:
    """Where a calendar comes from.

    `host` ends the identifiers of its entries; `base` is the catalogue's address in full.
    """

    host: str
    base: str


class WeekFeed:
    """The calendar of the Week, of the fiches that some criteria select."""

    def __init__(
        self,
        edition: CampaignPage,
        criteria: Criteria,
        now: datetime,
        *,
        pages: Pages,
        source: Source,
    ) -> None:
        self.edition = edition
        self.source = source
        self.selection = Selection(edition, criteria, now)
        self.pages = pages

    @property
    def tag(self) -> str:
        """What changes with the file and with nothing else; empty where that is not known."""
        stamp = self.selection.catalogue.stamp
        if not stamp:
            return ""
        known = (
            FORMAT,
            stamp,
            hex(self.selection.found),  # Python writes no number so long in tens
            self.selection.criteria.query,
            self.source,
            self.pages.catalogue is not None,
            self.edition.title,
            self.edition.week_first_day,
            self.edition.week_last_day,
            sorted((pk, page.last_published_at) for pk, page in self.pages.events.items()),
        )
        return sha256(repr(known).encode()).hexdigest()[:32]

    def appointments(self) -> Iterator[Appointment]:
        """What the agenda shows, in the order of time; two queries for each `CHUNK` of them."""
        slots = slots_selected(self.selection, self.pages)
        days = days_of(self.edition)
        criteria = self.selection.criteria
        shown = chosen_days(criteria, days) if criteria.chosen.get(Facet.DAY) else days
        kept = [slot for slot in slots if any(slot.takes_place_on(day) for day in shown)]
        kept.sort(key=lambda slot: (slot.day, *by_hour(slot)[1:]))
        for start in range(0, len(kept), CHUNK):
            chunk = kept[start : start + CHUNK]
            entries = entries_of(self.edition, chunk, self.pages)
            for slot in chunk:
                if slot in entries:
                    yield _of_entry(entries[slot], self.source)


def fiche_appointments(
    catalogue: ActionIndexPage, pk: int, source: Source, session: int | None = None
) -> tuple[Action, list[Appointment]] | None:
    """A public fiche and all its sessions, inside the Week or not, or the one asked for.

    Without sessions a fiche has its days. None where no such fiche, session or date is public;
    two queries.
    """
    fiche = (
        published_in(catalogue.edition)
        .select_related("establishment")
        .prefetch_related("sessions")
        .filter(pk=pk)
        .first()
    )
    if fiche is None:
        return None
    sessions: Sequence[ActionSession] = fiche.sessions.all()
    if session is not None:
        sessions = [one for one in sessions if one.pk == session]
    elif not sessions and fiche.starts_on:
        last = max(fiche.ends_on or fiche.starts_on, fiche.starts_on)
        slot = Slot(fiche.starts_on, last, fiche=fiche.pk)
        return fiche, [_of_entry(Entry(slot, "", fiche=fiche), source)]
    found = [_of_entry(Entry(_slot_of(one), "", fiche=fiche, session=one), source)
             for one in sessions]  # fmt: skip
    return (fiche, found) if found else None


def _slot_of(session: ActionSession) -> Slot:
    return Slot(
        session.date,
        session.date,
        session.starts_at,
        session.ends_at,
        fiche=session.action_id,
        session=session.pk,
    )


def _of_entry(entry: Entry, source: Source) -> Appointment:
    if entry.event is not None:
        return _of_event(entry.slot, entry.event, source)
    fiche, session = entry.fiche, entry.session
    assert fiche is not None  # noqa: S101 - an entry has an event or a fiche
    school = fiche.establishment
    first, last = entry.slot.day, entry.slot.last_day
    if session is None and fiche.starts_on:  # its own days, beyond those of the Week
        first, last = fiche.starts_on, max(fiche.ends_on or fiche.starts_on, fiche.starts_on)
    kind = f"seance-{session.pk}" if session else f"fiche-{fiche.pk}"
    where = [entry.place, school.name, school.commune]
    return Appointment(
        uid=f"{kind}@{source.host}",
        title=fiche.title,
        first=first,
        last=last,
        starts_at=entry.slot.starts_at,
        ends_at=entry.slot.ends_at,
        place=", ".join(dict.fromkeys(part for part in where if part)),
        description=_description(entry, fiche),
        address=f"{source.base}{fiche.pk}-{fiche.slug}/",
        modified_at=_published_at(fiche),
        sequence=_sequence(fiche),
    )


def _description(entry: Entry, fiche: Action) -> str:
    """The fiche in a few lines, as its page tells it."""
    lines = [fiche.summary or Truncator(fiche.objectives).chars(LONGEST_TEXT)]
    if entry.openness:
        lines.append(_("Open to: %(openness)s") % {"openness": Openness(entry.openness).label})
    if entry.registration:
        lines.append(_("To register: %(registration)s") % {"registration": entry.registration})
    return "\n".join(line for line in lines if line)


def _of_event(slot: Slot, event: EventPage, source: Source) -> Appointment:
    where = [event.place, event.address]
    return Appointment(
        uid=f"evenement-{event.pk}@{source.host}",
        title=event.title,
        first=slot.day,
        last=slot.last_day,
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        place=", ".join(part for part in where if part),
        description=event.introduction,
        address=event.full_url or "",
        modified_at=_published_at(event),
        sequence=_sequence(event),
    )


def _published_at(published: Action | EventPage) -> datetime:
    return published.last_published_at or published.first_published_at or EPOCH


def _sequence(published: Action | EventPage) -> int:
    """The minutes from the first publication to the last: it grows with each version published."""
    if not published.first_published_at:
        return 0
    since = _published_at(published) - published.first_published_at
    return max(0, int(since.total_seconds() // 60))
