"""What time allows in a contest, to the second."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from contest.calendar import ContestCalendar, ContestPhase, end_of_school_year

SECOND = timedelta(seconds=1)
OPENS = datetime(2023, 1, 17, 8, tzinfo=UTC)
CLOSES = datetime(2023, 3, 20, 22, 59, 59, tzinfo=UTC)
RESULTS = datetime(2023, 4, 6, 10, tzinfo=UTC)
CALENDAR = ContestCalendar(OPENS, CLOSES, OPENS, date(2023, 3, 28), RESULTS)


@pytest.mark.parametrize(
    ("now", "phase"),
    [
        (OPENS - SECOND, ContestPhase.PREPARATION),
        (OPENS, ContestPhase.DEPOSIT),
        (CLOSES, ContestPhase.DEPOSIT),
        (CLOSES + SECOND, ContestPhase.JURY),
        (RESULTS - SECOND, ContestPhase.JURY),
        (RESULTS, ContestPhase.RESULTS),
    ],
)
def test_the_phase_changes_at_each_instant(now: datetime, phase: ContestPhase) -> None:
    assert CALENDAR.phase(now) == phase


def test_the_last_second_of_the_deposit_counts() -> None:
    assert CALENDAR.accepts_deposits(CLOSES)
    assert not CALENDAR.accepts_deposits(CLOSES + SECOND)
    assert not CALENDAR.accepts_deposits(OPENS - SECOND)


def test_without_registration_nobody_registers() -> None:
    assert CALENDAR.accepts_registrations(OPENS)
    assert not CALENDAR.accepts_registrations(OPENS + SECOND)
    assert not ContestCalendar(OPENS, CLOSES).accepts_registrations(OPENS)


def test_corrections_end_as_the_day_of_the_jury_begins_in_paris() -> None:
    midnight = datetime(2023, 3, 27, 22, tzinfo=UTC)
    assert CALENDAR.corrections_close_at == midnight
    assert CALENDAR.accepts_corrections(midnight - SECOND)
    assert not CALENDAR.accepts_corrections(midnight)


def test_a_jury_on_the_day_of_the_deposit_does_not_shorten_it() -> None:
    calendar = ContestCalendar(OPENS, CLOSES, None, date(2023, 3, 20), RESULTS)
    assert calendar.corrections_close_at == CLOSES


def test_corrections_last_until_the_results_where_no_jury_is_known() -> None:
    assert ContestCalendar(OPENS, CLOSES, None, None, RESULTS).corrections_close_at == RESULTS
    assert ContestCalendar(OPENS, CLOSES).accepts_corrections(RESULTS + timedelta(days=900))


def test_an_instant_is_the_same_in_every_zone() -> None:
    from campaigns.phases import PARIS

    assert CALENDAR.accepts_deposits(CLOSES.astimezone(PARIS))
    assert not CALENDAR.accepts_deposits((CLOSES + SECOND).astimezone(PARIS))


@pytest.mark.parametrize(
    ("day", "end"),
    [
        (date(2023, 4, 7), date(2023, 8, 31)),
        (date(2023, 8, 31), date(2023, 8, 31)),
        (date(2023, 9, 1), date(2024, 8, 31)),
        (date(2023, 11, 27), date(2024, 8, 31)),
    ],
)
def test_authorisations_hold_for_a_school_year(day: date, end: date) -> None:
    assert end_of_school_year(day) == end
