"""What time allows in an edition. Pure values: no clock, no ORM, no request."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")


class Phase(StrEnum):
    """Where an edition stands, in the order in which it gets there."""

    PREPARATION = "preparation"
    CALL_OPEN = "call_open"
    CALL_CLOSED = "call_closed"
    WEEK = "week"
    CLOSED = "closed"


@dataclass(frozen=True)
class Calendar:
    """When an edition's call opens and closes and when its week takes place.

    Instants are aware. The call takes submissions up to and including `call_closes_at`; the week
    runs from the start of its first day to the end of its last, in Paris.
    """

    call_opens_at: datetime
    call_closes_at: datetime
    week_first_day: date
    week_last_day: date

    @property
    def week_starts_at(self) -> datetime:
        """Midnight, in Paris, at the start of the week's first day."""
        return datetime.combine(self.week_first_day, time.min, tzinfo=PARIS)

    @property
    def week_ends_at(self) -> datetime:
        """Midnight, in Paris, at the end of the week's last day."""
        return datetime.combine(self.week_last_day + timedelta(days=1), time.min, tzinfo=PARIS)

    def phase(self, now: datetime) -> Phase:
        """The phase at `now`. The week wins over a call that is still open during it."""
        if now >= self.week_ends_at:
            return Phase.CLOSED
        if now >= self.week_starts_at:
            return Phase.WEEK
        if now > self.call_closes_at:
            return Phase.CALL_CLOSED
        if now >= self.call_opens_at:
            return Phase.CALL_OPEN
        return Phase.PREPARATION

    def accepts_submissions(self, now: datetime) -> bool:
        """Whether a fiche may be handed in at `now`, whatever the phase."""
        return self.call_opens_at <= now <= self.call_closes_at
