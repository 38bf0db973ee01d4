"""What is signed stays the print of what counts, whatever is taken away or given afterwards."""

from __future__ import annotations

import pytest

from contest import withdrawal
from contest.jury import declaring, handing_out, recusing, signing
from contest.jury.enums import AssignmentStatus
from contest.jury.rules import ballots_of
from contest.jury.sealing import seal_for
from contest.models import Conflict
from tests.contest.jury.scene import OPEN, JuryScene, grade, make_jury

pytestmark = pytest.mark.django_db


def make_signed(**fields: int) -> JuryScene:
    """A jury whose first juror has judged everything and signed."""
    scene = make_jury(**fields)
    juror = scene.jurors[0]
    assert juror.user is not None
    for work in scene.work(juror):
        grade(work, mention=4)
    signing.sign_off(scene.seat(juror), by=juror.user, clock=lambda: OPEN)
    return scene


def test_a_poster_withdrawn_leaves_the_seal_that_of_the_others() -> None:
    scene = make_signed(posters=3, jurors=2)
    before = scene.seat(scene.jurors[0]).seal
    poster = scene.posters[0]
    account = poster.establishment.account
    assert account is not None
    withdrawal.withdraw(poster, by=account, now=OPEN)
    seat = scene.seat(scene.jurors[0])
    assert seat.signed_off_at is not None
    assert seat.seal == seal_for(seat) != before


def test_stepping_aside_after_signing_does_too() -> None:
    scene = make_signed(posters=3, jurors=2)
    juror = scene.jurors[0]
    assert juror.user is not None
    recusing.recuse(scene.work(juror)[0], "Ma nièce", by=juror.user, clock=lambda: OPEN)
    seat = scene.seat(juror)
    assert seat.seal == seal_for(seat)


def test_a_conflict_that_organisers_enter_does_too() -> None:
    scene = make_signed(posters=3, jurors=2)
    juror = scene.jurors[0]
    before = scene.seat(juror).seal
    declaring.enter(juror, scene.posters[1].establishment, "", by=scene.editor, now=OPEN)
    seat = scene.seat(juror)
    assert seat.seal == seal_for(seat) != before


def test_more_work_takes_the_signature_back() -> None:
    scene = make_signed(posters=2, jurors=2, panel_size=1)
    other = scene.jurors[1]
    assert other.user is not None
    work = scene.work(other)[0]
    recusing.recuse(work, "Ma nièce", by=other.user, clock=lambda: OPEN)
    seat = scene.seat(scene.jurors[0])
    assert scene.round.assignments.filter(juror=seat.juror, poster=work.poster).exists()
    assert (seat.signed_off_at, seat.seal) == (None, "")


def test_what_is_given_back_counts_once_the_juror_says_it_again() -> None:
    scene = make_jury(posters=2, jurors=1)
    juror = scene.jurors[0]
    work = scene.work(juror)[0]
    grade(work, mention=4)
    school = work.poster.establishment
    declaring.enter(juror, school, "", by=scene.editor, now=OPEN)
    assert ballots_of(scene.round) == []
    declaring.lift(Conflict.objects.get(juror=juror, establishment=school), by=scene.editor)
    handing_out.give(scene.round, [(juror.key, 1)], [juror], [work.poster])
    work.refresh_from_db()
    assert work.status == AssignmentStatus.DRAFT
    grade(work, mention=4)
    assert [one.grades for one in ballots_of(scene.round)] == [(4,)]
