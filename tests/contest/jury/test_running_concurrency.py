"""Organisers and jurors at the same instant: the round’s lock decides, nothing is done twice."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from wagtail.models import ModelLogEntry

from accounts.models import MailRecord
from contest.enums import PrizeKind
from contest.errors import OutOfTurn
from contest.jury import assigning, awarding, casting, recusing, reminding, running
from contest.jury.casting import Act
from contest.jury.enums import WORKABLE, Stage
from contest.jury.errors import TooLate
from contest.jury.rules import ballots_of
from contest.models import Assignment, Award, LateBallot, Prize
from tests.contest.jury.scene import CLOSED, OPEN, JuryScene, grade, make_jury
from tests.contest.test_concurrency_deposit import at_once, refused

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


def logged(scene: JuryScene, action: str) -> int:
    return ModelLogEntry.objects.for_instance(scene.round).filter(action=action).count()


def judged(**fields: Any) -> JuryScene:
    scene = make_jury(**fields)
    for juror in scene.jurors:
        for assignment in scene.work(juror):
            grade(assignment, mention=3)
    return scene


def test_two_organisers_counting_at_once_count_once() -> None:
    scene = judged(posters=3)

    outcomes = at_once(
        *[lambda: running.count(scene.round, by=scene.editor, now=CLOSED) for _ in range(3)]
    )

    assert refused(outcomes) == [OutOfTurn] * 2
    assert logged(scene, "contest.jury.count") == 1


def test_extending_and_counting_at_once_leave_an_open_round_or_a_counted_one() -> None:
    scene = judged(posters=3)
    until = CLOSED + timedelta(days=1)

    outcomes = at_once(
        lambda: running.extend(scene.round, until, by=scene.editor, now=CLOSED),
        lambda: running.count(scene.round, by=scene.editor, now=CLOSED),
    )

    assert refused(outcomes) == [OutOfTurn]
    scene.round.refresh_from_db()
    is_open = scene.round.stage(CLOSED) == Stage.OPEN
    assert is_open == (scene.round.tallied_at is None)
    assert logged(scene, "contest.jury.extend") == is_open
    assert logged(scene, "contest.jury.count") == (not is_open)


def test_two_recusals_at_once_leave_every_panel_whole() -> None:
    scene = make_jury(posters=6, jurors=6, panel_size=3)
    poster = scene.posters[0]
    rows = list(
        Assignment.objects.filter(round=scene.round, poster=poster).select_related("juror__user")
    )

    at_once(
        *[
            lambda row=row: recusing.recuse(row, "Ma nièce", by=row.juror.user, clock=lambda: OPEN)
            for row in rows[:2]
        ]
    )

    for one in scene.posters:
        panel = Assignment.objects.filter(round=scene.round, poster=one, status__in=WORKABLE)
        assert panel.count() == 3
    gone = {row.juror_id for row in rows[:2]}
    left = Assignment.objects.filter(round=scene.round, poster=poster, status__in=WORKABLE)
    assert not gone & set(left.values_list("juror", flat=True))


def test_a_recusal_and_a_juror_let_go_at_once_leave_every_panel_whole() -> None:
    scene = make_jury(posters=6, jurors=6, panel_size=3)
    row = scene.work(scene.jurors[0])[0]
    assert row.juror.user is not None
    by = row.juror.user

    at_once(
        lambda: recusing.recuse(row, "Ma nièce", by=by, clock=lambda: OPEN),
        lambda: assigning.let_go(scene.jurors[1], by=scene.editor, now=OPEN),
        lambda: running.reassign_round(scene.round, by=scene.editor, now=OPEN),
    )

    for one in scene.posters:
        panel = Assignment.objects.filter(round=scene.round, poster=one, status__in=WORKABLE)
        assert panel.count() == 3
    assert not Assignment.objects.filter(juror=scene.jurors[1], status__in=WORKABLE).exists()


def test_a_ballot_and_the_close_at_once_give_a_ballot_in_time_or_a_late_one() -> None:
    scene = make_jury(posters=1, jurors=1)
    row = scene.work(scene.jurors[0])[0]
    assert row.juror.user is not None
    by = row.juror.user

    outcomes = at_once(
        lambda: casting.cast(row, Act(grades={"mention": 3}), by=by, clock=lambda: OPEN),
        lambda: running.close(scene.round, by=scene.editor, now=OPEN),
    )

    is_late = refused(outcomes) == [TooLate]
    assert LateBallot.objects.count() == is_late
    assert len(ballots_of(scene.round)) == (not is_late)


def test_two_clicks_on_remind_write_once() -> None:
    scene = make_jury(posters=2, jurors=3)

    at_once(*[lambda: reminding.remind(scene.round, by=scene.editor, now=OPEN) for _ in range(3)])

    assert MailRecord.objects.filter(kind="jury_reminder").count() == 3
    assert logged(scene, "contest.jury.remind") == 1


def test_one_prize_that_cannot_be_shared_is_given_once() -> None:
    scene = judged(posters=3)
    contest = scene.contest_scene.contest
    prize = Prize.objects.create(
        contest=contest, label="Coup de cœur", kind=PrizeKind.FAVOURITE, ties_allowed=False
    )

    def give(number: int) -> str:
        from django.core.exceptions import ValidationError

        try:
            awarding.give(contest, prize, number, "Bravo", by=scene.editor, now=CLOSED)
        except ValidationError:
            return "refused"
        return "given"

    outcomes = at_once(*[lambda number=number: give(number) for number in (1, 2, 3)])

    assert sorted(outcomes) == ["given", "refused", "refused"]
    assert Award.objects.count() == 1
