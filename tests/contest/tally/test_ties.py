"""Every step that tells equal posters apart, in its order, and what each line says of it."""

from __future__ import annotations

import hashlib

import pytest

from contest.tally.ballots import Ballot
from contest.tally.definition import APPROVAL, LOT, RANKING
from contest.tally.errors import BadSeed
from contest.tally.standing import Line, TieBreak, lot_of
from contest.tally.tallying import tally_round
from tests.contest.tally.juries import (
    SEED,
    criteria_round,
    plain_round,
    rankings,
    table,
    with_lot,
)

Grades = dict[int, list[tuple[int, int, int]]]


def cast(grades: Grades) -> list[Ballot]:
    return [
        Ballot("abcdefgh"[place], number, row)
        for number, rows in grades.items()
        for place, row in enumerate(rows)
    ]


def lines_of(grades: Grades) -> list[tuple[int, int, str, str]]:
    lines = tally_round(criteria_round(grades), cast(grades)).standing.lines
    return [(line.rank, line.number, line.step, line.criterion) for line in lines]


def test_a_better_score_needs_no_other_reason() -> None:
    assert lines_of({1: [(3, 3, 3)], 2: [(4, 3, 3)]}) == [
        (1, 2, "method", ""),
        (2, 1, "method", ""),
    ]


def test_the_median_grade_comes_first() -> None:
    grades: Grades = {
        1: [(0, 0, 0), (3, 3, 3), (3, 3, 3)],
        2: [(1, 1, 1), (1, 1, 1), (4, 4, 4)],
    }
    assert lines_of(grades) == [(1, 1, "median", ""), (2, 2, "median", "")]


def test_the_criteria_come_next_as_they_are_declared() -> None:
    # 3 × message + 2 × drawing + originality: 14 each, the message of the second is better.
    grades: Grades = {1: [(2, 4, 0)], 2: [(4, 1, 0)], 3: [(2, 3, 2)]}
    assert lines_of(grades) == [
        (1, 2, "criterion", "message"),
        (2, 1, "criterion", "drawing"),
        (3, 3, "criterion", "drawing"),
    ]


def test_the_duels_come_last_among_the_steps_that_look_at_ballots() -> None:
    # Same mean, median and criteria; two jurors of three prefer the first.
    grades: Grades = {
        1: [(3, 3, 3), (2, 2, 2), (1, 1, 1)],
        2: [(2, 2, 2), (1, 1, 1), (3, 3, 3)],
    }
    assert lines_of(grades) == [(1, 1, "duels", ""), (2, 2, "duels", "")]


def test_what_nothing_tells_apart_is_ex_aequo_and_the_next_place_is_left_free() -> None:
    grades: Grades = {
        1: [(3, 3, 3), (2, 2, 2)],
        2: [(2, 2, 2), (3, 3, 3)],
        3: [(1, 1, 1), (1, 1, 1)],
    }
    standing = tally_round(criteria_round(grades), cast(grades)).standing
    assert [(line.rank, line.number, line.step, line.ex_aequo) for line in standing.lines] == [
        (1, 1, "ex_aequo", (2,)),
        (1, 2, "ex_aequo", (1,)),
        (3, 3, "method", ()),
    ]


def test_a_group_split_by_one_step_goes_on_to_the_next_for_the_rest() -> None:
    grades: Grades = {
        1: [(2, 4, 0), (2, 4, 0)],
        2: [(4, 1, 0), (4, 1, 0)],
        3: [(2, 4, 0), (2, 4, 0)],
    }
    standing = tally_round(criteria_round(grades), cast(grades)).standing
    assert standing.ties == (TieBreak("criterion", "message", ((2,), (1, 3))),)
    assert standing.lines[0] == Line(2, 1, "criterion", "message", (), standing.lines[1].value)
    assert [line.rank for line in standing.lines] == [1, 2, 2]


def test_duels_are_held_only_among_those_still_tied() -> None:
    grades = {number: [(number, 0, 0), (number, 0, 0)] for number in range(1, 5)}
    grades |= {5: [(4, 0, 0), (4, 0, 0)]}
    tallies = tally_round(criteria_round(grades), cast(grades)).tallies
    assert [(duel.first, duel.second) for duel in tallies.duels] == [(4, 5)]


def test_the_lot_is_the_hash_of_seed_round_and_number_that_anyone_can_compute() -> None:
    expected = hashlib.sha256(f"{SEED}|r|12".encode()).hexdigest()
    assert lot_of(SEED, "r", 12) == expected


def test_the_lot_leaves_no_place_shared() -> None:
    ballots = table({number: [1, 1] for number in range(1, 8)})
    rules = with_lot(plain_round(APPROVAL, range(1, 8)))
    standing = tally_round(rules, ballots).standing
    drawn = sorted(range(1, 8), key=lambda number: lot_of(SEED, "r", number))
    assert [(line.rank, line.number, line.step) for line in standing.lines] == [
        (rank, number, LOT) for rank, number in enumerate(drawn, 1)
    ]


def test_the_lot_is_not_drawn_where_nothing_is_tied() -> None:
    rules = with_lot(plain_round(APPROVAL, [1, 2]))
    ballots = table({1: [1], 2: [0]})
    hidden = plain_round(APPROVAL, [1, 2], last_resort=LOT, commitment=rules.commitment)
    assert tally_round(hidden, ballots).standing.ranks == {1: 1, 2: 2}


@pytest.mark.parametrize(("seed", "code"), [("", "seed_missing"), ("other", "seed_differs")])
def test_a_lot_without_the_seed_committed_to_is_refused(seed: str, code: str) -> None:
    commitment = with_lot(plain_round(APPROVAL, [1])).commitment
    rules = plain_round(APPROVAL, [1, 2], last_resort=LOT, seed=seed, commitment=commitment)
    with pytest.raises(BadSeed, match=code):
        tally_round(rules, table({1: [1], 2: [1]}))


def test_a_ranking_that_nothing_decides_has_no_median_and_no_criteria_to_look_at() -> None:
    result = tally_round(plain_round(RANKING, [1, 2]), rankings({"AB": 2, "BA": 2}, "AB"))
    assert {line.step for line in result.standing.lines} == {"ex_aequo"}
    assert result.standing.ties == ()


def test_posters_that_schulze_holds_equal_are_told_apart_by_their_duel() -> None:
    # A and C are on a cycle of equal strength; three jurors of five prefer C to A.
    orders = {"DABC": 1, "ABDC": 1, "CDAB": 1, "DBCA": 1, "CADB": 1}
    result = tally_round(plain_round(RANKING, [1, 2, 3, 4]), rankings(orders, "ABCD"))
    assert [(line.number, line.step) for line in result.standing.lines] == [
        (4, "method"),
        (3, "duels"),
        (1, "duels"),
        (2, "method"),
    ]
    strengths = result.strengths or {}
    assert strengths[1, 3] == strengths[3, 1] == 3


def test_without_one_juror_the_places_are_computed_again_by_the_same_steps() -> None:
    grades: Grades = {1: [(3, 3, 3), (1, 1, 1)], 2: [(2, 2, 2), (3, 3, 3)]}
    sensitivity = tally_round(criteria_round(grades, minimum=2), cast(grades)).sensitivity or ()
    assert [(one.juror, one.raw, one.adjusted) for one in sensitivity] == [
        ("a", {1: 2, 2: 1}, None),
        ("b", {1: 1, 2: 2}, None),
    ]
