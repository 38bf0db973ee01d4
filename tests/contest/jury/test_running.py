"""What organisers do with a round under way, and what they cannot do."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.core.exceptions import ValidationError
from wagtail.models import ModelLogEntry, PageLogEntry

from contest.errors import NotAllowed, OutOfTurn
from contest.jury import awarding, casting, recusing, reminding, running, signing
from contest.jury.casting import Act
from contest.jury.enums import AssignmentStatus, Stage
from contest.jury.errors import NotAJuror, NotReady, TooLate
from contest.jury.rules import ballots_of
from contest.models import Assignment, Award, Ballot, Entry, Juror, Prize
from tests.contest.jury.scene import CLOSED, CLOSES, NOW, OPEN, JuryScene, grade, make_jury
from tests.factories import make_editor, make_site

if TYPE_CHECKING:
    from django.core.mail import EmailMessage

pytestmark = pytest.mark.django_db


def judge(scene: JuryScene, *mentions: int, by: int = 0) -> None:
    """The first jurors (all of them by default) judge the first posters."""
    for juror in scene.jurors[: by or None]:
        for assignment, mention in zip(scene.work(juror), mentions, strict=False):
            grade(assignment, mention=mention)


def acts(scene: JuryScene, action: str) -> int:
    return ModelLogEntry.objects.for_instance(scene.round).filter(action=action).count()


def test_closing_is_an_instant_and_a_ballot_after_it_is_kept_beside() -> None:
    scene = make_jury()
    work = scene.work(scene.jurors[0])[0]
    assert scene.jurors[0].user is not None
    running.close(scene.round, by=scene.editor, now=OPEN)
    scene.round.refresh_from_db()
    assert scene.round.stage(OPEN) == Stage.CLOSED
    with pytest.raises(TooLate) as late:
        casting.cast(work, Act(grades={"mention": 3}), by=scene.jurors[0].user, clock=lambda: OPEN)
    assert late.value.late is not None
    assert late.value.late.grades == {"mention": 3}
    assert ballots_of(scene.round) == []
    with pytest.raises(OutOfTurn):
        running.close(scene.round, by=scene.editor, now=OPEN)
    assert acts(scene, "contest.jury.close") == 1


@pytest.mark.parametrize("now", [NOW, CLOSED])
def test_only_an_open_round_is_closed(now: object) -> None:
    scene = make_jury()
    with pytest.raises(OutOfTurn):
        running.close(scene.round, by=scene.editor, now=now)  # type: ignore[arg-type]


def test_extending_opens_a_closed_round_again_until_it_is_counted() -> None:
    scene = make_jury(posters=2)
    until = CLOSED + timedelta(days=1)
    running.extend(scene.round, until, by=scene.editor, now=CLOSED)
    running.extend(scene.round, until, by=scene.editor, now=CLOSED)
    scene.round.refresh_from_db()
    assert scene.round.stage(CLOSED) == Stage.OPEN
    assert acts(scene, "contest.jury.extend") == 1
    with pytest.raises(ValidationError):
        running.extend(scene.round, CLOSES, by=scene.editor, now=CLOSED)
    judge(scene, 3, 4)
    running.count(scene.round, by=scene.editor, now=until)
    with pytest.raises(OutOfTurn):
        running.extend(scene.round, until + timedelta(days=1), by=scene.editor, now=until)


def test_only_a_closed_round_is_opened_again() -> None:
    scene = make_jury()
    with pytest.raises(OutOfTurn):
        running.reopen(scene.round, CLOSED, by=scene.editor, now=OPEN)


def test_a_poster_below_the_minimum_has_no_place_unless_accepted_with_a_reason() -> None:
    scene = make_jury(posters=3, minimum=2)
    judge(scene, 3, 4)
    scene.round.refresh_from_db()
    for juror in scene.jurors[:1]:
        grade(scene.work(juror)[2], mention=5)
    assert running.undecided(scene.round) == [3]
    assert running.unjudged(scene.round) == []
    entry = Entry.objects.get(round=scene.round, poster=scene.posters[2])
    with pytest.raises(OutOfTurn):
        running.accept_with_fewer(entry, "Malade", by=scene.editor, now=OPEN)
    with pytest.raises(ValidationError):
        running.accept_with_fewer(entry, "  ", by=scene.editor, now=CLOSED)
    with pytest.raises(NotReady):
        running.count(scene.round, by=scene.editor, now=CLOSED)
    running.accept_with_fewer(entry, "Malade", by=scene.editor, now=CLOSED)
    running.count(scene.round, by=scene.editor, now=CLOSED)
    assert running.result_of(scene.round).standing.ranks == {3: 1, 2: 2, 1: 3}


def test_only_posters_named_are_left_without_a_place() -> None:
    scene = make_jury(posters=3, minimum=2)
    judge(scene, 3)
    with pytest.raises(NotReady):
        running.count(scene.round, by=scene.editor, leave_out=[2], now=CLOSED)
    running.count(scene.round, by=scene.editor, leave_out=[2, 3], now=CLOSED)
    entry = ModelLogEntry.objects.for_instance(scene.round).get(action="contest.jury.count")
    assert entry.data["without_a_place"] == [2, 3]
    with pytest.raises(OutOfTurn):
        running.count(scene.round, by=scene.editor, leave_out=True, now=CLOSED)


def test_a_round_without_a_ballot_is_not_counted() -> None:
    scene = make_jury(posters=1)
    with pytest.raises(NotReady):
        running.count(scene.round, by=scene.editor, leave_out=True, now=CLOSED)


def test_an_open_round_is_not_counted() -> None:
    scene = make_jury(posters=1)
    judge(scene, 3)
    with pytest.raises(OutOfTurn):
        running.count(scene.round, by=scene.editor, now=OPEN)


def test_nobody_else_runs_a_round() -> None:
    scene = make_jury()
    entry = Entry.objects.filter(round=scene.round).first()
    assert entry is not None
    site = scene.contest_scene
    stranger = make_editor(make_site("rennes", "rennes.localhost", is_default=False))
    juror = scene.jurors[0].user
    assert juror is not None
    for other in (stranger, juror, site.lead, site.account):
        for act in (
            lambda by: running.close(scene.round, by=by, now=OPEN),
            lambda by: running.extend(scene.round, CLOSED, by=by, now=OPEN),
            lambda by: running.reassign_round(scene.round, by=by, now=OPEN),
            lambda by: running.reopen(scene.round, CLOSED + timedelta(days=1), by=by, now=CLOSED),
            lambda by: running.accept_with_fewer(entry, "Oui", by=by, now=CLOSED),
            lambda by: running.count(scene.round, by=by, leave_out=True, now=CLOSED),
            lambda by: reminding.remind(scene.round, by=by, now=OPEN),
        ):
            with pytest.raises(NotAllowed):
                act(other)
    assert ModelLogEntry.objects.for_instance(scene.round).count() == 1


def test_an_organiser_neither_casts_nor_alters_a_ballot_even_as_a_juror() -> None:
    scene = make_jury(posters=2)
    juror = scene.jurors[0]
    ballot = grade(scene.work(juror)[0], mention=4)
    Juror.objects.filter(pk=juror.pk).update(user=scene.editor)
    for assignment in scene.work(juror):
        assignment.juror.refresh_from_db()
        with pytest.raises(NotAJuror):
            grade(assignment, by=scene.editor, mention=1)
        with pytest.raises(NotAJuror):
            recusing.recuse(assignment, "Non", by=scene.editor, clock=lambda: OPEN)
        with pytest.raises(NotAJuror):
            casting.flag(assignment, True, by=scene.editor)
    with pytest.raises(NotAJuror):
        signing.sign_off(scene.seat(juror), by=scene.editor, clock=lambda: OPEN)
    assert list(Ballot.objects.all()) == [ballot]


@pytest.fixture
def counted() -> JuryScene:
    """Three posters counted, one prize of the category."""
    scene = make_jury(posters=3)
    Prize.objects.create(
        contest=scene.contest_scene.contest, label="Prix unique", ties_allowed=False
    )
    judge(scene, 5, 3, 1)
    running.count(scene.round, by=scene.editor, now=CLOSED)
    return scene


def test_a_prize_by_hand_needs_a_reason_and_an_admitted_poster(counted: JuryScene) -> None:
    contest = counted.contest_scene.contest
    special = Prize.objects.create(contest=contest, label="Coup de cœur", kind="favourite")
    for number, reason, key in (
        (1, " ", "reason"),
        (99, "Bravo", "number"),
        (1, "x" * 401, "reason"),
    ):
        with pytest.raises(ValidationError) as refusal:
            awarding.give(contest, special, number, reason, by=counted.editor)
        assert key in refusal.value.error_dict
    awarding.give(contest, special, 1, "Bravo", by=counted.editor)
    with pytest.raises(ValidationError):
        awarding.give(contest, special, 1, "Bravo", by=counted.editor)
    award = Award.objects.get()
    juror = counted.jurors[0].user
    assert juror is not None
    with pytest.raises(NotAllowed):
        awarding.take_back(award, by=juror)
    awarding.take_back(award, by=counted.editor)
    awarding.take_back(award, by=counted.editor)
    log = PageLogEntry.objects.filter(action__startswith="contest.jury.award")
    assert log.count() == 2


def test_a_prize_that_cannot_be_shared_is_not_given_twice(counted: JuryScene) -> None:
    contest = counted.contest_scene.contest
    prize = Prize.objects.get()
    for number in (1, 2):
        with pytest.raises(ValidationError):
            awarding.give(contest, prize, number, "Bravo", by=counted.editor)
    Prize.objects.update(ties_allowed=True)
    prize.refresh_from_db()
    with pytest.raises(ValidationError):
        awarding.give(contest, prize, 1, "Bravo", by=counted.editor)
    awarding.give(contest, prize, 2, "Bravo", by=counted.editor)


def test_two_absent_jurors_do_not_swap_the_posters_of_a_round_opened_again() -> None:
    scene = make_jury(posters=6, jurors=5, panel_size=2, minimum=2)
    absent, present = scene.jurors[:2], scene.jurors[2:]
    for juror in present:
        for assignment in scene.work(juror):
            grade(assignment, mention=3)
    running.reopen(scene.round, CLOSED + timedelta(days=1), by=scene.editor, now=CLOSED)
    left = Assignment.objects.filter(round=scene.round, status=AssignmentStatus.TODO)
    assert left.filter(juror__in=present).exists()
    assert not left.filter(juror__in=absent).exists()


def test_a_reminder_greets_once_and_says_when_the_round_will_close(
    mailoutbox: list[EmailMessage], django_capture_on_commit_callbacks: Any
) -> None:
    scene = make_jury(posters=2, jurors=1)
    with django_capture_on_commit_callbacks(execute=True):
        reminding.remind(scene.round, by=scene.editor, now=OPEN)
    [message] = mailoutbox
    assert message.body.count("Bonjour") == 1
    assert "Le tour sera clos le mardi 28 mars 2023" in message.body
