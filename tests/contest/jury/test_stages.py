"""What the clock says of a round."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from contest.jury.enums import Stage
from contest.jury.stages import RoundCalendar

OPENS = datetime(2023, 3, 25, 8, tzinfo=UTC)
CLOSES = datetime(2023, 3, 28, 16, tzinfo=UTC)
ASSIGNED = datetime(2023, 3, 24, 9, tzinfo=UTC)
INSTANT = timedelta(microseconds=1)

WHOLE = RoundCalendar(OPENS, CLOSES, ASSIGNED)


@pytest.mark.parametrize(
    ("now", "stage"),
    [
        (OPENS - INSTANT, Stage.ASSIGNED),
        (OPENS, Stage.OPEN),
        (CLOSES - INSTANT, Stage.OPEN),
        (CLOSES, Stage.CLOSED),
        (CLOSES + timedelta(days=400), Stage.CLOSED),
    ],
)
def test_a_round_opens_and_closes_at_its_instants(now: datetime, stage: Stage) -> None:
    assert WHOLE.stage(now) == stage


@pytest.mark.parametrize(
    "calendar",
    [
        RoundCalendar(),
        RoundCalendar(OPENS, CLOSES),
        RoundCalendar(None, CLOSES, ASSIGNED),
        RoundCalendar(OPENS, None, ASSIGNED),
    ],
)
def test_without_its_dates_or_its_posters_it_is_in_preparation(calendar: RoundCalendar) -> None:
    assert calendar.stage(OPENS) == Stage.DRAFT


def test_once_counted_it_stays_so() -> None:
    counted = RoundCalendar(OPENS, CLOSES, ASSIGNED, CLOSES + timedelta(hours=1))
    assert counted.stage(OPENS) == Stage.TALLIED


def test_the_repeated_hour_of_october_happens_twice() -> None:
    paris = ZoneInfo("Europe/Paris")
    closes = datetime(2023, 10, 29, 2, 30, tzinfo=paris, fold=1)
    calendar = RoundCalendar(closes - timedelta(days=1), closes, ASSIGNED)
    assert calendar.stage(datetime(2023, 10, 29, 2, 45, tzinfo=paris, fold=0)) == Stage.OPEN
    assert calendar.stage(datetime(2023, 10, 29, 2, 45, tzinfo=paris, fold=1)) == Stage.CLOSED
