"""What time allows in a round. Pure values: no clock, no ORM, no request."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from .enums import Stage


@dataclass(frozen=True)
class RoundCalendar:
    """The instants of a round, all aware.

    The close is an instant, not an act: a ballot received at `closes_at` or later is late. Nothing
    has to run for a round to open or to close; to close it now is to set `closes_at` to now.
    """

    opens_at: datetime | None = None
    closes_at: datetime | None = None
    assigned_at: datetime | None = None
    tallied_at: datetime | None = None

    def stage(self, now: datetime) -> Stage:
        """The stage at `now`."""
        # Two values of one zone compare by their clocks, blind to the repeated hour of October.
        now = now.astimezone(UTC)
        if self.tallied_at is not None:
            return Stage.TALLIED
        if self.assigned_at is None or self.opens_at is None or self.closes_at is None:
            return Stage.DRAFT
        if now < self.opens_at:
            return Stage.ASSIGNED
        return Stage.OPEN if now < self.closes_at else Stage.CLOSED
