from __future__ import annotations

from datetime import date, datetime

from campaigns.milestones import MilestoneKind, Progress, milestones
from campaigns.phases import PARIS, Calendar

SPRING = Calendar(
    datetime(2023, 1, 17, 8, tzinfo=PARIS),
    datetime(2023, 3, 9, 23, 59, 59, tzinfo=PARIS),
    date(2023, 4, 3),
    date(2023, 4, 7),
)


def progress_at(now: datetime, publication_on: date | None = None) -> list[tuple[str, str]]:
    return [(one.kind, one.progress) for one in milestones(SPRING, publication_on, now)]


def test_key_dates_come_in_the_order_of_time() -> None:
    kinds = [kind for kind, _progress in progress_at(SPRING.call_opens_at, date(2023, 3, 20))]

    assert kinds == [
        MilestoneKind.CALL_OPENS,
        MilestoneKind.CALL_CLOSES,
        MilestoneKind.PUBLICATION,
        MilestoneKind.WEEK,
    ]


def test_a_publication_after_the_week_comes_last() -> None:
    kinds = [kind for kind, _progress in progress_at(SPRING.call_opens_at, date(2023, 4, 20))]

    assert kinds[-1] == MilestoneKind.PUBLICATION


def test_an_edition_that_announces_no_publication_has_three_key_dates() -> None:
    assert len(progress_at(SPRING.call_opens_at)) == 3


def test_what_is_behind_is_done_and_what_runs_is_now() -> None:
    during = datetime(2023, 4, 7, 23, 59, tzinfo=PARIS)

    assert progress_at(during) == [
        (MilestoneKind.CALL_OPENS, Progress.DONE),
        (MilestoneKind.CALL_CLOSES, Progress.DONE),
        (MilestoneKind.WEEK, Progress.NOW),
    ]


def test_a_call_is_not_closed_during_its_last_second() -> None:
    assert dict(progress_at(SPRING.call_closes_at))[MilestoneKind.CALL_CLOSES] == Progress.AHEAD


def test_a_week_is_done_the_day_after() -> None:
    after = datetime(2023, 4, 8, tzinfo=PARIS)

    assert dict(progress_at(after))[MilestoneKind.WEEK] == Progress.DONE
