"""What time allows in an edition. Pure values: no clock, no ORM, no request."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")
COUNTDOWN_DAYS = 14
"""From how many days before the week its start is told in days rather than as a date."""


class Phase(StrEnum):
    """Where an edition stands, in the order in which it gets there."""

    PREPARATION = "preparation"
    CALL_OPEN = "call_open"
    CALL_CLOSED = "call_closed"
    WEEK = "week"
    CLOSED = "closed"


class Opportunity(StrEnum):
    """The one thing to say about an edition at a given instant."""

    CALL_OPENS = "call_opens"
    HAND_IN = "hand_in"
    WEEK_ON = "week_on"
    WEEK_IN_DAYS = "week_in_days"
    WEEK_TOMORROW = "week_tomorrow"
    WEEK_RUNNING = "week_running"
    WEEK_LAST_DAY = "week_last_day"
    LOOK_BACK = "look_back"


@dataclass(frozen=True)
class Outlook:
    """What can be done now in an edition, and the instants that the sentence needs.

    `call_at` is when the call opens (CALL_OPENS) or closes (while fiches may be handed in, whatever
    the opportunity: a call may stay open during the week). `week_first_day` and `week_last_day` are
    the edition's; `days` counts the calendar days, in Paris, until its first day and, once it runs,
    until its last.
    """

    opportunity: Opportunity
    week_first_day: date
    week_last_day: date
    days: int = 0
    call_at: datetime | None = None
    accepts_submissions: bool = False


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
        now = now.astimezone(UTC)
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
        # Two values of one zone compare by their clocks, blind to the repeated hour of October.
        now = now.astimezone(UTC)
        return self.call_opens_at <= now <= self.call_closes_at

    @property
    def follow_up_opens_at(self) -> datetime:
        """Midnight, in Paris, at the start of the week's last day."""
        return datetime.combine(self.week_last_day, time.min, tzinfo=PARIS)

    def accepts_follow_up(self, now: datetime) -> bool:
        """Whether what came of an action may be told at `now`: from the week's last day on."""
        return now.astimezone(UTC) >= self.follow_up_opens_at

    def outlook(self, now: datetime) -> Outlook:
        """What can be done at `now`."""
        phase = self.phase(now)
        accepts = self.accepts_submissions(now)
        today = local_day(now)
        target = self.week_last_day if phase is Phase.WEEK else self.week_first_day
        days = (target - today).days
        if phase is Phase.PREPARATION:
            call_at: datetime | None = self.call_opens_at
        else:
            call_at = self.call_closes_at if accepts else None
        return Outlook(
            opportunity=self._opportunity(phase, today, days),
            week_first_day=self.week_first_day,
            week_last_day=self.week_last_day,
            days=max(days, 0),
            call_at=call_at,
            accepts_submissions=accepts,
        )

    def _opportunity(self, phase: Phase, today: date, days: int) -> Opportunity:
        """What to say in `phase` on `today`, `days` before the week's first day."""
        if phase is Phase.PREPARATION:
            return Opportunity.CALL_OPENS
        if phase is Phase.CALL_OPEN:
            return Opportunity.HAND_IN
        if phase is Phase.WEEK:
            last = today == self.week_last_day and self.week_first_day < self.week_last_day
            return Opportunity.WEEK_LAST_DAY if last else Opportunity.WEEK_RUNNING
        if phase is Phase.CLOSED:
            return Opportunity.LOOK_BACK
        if days == 1:
            return Opportunity.WEEK_TOMORROW
        return Opportunity.WEEK_IN_DAYS if days <= COUNTDOWN_DAYS else Opportunity.WEEK_ON


def local_day(instant: datetime) -> date:
    """The calendar day of `instant` in Paris."""
    return instant.astimezone(PARIS).date()


def shifted(instant: datetime, days: int) -> datetime:
    """`instant` moved by whole days on the clocks of Paris: 23:59:59 stays 23:59:59.

    A time that the clocks skip on the night of the spring change becomes the hour after it. The
    answer is in UTC, so that two of them compare and subtract as instants.
    """
    moved = instant.astimezone(PARIS) + timedelta(days=days)
    return moved.astimezone(UTC)
