"""What time allows in a contest. Pure values: no clock, no ORM, no request."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from campaigns.phases import PARIS


class ContestPhase(StrEnum):
    """Where a contest stands, in the order in which it gets there."""

    PREPARATION = "preparation"
    DEPOSIT = "deposit"
    JURY = "jury"
    RESULTS = "results"


@dataclass(frozen=True)
class ContestCalendar:
    """The instants of a contest; all aware, limits included.

    `registration_closes_at` is None where there is no registration. `jury_on` is a day in Paris.
    `results_held`: a jury is at work and has not released its results, whatever was announced.
    """

    deposit_opens_at: datetime
    deposit_closes_at: datetime
    registration_closes_at: datetime | None = None
    jury_on: date | None = None
    results_at: datetime | None = None
    results_held: bool = False

    def phase(self, now: datetime) -> ContestPhase:
        """The phase at `now`."""
        # Two values of one zone compare by their clocks, blind to the repeated hour of October.
        now = now.astimezone(UTC)
        if self.results_are_out(now):
            return ContestPhase.RESULTS
        if now > self.deposit_closes_at:
            return ContestPhase.JURY
        return ContestPhase.DEPOSIT if now >= self.deposit_opens_at else ContestPhase.PREPARATION

    def accepts_registrations(self, now: datetime) -> bool:
        """Whether an establishment may register, change or cancel its registration at `now`."""
        closes = self.registration_closes_at
        return closes is not None and now.astimezone(UTC) <= closes

    def accepts_deposits(self, now: datetime) -> bool:
        """Whether a poster may be handed in, changed or replaced at `now`."""
        return self.deposit_opens_at <= now.astimezone(UTC) <= self.deposit_closes_at

    def results_to_come(self, now: datetime) -> datetime | None:
        """When the results are out, where that is known and still to come at `now`.

        A date announced that has passed while the jury is at work is no date any more.
        """
        at = self.results_at
        return at if at is not None and at > now.astimezone(UTC) else None

    @property
    def corrections_close_at(self) -> datetime | None:
        """When a poster that was sent back is too late: as the jury meets, or with the results.

        None where neither is known: the editors refuse it when they need to.
        """
        if self.jury_on is not None:
            return max(
                datetime.combine(self.jury_on, time.min, tzinfo=PARIS), self.deposit_closes_at
            )
        return self.results_at

    def accepts_corrections(self, now: datetime) -> bool:
        """Whether a poster that was sent back may come back at `now`."""
        limit = self.corrections_close_at
        return limit is None or now.astimezone(UTC) < limit

    def results_are_out(self, now: datetime) -> bool:
        """Whether the results are public at `now`."""
        if self.results_held or self.results_at is None:
            return False
        return now.astimezone(UTC) >= self.results_at


def end_of_school_year(day: date) -> date:
    """The last day of the school year that `day` falls in: 31 August.

    Authorisations hold for one school year in the ministry's own models (Eduscol).
    """
    year = day.year if day.month < 9 else day.year + 1
    return date(year, 9, 1) - timedelta(days=1)
