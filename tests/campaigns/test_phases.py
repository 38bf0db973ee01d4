from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.phases import PARIS, Calendar, Opportunity, Phase, shifted

ORDER = list(Phase)

SPRING = Calendar(
    call_opens_at=datetime(2023, 1, 17, 8, tzinfo=PARIS),
    call_closes_at=datetime(2023, 3, 9, 23, 59, 59, tzinfo=PARIS),
    week_first_day=date(2023, 4, 3),
    week_last_day=date(2023, 4, 7),
)

instants = st.datetimes(
    datetime(2014, 1, 1), datetime(2036, 1, 1), timezones=st.just(UTC), allow_imaginary=False
)


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    """Calendars that an editor may save: the call closes before the week is over."""
    first = draw(st.dates(date(2015, 1, 1), date(2034, 12, 31)))
    last = first + timedelta(days=draw(st.integers(0, 13)))
    week_ends = datetime(last.year, last.month, last.day, 23, 59, 59, tzinfo=PARIS)
    closes = week_ends - timedelta(seconds=draw(st.integers(0, 120 * 86_400)))
    opens = closes - timedelta(seconds=draw(st.integers(1, 200 * 86_400)))
    return Calendar(opens.astimezone(UTC), closes.astimezone(UTC), first, last)


@given(calendars(), instants, instants)
def test_phases_never_run_backwards(calendar: Calendar, one: datetime, other: datetime) -> None:
    earlier, later = sorted([one, other])

    assert ORDER.index(calendar.phase(earlier)) <= ORDER.index(calendar.phase(later))


@given(calendars(), instants)
def test_every_instant_has_one_phase_and_something_to_say(
    calendar: Calendar, now: datetime
) -> None:
    outlook = calendar.outlook(now)

    expected = {
        Phase.PREPARATION: {Opportunity.CALL_OPENS},
        Phase.CALL_OPEN: {Opportunity.HAND_IN},
        Phase.CALL_CLOSED: {
            Opportunity.WEEK_ON,
            Opportunity.WEEK_IN_DAYS,
            Opportunity.WEEK_TOMORROW,
        },
        Phase.WEEK: {Opportunity.WEEK_RUNNING, Opportunity.WEEK_LAST_DAY},
        Phase.CLOSED: {Opportunity.LOOK_BACK},
    }[calendar.phase(now)]
    assert outlook.opportunity in expected


@given(calendars(), instants)
def test_fiches_are_invited_exactly_while_they_are_accepted(
    calendar: Calendar, now: datetime
) -> None:
    outlook = calendar.outlook(now)

    assert outlook.accepts_submissions == calendar.accepts_submissions(now)
    if outlook.opportunity is Opportunity.HAND_IN:
        assert outlook.accepts_submissions
    if outlook.accepts_submissions:
        assert outlook.call_at == calendar.call_closes_at


@given(calendars(), instants)
def test_the_days_announced_are_those_of_the_wall_calendar_in_paris(
    calendar: Calendar, now: datetime
) -> None:
    outlook = calendar.outlook(now)

    today = now.astimezone(PARIS).date()
    running = calendar.phase(now) is Phase.WEEK
    target = calendar.week_last_day if running else calendar.week_first_day
    assert outlook.days == max((target - today).days, 0)


@pytest.mark.parametrize(
    ("now", "phase"),
    [
        (datetime(2023, 1, 17, 7, 59, 59, tzinfo=PARIS), Phase.PREPARATION),
        (datetime(2023, 1, 17, 8, 0, 0, tzinfo=PARIS), Phase.CALL_OPEN),
        (datetime(2023, 3, 9, 23, 59, 59, tzinfo=PARIS), Phase.CALL_OPEN),
        (datetime(2023, 3, 10, 0, 0, 0, tzinfo=PARIS), Phase.CALL_CLOSED),
        (datetime(2023, 4, 2, 23, 59, 59, tzinfo=PARIS), Phase.CALL_CLOSED),
        (datetime(2023, 4, 3, 0, 0, 0, tzinfo=PARIS), Phase.WEEK),
        (datetime(2023, 4, 7, 23, 59, 59, tzinfo=PARIS), Phase.WEEK),
        (datetime(2023, 4, 8, 0, 0, 0, tzinfo=PARIS), Phase.CLOSED),
    ],
)
def test_each_boundary_falls_on_its_second(now: datetime, phase: Phase) -> None:
    assert SPRING.phase(now) is phase


@pytest.mark.parametrize(
    ("first", "last", "starts", "ends"),
    [
        # The clocks go forward on Sunday 26 March 2023, back on Sunday 29 October 2023.
        (
            date(2023, 3, 26),
            date(2023, 3, 26),
            datetime(2023, 3, 25, 23, tzinfo=UTC),
            datetime(2023, 3, 26, 22, tzinfo=UTC),
        ),
        (
            date(2023, 10, 29),
            date(2023, 10, 29),
            datetime(2023, 10, 28, 22, tzinfo=UTC),
            datetime(2023, 10, 29, 23, tzinfo=UTC),
        ),
    ],
)
def test_a_day_on_which_the_clocks_change_starts_and_ends_at_midnight_in_paris(
    first: date, last: date, starts: datetime, ends: datetime
) -> None:
    calendar = Calendar(SPRING.call_opens_at, SPRING.call_closes_at, first, last)

    assert calendar.week_starts_at == starts
    assert calendar.week_ends_at == ends
    assert calendar.phase(starts - timedelta(seconds=1)) is not Phase.WEEK
    assert calendar.phase(starts) is Phase.WEEK
    assert calendar.phase(ends - timedelta(seconds=1)) is Phase.WEEK
    assert calendar.phase(ends) is Phase.CLOSED


def test_a_call_that_closes_in_the_repeated_hour_of_october_closes_once() -> None:
    closes = datetime(2023, 10, 29, 0, 30, tzinfo=UTC)  # 02:30 for the first time
    calendar = Calendar(closes - timedelta(days=30), closes, date(2023, 11, 20), date(2023, 11, 24))

    second_half_past_two = datetime(2023, 10, 29, 2, 30, tzinfo=PARIS, fold=1)
    assert calendar.accepts_submissions(closes)
    assert not calendar.accepts_submissions(second_half_past_two)


def test_the_week_wins_over_a_call_still_open_but_says_that_fiches_are_taken() -> None:
    calendar = Calendar(
        SPRING.call_opens_at,
        datetime(2023, 4, 5, 12, tzinfo=PARIS),
        SPRING.week_first_day,
        SPRING.week_last_day,
    )

    outlook = calendar.outlook(datetime(2023, 4, 4, 9, tzinfo=PARIS))

    assert outlook.opportunity is Opportunity.WEEK_RUNNING
    assert outlook.accepts_submissions
    assert outlook.call_at == calendar.call_closes_at


@pytest.mark.parametrize(
    ("day", "opportunity", "days"),
    [
        (date(2023, 3, 19), Opportunity.WEEK_ON, 15),
        (date(2023, 3, 20), Opportunity.WEEK_IN_DAYS, 14),
        (date(2023, 3, 31), Opportunity.WEEK_IN_DAYS, 3),
        (date(2023, 4, 1), Opportunity.WEEK_IN_DAYS, 2),
        (date(2023, 4, 2), Opportunity.WEEK_TOMORROW, 1),
        (date(2023, 4, 3), Opportunity.WEEK_RUNNING, 4),
        (date(2023, 4, 6), Opportunity.WEEK_RUNNING, 1),
        (date(2023, 4, 7), Opportunity.WEEK_LAST_DAY, 0),
    ],
)
@pytest.mark.parametrize("hour", [0, 12, 23])
def test_the_countdown_counts_whole_days(
    day: date, opportunity: Opportunity, days: int, hour: int
) -> None:
    outlook = SPRING.outlook(datetime(day.year, day.month, day.day, hour, 30, tzinfo=PARIS))

    assert (outlook.opportunity, outlook.days) == (opportunity, days)


def test_a_week_of_one_day_is_running_on_that_day() -> None:
    calendar = Calendar(
        SPRING.call_opens_at, SPRING.call_closes_at, date(2023, 4, 3), date(2023, 4, 3)
    )

    outlook = calendar.outlook(datetime(2023, 4, 3, 12, tzinfo=PARIS))

    assert outlook.opportunity is Opportunity.WEEK_RUNNING


def test_the_last_second_before_midnight_stays_so_when_moved_across_a_change_of_clocks() -> None:
    winter = datetime(2023, 3, 20, 23, 59, 59, tzinfo=PARIS)

    summer = shifted(winter, 14)

    assert summer.astimezone(PARIS) == datetime(2023, 4, 3, 23, 59, 59, tzinfo=PARIS)
    assert summer - winter == timedelta(days=13, hours=23)


def test_a_time_that_the_clocks_skip_becomes_the_hour_after() -> None:
    moved = shifted(datetime(2023, 3, 25, 2, 30, tzinfo=PARIS), 1)

    assert moved.astimezone(PARIS).replace(tzinfo=None) == datetime(2023, 3, 26, 3, 30)


@given(instants, st.integers(-800, 800))
def test_moving_there_and_back_keeps_the_wall_clock(instant: datetime, days: int) -> None:
    there = shifted(instant, days)
    wall, moved_wall = (
        value.astimezone(PARIS).replace(tzinfo=None, fold=0) for value in (instant, there)
    )

    assert abs((moved_wall - wall) - timedelta(days=days)) in (timedelta(0), timedelta(hours=1))
    if moved_wall - wall == timedelta(days=days):
        back = shifted(there, -days).astimezone(PARIS).replace(tzinfo=None, fold=0)
        assert back == wall
