"""Why a poster has its place, step by step; and the charts that show its ballots."""

from __future__ import annotations

from fractions import Fraction

import pytest

from contest.jury.charts import WIDTH, cells_of, chart_of, columns_of
from contest.jury.place_wording import Wording, unranked_in_words, value_in_words
from contest.tally.ballots import Ballot
from contest.tally.definition import LOT, Criterion, Round, commitment_of
from contest.tally.tallying import RoundResult, tally_round

SEED = "f" * 64
CRITERIA = (Criterion("message", "Message", 2), Criterion("look", "Esthétique", 1))


def result(method: str, ballots: dict[str, dict[int, object]], **fields: object) -> RoundResult:
    """The result of ballots by juror and poster; a grade or a tuple of them."""
    numbers = tuple(sorted({number for own in ballots.values() for number in own}))
    rules = Round(
        "finale",
        "Finale",
        method,
        numbers,
        criteria=CRITERIA if method == "criteria" else (),
        commitment=commitment_of(SEED),
        seed=SEED,
        **fields,  # type: ignore[arg-type]
    )
    return tally_round(
        rules,
        [
            Ballot(juror, number, grade if isinstance(grade, tuple) else (grade,))  # type: ignore[arg-type]
            for juror, own in ballots.items()
            for number, grade in own.items()
        ],
    )


def sentences(found: RoundResult) -> dict[int, str]:
    wording = Wording(found)
    return {line.number: wording.sentence(line) for line in found.standing.lines}


def test_a_mention_alone_decides() -> None:
    found = sentences(result("majority", {"a": {1: 5, 2: 3}, "b": {1: 4, 2: 3}}))
    assert found[2] == "Mention médiane «\u202fBien\u202f», avec 0 au-dessus et 0 au-dessous."
    assert "1 au-dessus" in found[1]


def test_among_equal_mentions_the_order_is_explained() -> None:
    found = sentences(result("majority", {"a": {1: 5, 2: 3}, "b": {1: 3, 2: 3}, "c": {1: 3, 2: 1}}))
    assert "retrait répété" in found[1]


def test_ex_aequo_names_the_others() -> None:
    found = sentences(result("majority", {"a": {1: 5, 2: 5, 3: 1}}))
    assert "Ex æquo avec n°\xa02" in found[1]
    assert "Ex æquo" not in found[3]


def test_many_ex_aequo_are_counted_not_listed() -> None:
    found = sentences(result("majority", {"a": dict.fromkeys(range(1, 20), 3)}))
    assert "et 12 autres" in found[1]


def test_the_median_of_the_ballots_is_quoted() -> None:
    ballots = {
        "a": {1: (3, 3), 2: (0, 0)},
        "b": {1: (3, 3), 2: (4, 4)},
        "c": {1: (3, 3), 2: (5, 5)},
    }
    found = sentences(result("criteria", ballots))
    assert "médiane des bulletins\xa0: 4 (n°\xa01\xa0: 3)" in found[2]


def test_the_criterion_that_decides_is_named() -> None:
    found = sentences(result("criteria", {"a": {1: (3, 1), 2: (2, 3)}}))
    assert "critère «\u202fMessage\u202f»\xa0: 3 (n°\xa02\xa0: 2)" in found[1]


def test_the_duels_are_counted() -> None:
    ballots = {"a": {1: 1, 2: 0}, "b": {1: 1, 2: 0}, "c": {1: 0, 2: 1}, "d": {2: 1}}
    ballots["e"] = {1: 0}
    ballots["f"] = {1: 0, 2: 0}
    ballots["g"] = {2: 1}
    ballots["h"] = {1: 1}
    found = result("approval", ballots)
    lines = sentences(found)
    assert found.standing.ties
    assert "duels" in lines[1]
    assert "n°\xa02\xa0: 2–1" in lines[1]


def test_the_lot_is_shown() -> None:
    found = result("majority", {"a": {1: 3, 2: 3}}, last_resort=LOT)
    first = found.standing.lines[0]
    assert "tirage au sort" in Wording(found).sentence(first)


def test_severity_shows_both_values() -> None:
    ballots = {
        "a": {1: (5, 5), 2: (4, 4)},
        "b": {2: (1, 1), 3: (2, 2)},
        "c": {1: (3, 3), 3: (3, 3)},
    }
    found = result("criteria", ballots, severity=True)
    assert all("Sévérité corrigée" in one for one in sentences(found).values())


def test_a_ranking_says_who_beats_whom() -> None:
    found = sentences(result("ranking", {"a": {1: 1, 2: 2}, "b": {1: 1, 2: 2}}))
    assert found[1] == "Aucune affiche ne la bat."
    assert found[2] == "Battue par\xa0: n°\xa01."


def test_values_are_short() -> None:
    found = result("approval", {"a": {1: 1}, "b": {1: 1}, "c": {1: 0}})
    assert value_in_words(found, found.standing.lines[0]) == "≈ 66,7 % pour garder"


def test_what_has_no_place_says_why() -> None:
    found = result("majority", {"a": {1: 3, 2: 3}, "b": {1: 2}}, minimum=2)
    [one] = found.standing.unranked
    assert unranked_in_words(one) == "1 bulletin, moins que le minimum"


def test_a_bar_is_as_wide_as_it_may_be_and_says_the_same_in_words() -> None:
    found = result(
        "majority",
        {juror: {1: grade} for juror, grade in zip("abcdefg", (0, 1, 2, 3, 4, 5, 5), strict=True)},
    )
    [count] = found.tallies.counts
    chart = chart_of(found.rules, count)
    assert sum(one.width for one in chart.segments) == WIDTH
    assert [one.x for one in chart.segments] == sorted(one.x for one in chart.segments)
    assert chart.title == "Affiche n°\xa01\xa0: 7 bulletins"
    assert chart.description.startswith("Excellent\xa0: 2, Très bien\xa0: 1")
    assert cells_of(found.rules, count) == ["2", "1", "1", "1", "1", "1"]
    assert columns_of(found.rules)[0] == "Excellent"


@pytest.mark.parametrize(
    ("method", "grade"), [("criteria", (0, 5)), ("approval", -1), ("ranking", 1), ("majority", 0)]
)
def test_every_method_has_a_chart_within_its_frame(method: str, grade: object) -> None:
    found = result(method, {"a": {1: grade, 2: grade}})
    for count in found.tallies.counts:
        chart = chart_of(found.rules, count)
        assert chart.description
        assert all(0 <= dot.x - dot.radius <= dot.x + dot.radius <= WIDTH for dot in chart.dots)
        assert len(cells_of(found.rules, count)) == len(columns_of(found.rules))


def test_a_poster_that_nobody_judged_has_an_empty_chart() -> None:
    rules = Round("finale", "Finale", "majority", (1, 2))
    found = tally_round(rules, [Ballot("a", 1, (3,))])
    empty = chart_of(rules, found.tallies.counts[1])
    assert empty.segments == ()
    assert empty.description == "Aucun bulletin ne compte."
    assert found.tallies.counts[0].mean == Fraction(3)
