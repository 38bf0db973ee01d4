"""What an establishment can do in a contest at each instant, without a database."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from contest.calendar import ContestCalendar
from contest.enums import RegistrationMode
from contest.turn import Room, Turn, turn_of

OPENS = datetime(2023, 1, 17, 8, tzinfo=UTC)
REGISTER_BY = datetime(2023, 2, 10, 22, 59, 59, tzinfo=UTC)
CLOSES = datetime(2023, 3, 20, 22, 59, 59, tzinfo=UTC)
RESULTS = datetime(2023, 4, 6, 10, tzinfo=UTC)
SECOND = timedelta(seconds=1)
CALENDAR = ContestCalendar(OPENS, CLOSES, registration_closes_at=REGISTER_BY, results_at=RESULTS)


def turn(now: datetime, mode: RegistrationMode = RegistrationMode.OPTIONAL, **given) -> Turn:
    values = {"is_registered": False, "room": Room(3, 0), **given}
    return turn_of(CALENDAR, mode, now=now, **values)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (OPENS - SECOND, Turn.WAIT),
        (OPENS, Turn.DEPOSIT),
        (CLOSES, Turn.DEPOSIT),
        (CLOSES + SECOND, Turn.OVER),
        (RESULTS - SECOND, Turn.OVER),
        (RESULTS, Turn.RESULTS),
    ],
)
def test_each_limit_belongs_to_its_side(now: datetime, expected: Turn) -> None:
    assert turn(now) is expected


@pytest.mark.parametrize(
    ("now", "is_registered", "expected"),
    [
        (OPENS - SECOND, False, Turn.WAIT),
        (REGISTER_BY, False, Turn.REGISTER),
        (REGISTER_BY + SECOND, False, Turn.LEFT_OUT),
        (REGISTER_BY + SECOND, True, Turn.DEPOSIT),
        (CLOSES + SECOND, False, Turn.OVER),
    ],
)
def test_where_registration_is_required_it_comes_first(
    now: datetime, is_registered: bool, expected: Turn
) -> None:
    assert turn(now, RegistrationMode.REQUIRED, is_registered=is_registered) is expected


@pytest.mark.parametrize("mode", [RegistrationMode.OFF, RegistrationMode.OPTIONAL])
def test_where_it_is_not_required_nobody_is_kept_out(mode: RegistrationMode) -> None:
    assert turn(REGISTER_BY + SECOND, mode) is Turn.DEPOSIT


@pytest.mark.parametrize(
    ("room", "left", "expected"),
    [
        (Room(3, 2), 1, Turn.DEPOSIT),
        (Room(3, 3), 0, Turn.FULL),
        (Room(1, 3), 0, Turn.FULL),
    ],
)
def test_there_is_room_or_there_is_not(room: Room, left: int, expected: Turn) -> None:
    assert room.left == left
    assert turn(OPENS, room=room) is expected
