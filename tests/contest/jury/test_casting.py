"""What a juror casts: merged, versioned, in time or late, and theirs alone."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError

from accounts.models import User
from contest.jury import casting, ranking, recusing, signing
from contest.jury.casting import Act
from contest.jury.enums import AssignmentStatus, Method
from contest.jury.errors import ChangedElsewhere, NotAJuror, NotOpen, SignedOff, TooLate
from contest.jury.rules import ballots_of, result_of
from contest.models import Ballot, LateBallot
from tests.contest.jury.scene import CLOSES, NOW, OPEN, grade, make_jury

pytestmark = pytest.mark.django_db


def user_of(scene, place: int = 0) -> User:
    user = scene.jurors[place].user
    assert user is not None
    return user


def test_a_complete_ballot_counts_and_an_incomplete_one_is_a_draft() -> None:
    scene = make_jury(posters=1, jurors=1, method=Method.CRITERIA)
    work = scene.work(scene.jurors[0])[0]
    first, second = (one["key"] for one in scene.round.criteria)
    draft = grade(work, **{first: 4})
    assert not draft.is_complete
    assert ballots_of(scene.round) == []
    full = grade(work, **{second: 2})
    assert (full.n, full.is_complete, full.grades) == (2, True, {first: 4, second: 2})
    assert [one.grades for one in ballots_of(scene.round)] == [(4, 2)]
    work.refresh_from_db()
    assert (work.status, work.revision) == (AssignmentStatus.SUBMITTED, 2)


def test_a_grade_taken_back_makes_the_ballot_a_draft_again() -> None:
    scene = make_jury(posters=1, jurors=1)
    work = scene.work(scene.jurors[0])[0]
    grade(work, mention=5)
    grade(work, mention=None)
    assert ballots_of(scene.round) == []
    assert Ballot.objects.count() == 2


def test_the_same_act_received_twice_is_cast_once() -> None:
    scene = make_jury(posters=1, jurors=1)
    work = scene.work(scene.jurors[0])[0]
    act = Act(grades={"mention": 3}, key=uuid4())
    for _time in range(2):
        casting.cast(work, act, by=user_of(scene), clock=lambda: OPEN)
    assert Ballot.objects.count() == 1


def test_at_the_close_a_ballot_is_late_and_kept_beside() -> None:
    scene = make_jury(posters=1, jurors=1)
    work = scene.work(scene.jurors[0])[0]
    act = Act(grades={"mention": 3}, comment="Très lisible")
    with pytest.raises(TooLate) as refusal:
        casting.cast(work, act, by=user_of(scene), clock=lambda: CLOSES)
    late = LateBallot.objects.get()
    assert refusal.value.late == late
    assert (late.grades, late.comment) == ({"mention": 3}, "Très lisible")
    assert not Ballot.objects.exists()


def test_nothing_is_cast_before_the_opening() -> None:
    scene = make_jury(posters=1, jurors=1)
    with pytest.raises(NotOpen):
        casting.cast(
            scene.work(scene.jurors[0])[0],
            Act(grades={"mention": 3}),
            by=user_of(scene),
            clock=lambda: NOW,
        )


def test_nobody_casts_for_another() -> None:
    scene = make_jury(posters=2, jurors=2)
    work = scene.work(scene.jurors[0])[0]
    for other in (user_of(scene, 1), scene.editor, scene.contest_scene.account):
        with pytest.raises(NotAJuror):
            grade(work, by=other, mention=3)
    assert not Ballot.objects.exists()


@pytest.mark.parametrize("wrong", [-1, 6, "5", True, 2.0])
def test_a_grade_off_its_scale_is_refused_beside_its_question(wrong: object) -> None:
    scene = make_jury(posters=1, jurors=1)
    with pytest.raises(ValidationError) as refusal:
        grade(scene.work(scene.jurors[0])[0], mention=wrong)  # type: ignore[arg-type]
    assert list(refusal.value.message_dict) == ["mention"]


def test_an_old_page_does_not_undo_what_another_device_has_changed() -> None:
    scene = make_jury(posters=1, jurors=1)
    work = scene.work(scene.jurors[0])[0]
    first = grade(work, mention=2)
    second = grade(work, mention=4)
    with pytest.raises(ChangedElsewhere) as refusal:
        casting.cast(
            work,
            Act(grades={"mention": 1}, based_on=first.n),
            by=user_of(scene),
            clock=lambda: OPEN,
        )
    assert refusal.value.ballot == second
    same = Act(grades={"mention": 4}, based_on=first.n)
    assert casting.cast(work, same, by=user_of(scene), clock=lambda: OPEN) == second


def test_what_is_signed_off_is_taken_up_before_it_changes() -> None:
    scene = make_jury(posters=1, jurors=1)
    juror, user = scene.jurors[0], user_of(scene)
    work = scene.work(juror)[0]
    with pytest.raises(ValidationError):
        signing.sign_off(scene.seat(juror), by=user, clock=lambda: OPEN)
    grade(work, mention=3)
    seat = signing.sign_off(scene.seat(juror), by=user, clock=lambda: OPEN)
    assert len(seat.seal) == 16
    with pytest.raises(SignedOff):
        grade(work, mention=4)
    signing.take_up_again(seat, by=user, clock=lambda: OPEN)
    assert grade(work, mention=4).n == 2


def test_a_ranking_moves_several_posters_by_one_act() -> None:
    scene = make_jury(posters=3, jurors=1, method=Method.RANKING)
    juror, user = scene.jurors[0], user_of(scene)
    one, two, three = (poster.number or 0 for poster in scene.posters)
    seat = ranking.rank(scene.seat(juror), [[two], [one, three]], by=user, clock=lambda: OPEN)
    assert seat.revision == 1
    standing = result_of(scene.round).standing
    assert {line.number: line.rank for line in standing.lines} == {two: 1, one: 2, three: 2}
    with pytest.raises(ChangedElsewhere):
        ranking.rank(seat, [[one], [two], [three]], by=user, based_on=0, clock=lambda: OPEN)
    with pytest.raises(ValidationError):
        ranking.rank(seat, [[one], [one]], by=user, clock=lambda: OPEN)


def test_stepping_aside_takes_the_poster_away_and_gives_it_to_another() -> None:
    scene = make_jury(posters=4, jurors=4, panel_size=2)
    juror, user = scene.jurors[0], user_of(scene)
    work = scene.work(juror)[0]
    before = set(scene.round.assignments.filter(poster=work.poster).values_list("juror", flat=True))
    with pytest.raises(ValidationError):
        recusing.recuse(work, " ", by=user, clock=lambda: OPEN)
    recusing.recuse(work, "C’est la classe de ma fille.", by=user, clock=lambda: OPEN)
    now_judging = set(
        scene.round.assignments.filter(
            poster=work.poster, status__in=[AssignmentStatus.TODO, AssignmentStatus.DRAFT]
        ).values_list("juror", flat=True)
    )
    assert juror.pk not in now_judging
    assert len(now_judging) == 2
    assert now_judging != before
    with pytest.raises(NotAJuror):
        grade(work, mention=3)
