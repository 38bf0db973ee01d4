"""Who is a juror, of what, what that shows them; and when results are out."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser

from contest.jury import access, assigning, recusing
from contest.jury.rules import ballots_of, frozen_criteria, rules_of
from contest.models import ContestPage, Juror, Jury, Poster
from contest.querysets import results_out
from tests.contest.jury.scene import CLOSED, NOW, OPEN, OPENS, JuryScene, grade, make_jury
from tests.factories import make_editor, make_site

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene() -> JuryScene:
    """Four posters, three jurors, everyone judges everything."""
    return make_jury()


def shown(scene: JuryScene, juror: Juror, now: object = OPEN) -> list[int]:
    assert juror.user is not None
    found = Poster.objects.filter(access.shows_to_juror(juror.user, now))  # type: ignore[arg-type]
    return sorted(poster.number or 0 for poster in found)


def test_a_juror_sits_where_they_were_put_and_nowhere_once_they_left(scene: JuryScene) -> None:
    juror = scene.jurors[0]
    assert juror.user is not None
    assert list(access.juries_of(juror.user)) == [juror]
    assigning.let_go(juror, by=scene.editor, now=OPEN)
    assert not access.juries_of(juror.user).exists()
    assert shown(scene, juror) == []


def test_nobody_else_sits(scene: JuryScene) -> None:
    site = scene.contest_scene
    for user in (AnonymousUser(), site.editor, site.lead, site.account):
        assert not access.juries_of(user).exists()


def test_an_organiser_or_an_inactive_account_sits_nowhere_whatever_the_table_says(
    scene: JuryScene,
) -> None:
    juror = scene.jurors[0]
    user = juror.user
    assert user is not None
    Juror.objects.filter(pk=juror.pk).update(user=scene.editor)
    assert not access.juries_of(scene.editor).exists()
    Juror.objects.filter(pk=juror.pk).update(user=user)
    user.is_active = False
    user.save()
    assert not access.juries_of(user).exists()
    user.is_active, user.is_superuser = True, True
    user.save()
    assert not access.juries_of(user).exists()
    assert not access.may_sit(user, scene.contest_scene.contest)
    assert not access.may_sit(scene.editor, scene.contest_scene.contest)


def test_an_editor_of_another_academy_may_sit_and_runs_nothing(scene: JuryScene) -> None:
    stranger = make_editor(make_site("rennes", "rennes.localhost", is_default=False))
    assert access.may_sit(stranger, scene.contest_scene.contest)
    assert not access.runs_round(stranger, scene.round)
    Juror.objects.filter(pk=scene.jurors[0].pk).update(user=stranger)
    assert access.juries_of(stranger).count() == 1


def test_posters_show_to_their_jurors_once_the_round_has_begun(scene: JuryScene) -> None:
    juror = scene.jurors[0]
    assert shown(scene, juror, OPENS - timedelta(seconds=1)) == []
    assert shown(scene, juror, OPENS) == [1, 2, 3, 4]
    assert shown(scene, juror, CLOSED) == [1, 2, 3, 4]


def test_a_poster_stepped_aside_from_shows_no_more(scene: JuryScene) -> None:
    juror = scene.jurors[0]
    assert juror.user is not None
    recusing.recuse(scene.work(juror)[1], "Ma nièce", by=juror.user, clock=lambda: OPEN)
    assert shown(scene, juror) == [1, 3, 4]
    assert [one.poster.number for one in access.work_of(scene.seat(juror))] == [1, 3, 4]


def test_only_what_is_assigned_shows() -> None:
    scene = make_jury(posters=4, jurors=3, panel_size=1)
    for juror in scene.jurors:
        assert shown(scene, juror) == [one.poster.number for one in scene.work(juror)]


def test_seats_show_once_the_round_has_begun(scene: JuryScene) -> None:
    user = scene.jurors[0].user
    assert user is not None
    assert not access.seats_of(user, NOW).exists()
    assert [seat.round for seat in access.seats_of(user, OPENS)] == [scene.round]


def test_results_are_held_until_the_jury_releases_them(scene: JuryScene) -> None:
    contest = ContestPage.objects.get(pk=scene.contest_scene.contest.pk)
    assert contest.results_at is not None
    late = contest.results_at + timedelta(days=1)

    def are_out(now: object) -> tuple[bool, bool]:
        row = ContestPage.objects.get(pk=contest.pk)
        listed = ContestPage.objects.filter(results_out(now), pk=contest.pk).exists()  # type: ignore[arg-type]
        return row.calendar.results_are_out(now), listed  # type: ignore[arg-type]

    assert are_out(late) == (False, False)
    Jury.objects.update(released_at=late)
    assert are_out(late - timedelta(seconds=1)) == (False, False)
    assert are_out(late) == (True, True)


def test_without_a_jury_the_date_of_the_page_decides() -> None:
    scene = make_jury(assigned=False)
    contest = ContestPage.objects.get(pk=scene.contest_scene.contest.pk)
    assert contest.results_at is not None
    assert contest.calendar.results_are_out(contest.results_at)
    Jury.objects.get_or_create(contest=contest)
    assert ContestPage.objects.filter(results_out(contest.results_at), pk=contest.pk).exists()


def test_rules_tell_the_seed_only_where_a_lot_may_be_drawn(scene: JuryScene) -> None:
    assert rules_of(scene.round).seed == scene.round.seed
    assert rules_of(scene.round, draws=False).seed == ""
    assert rules_of(scene.round, draws=False).commitment == scene.round.commitment
    assert frozen_criteria(scene.round) == []


def test_a_draft_counts_nowhere() -> None:

    scene = make_jury(posters=1, jurors=1, method="criteria")
    assignment = scene.work(scene.jurors[0])[0]
    first, second = (one["key"] for one in scene.round.criteria)
    grade(assignment, **{first: 3})
    assert ballots_of(scene.round) == []
    grade(assignment, **{second: 0})
    [ballot] = ballots_of(scene.round)
    assert ballot.grades == (3, 0)
    grade(assignment, **{second: None})
    assert ballots_of(scene.round) == []
