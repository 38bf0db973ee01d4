"""What keeps a juror from a poster: found by the site, declared, by stepping aside."""

from __future__ import annotations

import pytest

from contest.jury import assigning, conflicts, declaring
from contest.jury.enums import ConflictSource
from contest.models import Conflict, Juror
from establishments.models import Establishment
from establishments.sign_in import account_of
from tests.contest.jury.scene import NOW, make_juror, make_jury

pytestmark = pytest.mark.django_db


def sources(juror: object) -> list[str]:
    return sorted(Conflict.objects.filter(juror=juror).values_list("source", flat=True))


def test_a_juror_does_not_judge_their_own_establishment() -> None:
    scene = make_jury(assigned=False)
    juror = make_juror(scene.contest_scene, establishment=scene.posters[0].establishment)
    conflicts.refresh_automatic(juror)
    assert conflicts.conflicts_among([juror], scene.posters) == {(juror.key, 1)}


def test_nor_one_whose_mailbox_or_account_is_theirs() -> None:
    scene = make_jury(assigned=False)
    school = scene.posters[1].establishment
    juror = make_juror(scene.contest_scene, user=account_of(school), email="perso@example.org")
    conflicts.refresh_automatic(juror)
    assert sources(juror) == [ConflictSource.ACCOUNT]
    Establishment.objects.filter(pk=school.pk).update(email="Direction@Example.org")
    other = make_juror(scene.contest_scene, email="direction@example.org")
    conflicts.refresh_automatic(other)
    assert sources(other) == [ConflictSource.ACCOUNT]


def declare(juror: Juror, establishments: list[Establishment]) -> None:
    assert juror.user is not None
    declaring.declare(juror, establishments, by=juror.user, now=NOW)


def test_nor_one_of_the_network_that_they_lead() -> None:
    scene = make_jury(assigned=False)
    network = scene.contest_scene.network
    school = scene.posters[2].establishment
    Establishment.objects.filter(pk=school.pk).update(network=network)
    juror = make_juror(scene.contest_scene, user=scene.contest_scene.lead)
    conflicts.refresh_automatic(juror)
    assert (juror.key, 3) in conflicts.conflicts_among([juror], scene.posters)
    Establishment.objects.filter(pk=school.pk).update(network=None)
    conflicts.refresh_automatic(juror)
    assert (juror.key, 3) not in conflicts.conflicts_among([juror], scene.posters)


def test_looking_again_finds_the_same_and_leaves_what_was_declared() -> None:
    scene = make_jury(assigned=False)
    juror = make_juror(scene.contest_scene, establishment=scene.posters[0].establishment)
    declare(juror, [scene.posters[1].establishment])
    conflicts.refresh_automatic(juror)
    conflicts.refresh_automatic(juror)
    assert sources(juror) == [ConflictSource.DECLARED, ConflictSource.ESTABLISHMENT]


def test_stepping_aside_twice_is_once() -> None:
    scene = make_jury(assigned=False)
    for _time in range(2):
        conflicts.step_aside(scene.jurors[0], scene.posters[0], "Ma nièce", now=NOW)
    assert Conflict.objects.count() == 1


def test_assigning_looks_for_conflicts_first() -> None:
    scene = make_jury(assigned=False)
    juror = make_juror(scene.contest_scene, establishment=scene.posters[0].establishment)
    assigning.assign(scene.round, by=scene.editor, now=NOW)
    assert [one.poster.number for one in scene.work(juror)] == [2, 3, 4]


def test_the_conflicts_of_many_cost_the_same(django_assert_max_num_queries: object) -> None:
    scene = make_jury(posters=6, jurors=4, assigned=False)
    for juror in scene.jurors:
        declare(juror, [scene.posters[0].establishment])
    with django_assert_max_num_queries(2):  # type: ignore[operator]
        assert len(conflicts.conflicts_among(scene.jurors, scene.posters)) == 4
