"""Who judges what: never who may not, as evenly as possible, the same again from the same seed."""

from __future__ import annotations

from datetime import timedelta

import pytest

from contest.errors import NotAllowed, OutOfTurn
from contest.jury import assigning, recusing, running
from contest.jury.enums import WORKABLE, AssignmentStatus, ConflictSource, Method
from contest.jury.errors import NotReady
from contest.jury.handing_out import rebalance
from contest.models import Assignment, Conflict, Entry, Juror, Jury, Poster, Round, Seat
from contest.tally.connection import juror_groups
from tests.contest.jury.scene import (
    CLOSED,
    CLOSES,
    NOW,
    OPEN,
    OPENS,
    JuryScene,
    grade,
    make_juror,
    make_jury,
    make_round,
)
from tests.factories import make_editor, make_site

pytestmark = pytest.mark.django_db


def loads(scene: JuryScene) -> list[int]:
    return [
        Assignment.objects.filter(round=scene.round, juror=juror, status__in=WORKABLE).count()
        for juror in Juror.objects.filter(contest=scene.contest_scene.contest, left_at=None)
    ]


def panel(scene: JuryScene, poster: Poster) -> set[int]:
    rows = Assignment.objects.filter(round=scene.round, poster=poster, status__in=WORKABLE)
    return set(rows.values_list("juror", flat=True))


def pairs(scene: JuryScene) -> set[tuple[str, int]]:
    rows = Assignment.objects.filter(round=scene.round, status__in=WORKABLE)
    return {
        (f"juror-{juror}", number or 0)
        for juror, number in rows.values_list("juror", "poster__number")
    }


def bar(juror: Juror, poster: Poster) -> None:
    Conflict.objects.create(
        juror=juror,
        establishment=poster.establishment,
        source=ConflictSource.DECLARED,
    )


def test_everyone_judges_everything_without_a_panel() -> None:
    scene = make_jury(posters=5, jurors=3)
    assert loads(scene) == [5, 5, 5]


def test_panels_are_exact_even_and_connected() -> None:
    scene = make_jury(posters=12, jurors=5, panel_size=3)
    assert all(len(panel(scene, poster)) == 3 for poster in scene.posters)
    assert max(loads(scene)) - min(loads(scene)) <= 1
    assert len(juror_groups(pairs(scene))) == 1


def test_no_juror_is_given_a_poster_that_they_may_not_judge() -> None:
    scene = make_jury(posters=8, jurors=5, assigned=False, panel_size=3)
    barred = [(scene.jurors[at % 5], scene.posters[at]) for at in range(8)]
    for juror, poster in barred:
        bar(juror, poster)
    scene.round = assigning.assign(scene.round, by=scene.editor, now=NOW)
    for juror, poster in barred:
        assert juror.pk not in panel(scene, poster)
    assert all(len(panel(scene, poster)) == 3 for poster in scene.posters)
    assert max(loads(scene)) - min(loads(scene)) <= 1


def test_the_preview_tells_shortfalls_and_is_what_is_sent() -> None:
    scene = make_jury(posters=4, jurors=3, assigned=False, panel_size=3, minimum=3)
    bar(scene.jurors[0], scene.posters[1])
    seen = assigning.preview(scene.round)
    assert seen.design is not None
    [short] = seen.design.shortfalls
    assert (short.number, short.wanted, short.given) == (2, 3, 2)
    assert seen.design.below_minimum == (2,)
    assert not Assignment.objects.exists()
    assigning.assign(scene.round, by=scene.editor, now=NOW)
    assert pairs(scene) == set(seen.design.assignments)


def test_the_same_seed_gives_the_same_design_and_another_another() -> None:
    scene = make_jury(posters=12, jurors=5, assigned=False, panel_size=2)
    first, again = assigning.preview(scene.round), assigning.preview(scene.round)
    assert first.design == again.design
    Round.objects.filter(pk=scene.round.pk).update(seed="0" * 64)
    scene.round.refresh_from_db()
    assert assigning.preview(scene.round).design != first.design


def test_assigning_fixes_the_rules_and_holds_the_results() -> None:
    scene = make_jury(posters=2, method=Method.CRITERIA)
    assert [one["label"] for one in scene.round.criteria] == ["Message", "Esthétique"]
    scene.contest_scene.contest.criteria.update(weight=9)
    scene.round.refresh_from_db()
    assert [one["weight"] for one in scene.round.criteria] == [2, 1]
    assert Jury.objects.get().held_since == NOW
    assert Entry.objects.filter(round=scene.round).count() == 2
    assert Seat.objects.filter(round=scene.round).count() == 3


def test_it_is_assigned_once_and_by_those_who_run_the_contest() -> None:
    scene = make_jury(assigned=False)
    stranger = make_editor(make_site("rennes", "rennes.localhost", is_default=False))
    juror = scene.jurors[0].user
    assert juror is not None
    for other in (stranger, juror, scene.contest_scene.lead, scene.contest_scene.account):
        with pytest.raises(NotAllowed):
            assigning.assign(scene.round, by=other, now=NOW)
    assigning.assign(scene.round, by=scene.editor, now=NOW)
    with pytest.raises(OutOfTurn):
        assigning.assign(scene.round, by=scene.editor, now=NOW)


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"posters": 0}, "no_poster"),
        ({"jurors": 0}, "no_juror"),
        ({"opens_at": None, "closes_at": None}, "no_dates"),
        ({"opens_at": NOW - timedelta(days=2), "closes_at": NOW}, "closes_in_the_past"),
        ({"method": Method.RANKING, "panel_size": 2}, "ranking_needs_everybody"),
        ({"method": Method.RANKING, "advance_threshold": 2}, "bad_advance"),
    ],
)
def test_what_is_missing_is_told(fields: dict[str, object], reason: str) -> None:
    scene = make_jury(assigned=False, **fields)  # type: ignore[arg-type]
    with pytest.raises(NotReady) as refusal:
        assigning.assign(scene.round, by=scene.editor, now=NOW)
    assert reason in refusal.value.reasons
    scene.round.refresh_from_db()
    assert scene.round.assigned_at is None
    assert not Entry.objects.exists()


def test_a_newcomer_gets_work_and_nobody_loses_what_they_have_begun() -> None:
    scene = make_jury(posters=9, jurors=3, panel_size=2)
    begun = scene.work(scene.jurors[0])[0]
    grade(begun, mention=3)
    newcomer = make_juror(scene.contest_scene)
    assigning.seat_newcomer(newcomer, by=scene.editor, now=OPEN)
    assert max(loads(scene)) - min(loads(scene)) <= 1
    assert len(scene.work(newcomer)) >= 4
    assert scene.jurors[0].pk in panel(scene, begun.poster)
    assert all(len(panel(scene, poster)) == 2 for poster in scene.posters)


def test_a_newcomer_gets_no_work_in_a_closed_round() -> None:
    scene = make_jury()
    newcomer = make_juror(scene.contest_scene)
    assert assigning.seat_newcomer(newcomer, by=scene.editor, now=CLOSED) == []
    assert scene.work(newcomer) == []


def test_a_poster_stepped_aside_from_goes_to_another() -> None:
    scene = make_jury(posters=6, jurors=4, panel_size=2)
    aside = scene.work(scene.jurors[0])[0]
    assert scene.jurors[0].user is not None
    recusing.recuse(aside, "Ma nièce", by=scene.jurors[0].user, clock=lambda: OPEN)
    assert len(panel(scene, aside.poster)) == 2
    assert scene.jurors[0].pk not in panel(scene, aside.poster)
    rebalance(scene.round, even=True)
    assert scene.jurors[0].pk not in panel(scene, aside.poster)


def test_who_stepped_aside_is_not_given_the_poster_again_though_the_conflict_is_lifted() -> None:
    scene = make_jury(posters=3, jurors=3)
    aside = scene.work(scene.jurors[0])[0]
    assert scene.jurors[0].user is not None
    recusing.recuse(aside, "Ma nièce", by=scene.jurors[0].user, clock=lambda: OPEN)
    Conflict.objects.all().delete()
    made = rebalance(scene.round)
    assert made is not None
    assert made.added == ()


def test_what_was_judged_by_who_leaves_counts_and_the_rest_goes_to_others() -> None:
    scene = make_jury(posters=6, jurors=4, panel_size=2)
    leaver = scene.jurors[0]
    work = scene.work(leaver)
    grade(work[0], mention=5)
    assigning.let_go(leaver, by=scene.editor, now=OPEN)
    assert leaver.pk in panel(scene, work[0].poster)
    for assignment in work[1:]:
        assert leaver.pk not in panel(scene, assignment.poster)
    assert all(len(panel(scene, poster)) == 2 for poster in scene.posters)
    with pytest.raises(OutOfTurn):
        assigning.let_go(leaver, by=scene.editor, now=OPEN)
    result = running.result_of(scene.round)
    [count] = [one for one in result.tallies.counts if one.number == work[0].poster.number]
    assert count.ballots == 1


def test_a_submitted_ballot_never_moves() -> None:
    scene = make_jury(posters=4, jurors=3, panel_size=2)
    judged = [scene.work(juror)[0] for juror in scene.jurors]
    for assignment in judged:
        grade(assignment, mention=2)
        bar(assignment.juror, assignment.poster)
    make_juror(scene.contest_scene)
    running.reassign_round(scene.round, by=scene.editor, now=OPEN)
    for assignment in judged:
        assignment.refresh_from_db()
        assert assignment.status == AssignmentStatus.SUBMITTED


def test_work_to_be_relieved_stays_where_nobody_else_may_take_it() -> None:
    scene = make_jury(posters=3, jurors=2, panel_size=2)
    running.reassign_round(scene.round, by=scene.editor, relieve=scene.jurors[0], now=OPEN)
    assert loads(scene) == [3, 3]


def test_a_poster_taken_off_is_in_the_round_no_more() -> None:
    scene = make_jury(posters=3, jurors=2)
    for juror in scene.jurors:
        for assignment in scene.work(juror):
            grade(assignment, mention=assignment.poster.number or 0)
    assigning.take_out(scene.posters[2], now=OPEN)
    result = running.result_of(scene.round)
    assert [line.number for line in result.standing.lines] == [2, 1]
    assert running.reassign_round(scene.round, by=scene.editor, now=OPEN).added == ()  # type: ignore[union-attr]


def test_a_poster_taken_off_after_the_count_leaves_it_as_it_was() -> None:
    scene = make_jury(posters=2, jurors=2)
    for juror in scene.jurors:
        for assignment in scene.work(juror):
            grade(assignment, mention=3)
    running.count(scene.round, by=scene.editor, now=CLOSED)
    assigning.take_out(scene.posters[0], now=CLOSED)
    assert len(running.result_of(scene.round).standing.lines) == 2


def next_round(scene: JuryScene, **fields: object) -> Round:
    return make_round(
        scene.contest_scene,
        sequence=2,
        name="Deuxième tour",
        opens_at=OPENS + timedelta(days=7),
        closes_at=CLOSES + timedelta(days=7),
        **fields,
    )


def test_the_next_round_takes_those_advanced_once_counted() -> None:
    scene = make_jury(posters=4, jurors=2, advance_count=2)
    after = next_round(scene)
    assert "round_before_not_counted" in assigning.preview(after).problems
    for juror in scene.jurors:
        for assignment, mention in zip(scene.work(juror), (1, 4, 2, 5), strict=True):
            grade(assignment, mention=mention)
    running.count(scene.round, by=scene.editor, now=CLOSED)
    assert [poster.number for poster in assigning.candidates(after)] == [2, 4]
    assigning.assign(after, by=scene.editor, now=CLOSED)
    assert Entry.objects.filter(round=after).count() == 2


@pytest.mark.parametrize("fields", [{"advance_count": 1}, {"advance_threshold": 3}])
def test_a_threshold_never_splits_a_tie(fields: dict[str, int]) -> None:
    scene = make_jury(posters=3, jurors=2, **fields)
    for juror in scene.jurors:
        for assignment, mention in zip(scene.work(juror), (3, 3, 1), strict=True):
            grade(assignment, mention=mention)
    running.count(scene.round, by=scene.editor, now=CLOSED)
    assert [poster.number for poster in assigning.candidates(next_round(scene))] == [1, 2]
