"""Jurors and organisers at the same instant: nothing counts twice, nothing is lost unseen."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier, Event
from typing import Any
from uuid import uuid4

import pytest
from django.db import close_old_connections, connection, transaction
from django.test import Client
from django.utils import timezone

from contest.errors import ContestError
from contest.jury import assigning, casting, ranking, running, sealing, signing
from contest.jury.casting import Act
from contest.jury.enums import AssignmentStatus, Method
from contest.jury.errors import ChangedElsewhere, SignedOff, TooLate
from contest.models import Assignment, Ballot, LateBallot, Round, Seat
from tests.contest.jury.desk_scene import BACKEND, address, form
from tests.contest.jury.scene import JuryScene, make_jury

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


def make_open(posters: int = 1, jurors: int = 1, **fields: Any) -> JuryScene:
    """A round open by the clock of the machine, which threads share."""
    scene = make_jury(posters, jurors, **fields)
    now = timezone.now()
    Round.objects.filter(pk=scene.round.pk).update(
        opens_at=now - timedelta(hours=1), closes_at=now + timedelta(hours=1)
    )
    scene.round.refresh_from_db()
    return scene


def in_thread(act: Callable[[], Any]) -> Any:
    """What the act returns, or the rule it met; with a connection of its own."""
    close_old_connections()
    try:
        return act()
    except ContestError as error:
        return error
    finally:
        connection.close()


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Run the acts in threads released together."""
    gate = Barrier(len(acts))

    def run(act: Callable[[], Any]) -> Any:
        gate.wait(timeout=20)
        return in_thread(act)

    with ThreadPoolExecutor(len(acts)) as pool:
        return [future.result(timeout=60) for future in [pool.submit(run, act) for act in acts]]


def user_of(scene: JuryScene, place: int = 0) -> Any:
    return scene.jurors[place].user


def test_a_ballot_that_waited_while_the_round_was_closed_is_late() -> None:
    scene = make_open()
    work = scene.work(scene.jurors[0])[0]
    is_sent = Event()

    def cast() -> Any:
        is_sent.set()
        return casting.cast(work, Act(grades={"mention": 5}), by=user_of(scene))

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            assigning.locked(scene.round)
            waiting: Future[Any] = pool.submit(in_thread, cast)
            assert is_sent.wait(timeout=20)
            wait_for_a_lock()
            running.close(scene.round, by=scene.editor)
        outcome = waiting.result(timeout=60)

    assert isinstance(outcome, TooLate)
    assert not Ballot.objects.exists()
    assert LateBallot.objects.get().grades == {"mention": 5}


def wait_for_a_lock() -> None:
    """Return once another connection waits for a row of ours."""
    pause = Event()
    for _time in range(200):
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            (waiting,) = cursor.fetchone()
        if waiting:
            return
        pause.wait(0.05)
    pytest.fail("nothing waits")


def test_a_close_during_a_save_waits_for_it_and_the_ballot_counts() -> None:
    scene = make_open()
    work = scene.work(scene.jurors[0])[0]
    has_locked, may_go_on = Event(), Event()

    def clock() -> Any:
        now = timezone.now()
        has_locked.set()
        assert may_go_on.wait(timeout=20)
        return now

    with ThreadPoolExecutor(2) as pool:
        saving = pool.submit(
            in_thread,
            lambda: casting.cast(work, Act(grades={"mention": 4}), by=user_of(scene), clock=clock),
        )
        assert has_locked.wait(timeout=20)
        closing = pool.submit(in_thread, lambda: running.close(scene.round, by=scene.editor))
        wait_for_a_lock()
        may_go_on.set()
        ballot, closed = saving.result(timeout=60), closing.result(timeout=60)

    assert isinstance(ballot, Ballot)
    assert isinstance(closed, Round)
    assert closed.closes_at is not None
    assert closed.closes_at >= ballot.cast_at
    assert not LateBallot.objects.exists()


def test_saving_and_closing_at_once_leave_each_ballot_counted_or_late() -> None:
    scene = make_open(posters=1, jurors=4)
    works = [scene.work(juror)[0] for juror in scene.jurors]
    casts = [
        lambda work=work, at=at: casting.cast(  # type: ignore[misc]
            work, Act(grades={"mention": 3}), by=user_of(scene, at)
        )
        for at, work in enumerate(works)
    ]

    outcomes = at_once(*casts, lambda: running.close(scene.round, by=scene.editor))

    cast = [one for one in outcomes if isinstance(one, Ballot)]
    late = [one for one in outcomes if isinstance(one, TooLate)]
    assert len(cast) + len(late) == 4
    assert Ballot.objects.count() == len(cast)
    assert LateBallot.objects.count() == len(late)
    closed = Round.objects.get(pk=scene.round.pk).closes_at
    assert closed is not None
    assert all(one.cast_at < closed for one in cast)


def test_a_double_click_casts_one_ballot() -> None:
    scene = make_open()
    juror = scene.jurors[0]
    sent = form(scene, juror, mention="4", act=str(uuid4()))
    path = address(scene, scene.posters[0].number)

    def click() -> tuple[int, int]:
        browser = Client()
        browser.force_login(user_of(scene), backend=BACKEND)
        answer = browser.post(path, sent, headers={"accept": "application/json"})
        return answer.status_code, answer.json()["n"]

    assert at_once(click, click, click) == [(200, 1)] * 3
    assert Ballot.objects.count() == 1


def test_two_devices_of_one_juror_keep_one_answer_and_tell_the_other() -> None:
    scene = make_open()
    work = scene.work(scene.jurors[0])[0]
    by = user_of(scene)
    first = casting.cast(work, Act(grades={"mention": 2}), by=by)

    outcomes = at_once(
        *[
            lambda grade=grade: casting.cast(  # type: ignore[misc]
                work, Act(grades={"mention": grade}, based_on=first.n), by=by
            )
            for grade in (0, 5)
        ]
    )

    kept = [one for one in outcomes if isinstance(one, Ballot)]
    told = [one for one in outcomes if isinstance(one, ChangedElsewhere)]
    assert (len(kept), len(told)) == (1, 1)
    assert told[0].ballot == kept[0]
    row = Assignment.objects.get(pk=work.pk)
    assert (row.revision, Ballot.objects.count()) == (2, 2)


def test_two_devices_that_answer_different_questions_lose_neither() -> None:
    scene = make_open(method=Method.CRITERIA)
    work = scene.work(scene.jurors[0])[0]
    by = user_of(scene)
    keys = [one["key"] for one in scene.round.criteria]

    outcomes = at_once(
        *[
            lambda key=key: casting.cast(work, Act(grades={key: 4}, based_on=0), by=by)  # type: ignore[misc]
            for key in keys
        ]
    )

    assert all(isinstance(one, Ballot) for one in outcomes)
    row = Assignment.objects.get(pk=work.pk)
    assert row.status == AssignmentStatus.SUBMITTED
    assert Ballot.objects.get(assignment=row, n=row.revision).grades == dict.fromkeys(keys, 4)


def test_two_devices_that_order_at_once_keep_one_order() -> None:
    scene = make_open(posters=3, method=Method.RANKING)
    seat, by = scene.seat(scene.jurors[0]), user_of(scene)
    one, two, three = (poster.number or 0 for poster in scene.posters)

    outcomes = at_once(
        lambda: ranking.rank(seat, [[one], [two], [three]], by=by, based_on=0),
        lambda: ranking.rank(seat, [[three], [two], [one]], by=by, based_on=0),
    )

    assert sum(isinstance(outcome, ChangedElsewhere) for outcome in outcomes) == 1
    assert Seat.objects.get(pk=seat.pk).revision == 1
    assert Ballot.objects.count() == 3


def test_signing_off_while_an_answer_changes_seals_what_counts() -> None:
    scene = make_open()
    juror, by = scene.jurors[0], user_of(scene)
    work, seat = scene.work(juror)[0], scene.seat(juror)
    casting.cast(work, Act(grades={"mention": 2}), by=by)

    changed, signed = at_once(
        lambda: casting.cast(work, Act(grades={"mention": 5}), by=by),
        lambda: signing.sign_off(seat, by=by),
    )

    assert isinstance(signed, Seat)
    if isinstance(changed, SignedOff):
        assert Ballot.objects.count() == 1
    assert Seat.objects.get(pk=seat.pk).seal == sealing.seal_for(seat)
