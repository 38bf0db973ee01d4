"""Days of the demo's content, counted from the day it is loaded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from campaigns.phases import PARIS

WEEK_DAY = 60
"""The number that the content gives to the Monday of the current edition's week."""


@dataclass(frozen=True)
class Dating:
    """Turns the numbers of days that the content speaks of into dates.

    Day 0 is `today`; day 60 is the Monday of the week, so everything but the call moves by the
    few days that bring day 60 to the nearest Monday.
    """

    today: date

    @classmethod
    def at(cls, now: datetime) -> Dating:
        """The dating of content loaded at `now`, an aware instant, on the clocks of Paris."""
        return cls(now.astimezone(PARIS).date())

    @property
    def shift(self) -> int:
        """By how many days, from -3 to 3, day 60 is moved to fall on a Monday."""
        weekday = (self.today + timedelta(days=WEEK_DAY)).weekday()
        return -weekday if weekday <= 3 else 7 - weekday

    def day(self, number: int) -> date:
        """The date of day `number`, in step with the week."""
        return self.today + timedelta(days=number + self.shift)

    def friday_after(self, monday: date) -> date:
        """The last day of the week that starts on `monday`."""
        return monday + timedelta(days=4)

    def call_day(self, number: int) -> date:
        """The date of day `number` of the call, which must be open today whatever the weekday."""
        return self.today + timedelta(days=number)


def in_paris(day: date, clock: time) -> datetime:
    """The aware instant of `clock` on `day` in Paris."""
    return datetime.combine(day, clock, tzinfo=PARIS)


def school_year_of(day: date) -> str:
    """The school year of `day`, as in 2026-2027; it starts in August."""
    first = day.year if day.month >= 8 else day.year - 1
    return f"{first}-{first + 1}"
