"""What takes place when, in order: pure values."""

from __future__ import annotations

from datetime import date, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from campaigns.slots import Slot, by_hour, day_numbers, first_day_to_show, parts_of, slot_within

MONDAY = date(2023, 4, 3)
WEEK = [MONDAY + timedelta(days=rank) for rank in range(5)]


@st.composite
def slots(draw: st.DrawFn) -> Slot:
    first = draw(st.integers(0, 4))
    hours = st.none() | st.times().map(lambda one: one.replace(microsecond=0))
    return Slot(
        WEEK[first],
        WEEK[draw(st.integers(first, 4))],
        draw(hours),
        draw(hours),
        draw(st.booleans()),
        draw(st.integers(1, 10**6)),
    )


@given(st.lists(slots(), unique=True), st.integers(-3, 8))
def test_everything_is_told_once_whatever_the_day(given_slots: list[Slot], shift: int) -> None:
    parts = parts_of(given_slots, WEEK, MONDAY + timedelta(days=shift))

    told = [slot for part in parts for slot in part.slots]
    assert sorted(told, key=by_hour) == sorted(given_slots, key=by_hour)
    assert all(part.slots for part in parts)


@given(st.lists(slots(), unique=True))
def test_the_order_does_not_depend_on_that_of_the_rows(given_slots: list[Slot]) -> None:
    assert parts_of(given_slots, WEEK, MONDAY) == parts_of(given_slots[::-1], WEEK, MONDAY)


def test_what_everybody_may_attend_comes_first_then_the_earlier_then_what_has_no_hour() -> None:
    late = Slot(MONDAY, MONDAY, time(17), is_open=True, fiche=1)
    early = Slot(MONDAY, MONDAY, time(8), is_open=False, fiche=2)
    open_without_hour = Slot(MONDAY, MONDAY, is_open=True, fiche=3)
    without_hour = Slot(MONDAY, MONDAY, fiche=4)

    [part] = parts_of([without_hour, early, open_without_hour, late], WEEK, MONDAY)

    assert part.slots == (late, open_without_hour, early, without_hour)


def test_while_the_week_runs_today_comes_first_and_the_days_gone_by_last() -> None:
    daily = [Slot(day, day, fiche=rank) for rank, day in enumerate(WEEK)]
    lasting = Slot(WEEK[0], WEEK[4], fiche=9)

    before = [part.day for part in parts_of([*daily, lasting], WEEK, MONDAY - timedelta(days=1))]
    running = [part.day for part in parts_of([*daily, lasting], WEEK, WEEK[2])]

    assert before == [*WEEK, None]
    assert running == [*WEEK[2:], None, *WEEK[:2]]


def test_a_day_shows_what_lasts_for_several_days_when_it_is_one_of_them() -> None:
    lasting = Slot(WEEK[0], WEEK[1], fiche=1)

    assert [part.day for part in parts_of([lasting], [WEEK[1]], MONDAY)] == [None]
    assert parts_of([lasting], [WEEK[2]], MONDAY) == []


def test_days_are_counted_with_what_lasts_for_several() -> None:
    numbers = day_numbers(
        [Slot(WEEK[0], WEEK[0], fiche=1), Slot(WEEK[0], WEEK[1], fiche=2)], WEEK[:3]
    )

    assert list(numbers.values()) == [2, 1, 0]


def test_a_long_week_opens_at_today_or_the_next_day_that_has_something() -> None:
    numbers = {WEEK[0]: 3, WEEK[1]: 0, WEEK[2]: 5}

    assert first_day_to_show(numbers, WEEK[0]) == WEEK[0]
    assert first_day_to_show(numbers, WEEK[1]) == WEEK[2]
    assert first_day_to_show(numbers, WEEK[4]) == WEEK[0]
    assert first_day_to_show(dict.fromkeys(WEEK, 0), WEEK[0]) is None


def test_a_fiche_of_the_whole_year_has_the_days_of_the_week() -> None:
    week = WEEK[0], WEEK[4]

    found = slot_within(date(2022, 9, 1), date(2023, 6, 30), week, is_open=False, fiche=1)

    assert found is not None
    assert (found.day, found.last_day) == week
    assert slot_within(date(2023, 4, 8), date(2023, 4, 9), week, is_open=False, fiche=1) is None
