"""The palmarès before it is published: prizes by place, ex æquo, the commission's own."""

from __future__ import annotations

import pytest

from contest.enums import PosterStatus, PrizeKind
from contest.jury import palmares, running
from contest.jury.palmares import GONE, NOT_COUNTED, NOT_JUDGED, SHARED, TIE, palmares_of
from contest.models import Award, Poster, Prize
from tests.contest.jury.scene import CLOSED, JuryScene, grade, make_jury

pytestmark = pytest.mark.django_db


def make_prizes(scene: JuryScene, **fields: object) -> list[Prize]:
    """Three prizes of each category."""
    return [
        Prize.objects.create(
            contest=scene.contest_scene.contest, label=label, sort_order=order, **fields
        )
        for order, label in enumerate(("1er prix", "2e prix", "3e prix"))
    ]


def judge(scene: JuryScene, *mentions: int) -> None:
    """Every juror gives the posters, by number, `mentions`; then the round is counted."""
    for juror in scene.jurors:
        for assignment, mention in zip(scene.work(juror), mentions, strict=True):
            grade(assignment, mention=mention)
    running.count(scene.round, by=scene.editor, now=CLOSED)


def given(scene: JuryScene) -> list[tuple[str, int | None, int | None, bool]]:
    found = palmares_of(scene.contest_scene.contest)
    return [(one.label, one.poster.number, one.rank, one.is_shared) for one in found.lines]


def codes(scene: JuryScene) -> list[str]:
    return [one.code for one in palmares_of(scene.contest_scene.contest).problems]


def award(scene: JuryScene, prize: Prize, number: int, reason: str = "Pour son humour") -> Award:
    return Award.objects.create(
        contest=scene.contest_scene.contest,
        prize=prize,
        poster=Poster.objects.get(contest=scene.contest_scene.contest, number=number),
        reason=reason,
    )


def test_the_prizes_of_a_category_follow_its_places() -> None:
    scene = make_jury(posters=4)
    make_prizes(scene)
    judge(scene, 1, 5, 3, 4)
    assert given(scene) == [
        ("1er prix", 2, 1, False),
        ("2e prix", 4, 2, False),
        ("3e prix", 3, 3, False),
    ]
    assert palmares_of(scene.contest_scene.contest).is_ready


def test_equal_places_share_a_prize_and_the_next_is_not_given() -> None:
    scene = make_jury(posters=4)
    make_prizes(scene)
    judge(scene, 5, 5, 3, 1)
    assert given(scene) == [
        ("1er prix", 1, 1, True),
        ("1er prix", 2, 1, True),
        ("3e prix", 3, 3, False),
    ]
    assert codes(scene) == []


def test_a_prize_that_cannot_be_shared_waits_for_the_commission() -> None:
    scene = make_jury(posters=4)
    first, second, _third = make_prizes(scene, ties_allowed=False)
    judge(scene, 5, 5, 3, 1)
    assert given(scene) == [("3e prix", 3, 3, False)]
    assert codes(scene) == [TIE]
    assert not palmares_of(scene.contest_scene.contest).is_ready
    [problem] = palmares_of(scene.contest_scene.contest).problems
    assert problem.numbers == (1, 2)
    assert "n°\N{NO-BREAK SPACE}1, n°\N{NO-BREAK SPACE}2" in problem.text
    award(scene, first, 2, "Voix prépondérante de la présidente")
    award(scene, second, 1)
    assert given(scene) == [
        ("1er prix", 2, 1, False),
        ("2e prix", 1, None, False),
        ("3e prix", 3, 3, False),
    ]
    assert codes(scene) == []


def test_what_the_commission_adds_has_its_reason_and_makes_the_prize_shared() -> None:
    scene = make_jury(posters=4)
    _first, second, _third = make_prizes(scene)
    favourite = Prize.objects.create(
        contest=scene.contest_scene.contest, label="Coup de cœur", kind=PrizeKind.FAVOURITE
    )
    judge(scene, 1, 5, 3, 4)
    award(scene, second, 1)
    award(scene, favourite, 1)
    assert given(scene) == [
        ("1er prix", 2, 1, False),
        ("2e prix", 4, 2, True),
        ("2e prix", 1, None, True),
        ("3e prix", 3, 3, False),
        ("Coup de cœur", 1, None, False),
    ]
    last = palmares_of(scene.contest_scene.contest).lines[-1]
    assert last.category is None
    assert last.reason == "Pour son humour"


def test_a_prize_given_twice_that_cannot_be_shared_is_reported() -> None:
    scene = make_jury(posters=4)
    _first, second, _third = make_prizes(scene, ties_allowed=False)
    judge(scene, 1, 5, 3, 4)
    award(scene, second, 1)
    assert codes(scene) == [SHARED]
    assert not palmares_of(scene.contest_scene.contest).is_ready


def test_a_round_that_is_not_counted_keeps_everything_back() -> None:
    scene = make_jury(posters=2)
    make_prizes(scene)
    assert given(scene) == []
    assert codes(scene) == [NOT_COUNTED]


def test_a_category_without_a_round_is_told() -> None:
    scene = make_jury(posters=2, assigned=False)
    scene.round.delete()
    assert codes(scene) == [NOT_JUDGED]


def test_a_poster_that_has_left_since_gets_nothing_and_nobody_moves_up() -> None:
    scene = make_jury(posters=4)
    make_prizes(scene)
    judge(scene, 1, 5, 3, 4)
    Poster.objects.filter(number=2).update(status=PosterStatus.WITHDRAWN, live=False)
    assert given(scene) == [("2e prix", 4, 2, False), ("3e prix", 3, 3, False)]
    assert codes(scene) == [GONE]
    assert palmares_of(scene.contest_scene.contest).is_ready


def test_the_last_round_decides() -> None:
    scene = make_jury(posters=2)
    judge(scene, 1, 5)
    assert palmares.last_round(scene.category) == scene.round
