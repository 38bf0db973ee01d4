"""What takes place when during the Week, and the order in which it is told. Pure values.

What parents may attend comes first within each day; then the earlier before the later, and what
has no hour after what has one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time


@dataclass(frozen=True, slots=True)
class Slot:
    """One thing that takes place: a session of a fiche, a fiche without sessions, an event.

    Hours are those of Paris. `last_day` is later than `day` where it lasts for several days.
    """

    day: date
    last_day: date
    starts_at: time | None = None
    ends_at: time | None = None
    is_open: bool = False
    fiche: int | None = None
    session: int | None = None
    event: int | None = None

    @property
    def lasts(self) -> bool:
        """Whether it goes on for several days."""
        return self.last_day > self.day

    def takes_place_on(self, day: date) -> bool:
        """Whether `day` is one of its days."""
        return self.day <= day <= self.last_day


def slot_within(
    first: date, last: date, week: tuple[date, date], *, is_open: bool, fiche: int
) -> Slot | None:
    """The days of a fiche without sessions that fall in `week`, both included; None without any."""
    begin, end = max(first, week[0]), min(last, week[1])
    return Slot(begin, end, is_open=is_open, fiche=fiche) if begin <= end else None


def by_hour(slot: Slot) -> tuple[object, ...]:
    """The key that sorts what takes place on one day; always the same order."""
    return (
        not slot.is_open,
        slot.starts_at is None,
        slot.starts_at or time.min,
        slot.ends_at or time.max,
        slot.day,
        slot.fiche or 0,
        slot.session or 0,
        slot.event or 0,
    )


@dataclass(frozen=True)
class Part:
    """What takes place on one day; without a day, what lasts for several."""

    day: date | None
    slots: tuple[Slot, ...]


def day_numbers(slots: Iterable[Slot], days: Sequence[date]) -> dict[date, int]:
    """How much takes place on each of `days`, what lasts for several counted on each of them."""
    numbers = dict.fromkeys(days, 0)
    for slot in slots:
        if slot.lasts:
            for day in days:
                numbers[day] += slot.takes_place_on(day)
        elif slot.day in numbers:
            numbers[slot.day] += 1
    return numbers


def parts_of(slots: Iterable[Slot], days: Sequence[date], today: date) -> list[Part]:
    """What takes place on `days`, in the order in which it is told.

    While the Week runs, today comes first, then the days to come, then what lasts for several
    days; the days gone by come last.
    """
    of_day: dict[date | None, list[Slot]] = {day: [] for day in days}
    of_day[None] = []
    for slot in slots:
        if slot.lasts:
            if any(slot.takes_place_on(day) for day in days):
                of_day[None].append(slot)
        elif slot.day in of_day:
            of_day[slot.day].append(slot)
    is_running = bool(days) and days[0] <= today <= days[-1]
    ahead = [day for day in days if not is_running or day >= today]
    gone = [day for day in days if is_running and day < today]
    order: list[date | None] = [*ahead, None, *gone]
    return [Part(day, tuple(sorted(of_day[day], key=by_hour))) for day in order if of_day[day]]


def first_day_to_show(numbers: dict[date, int], today: date) -> date | None:
    """Of a Week too long for one page: today or the next day that has something, or the first."""
    with_something = sorted(day for day, number in numbers.items() if number)
    return next(
        (day for day in with_something if day >= today),
        with_something[0] if with_something else None,
    )
