"""Majority judgment: the published cases, and the fast form against the definition."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contest.tally.ballots import Ballot
from contest.tally.counting import (
    Distribution,
    count_ballots,
    distribution_of,
    lower_median,
)
from contest.tally.definition import MAJORITY
from contest.tally.majority import Gauge, gauge, majority_readings, majority_value
from contest.tally.standing import stand
from contest.tally.tallying import tally_round
from tests.contest.tally.juries import plain_round, table

POLL = {
    "Hollande": (105, 105, 109, 86, 121, 119, 92),
    "Bayrou": (64, 88, 148, 186, 160, 72, 19),
    "Sarkozy": (234, 58, 82, 81, 120, 91, 71),
    "Mélenchon": (187, 111, 126, 108, 95, 70, 40),
    "Dupont-Aignan": (250, 188, 149, 83, 44, 19, 4),
    "Joly": (284, 182, 108, 87, 48, 22, 6),
}


def spread_out(grades: list[int]) -> Distribution:
    return distribution_of({grade: grades.count(grade) for grade in grades})


def removed_one_by_one(grades: list[int]) -> list[int]:
    """The definition: take the lower median away until nothing is left."""
    left = sorted(grades)
    return [left.pop((len(left) - 1) // 2) for _grade in grades]


def compare_by_definition(one: list[int], other: list[int]) -> int:
    """1, 0 or -1; unequal numbers of ballots are repeated up to a common number first."""
    first = removed_one_by_one(one * len(other))
    second = removed_one_by_one(other * len(one))
    return (first > second) - (first < second)


def compare_fast(one: list[int], other: list[int]) -> int:
    readings = majority_readings({1: spread_out(one), 2: spread_out(other)})
    return (readings[1] > readings[2]) - (readings[1] < readings[2])


def test_the_wine_judges_of_balinski_and_laraki() -> None:
    assert majority_value(spread_out([7, 9, 9, 11, 11])) == (9, 9, 11, 7, 11)
    assert majority_value(spread_out([8, 9, 9, 10, 11])) == (9, 9, 10, 8, 11)
    assert compare_fast([7, 9, 9, 11, 11], [8, 9, 9, 10, 11]) == 1


def test_the_poll_of_737_ballots_of_2012() -> None:
    assert {sum(counts) for counts in POLL.values()} == {737}
    distributions = {
        place: distribution_of(dict(enumerate(counts)))
        for place, counts in enumerate(POLL.values())
    }
    readings = majority_readings(distributions)
    assert sorted(readings, key=lambda place: readings[place], reverse=True) == list(range(6))


def test_the_poll_gives_the_same_order_as_a_round() -> None:
    rows = {
        number: [grade for grade, count in enumerate(counts) for _ballot in range(count)]
        for number, counts in enumerate(POLL.values(), 1)
    }
    rules = plain_round(
        MAJORITY, rows, mentions=("Reject", "Poor", "Acceptable", "Fair", "Good", "Very", "Out")
    )
    lines = stand(rules, count_ballots(rules, table(rows)), lambda _numbers: {}).lines
    assert [(line.number, line.step) for line in lines] == [(n, "method") for n in range(1, 7)]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.integers(0, 5), min_size=1, max_size=14))
def test_the_fast_reading_takes_grades_away_as_the_definition_does(grades: list[int]) -> None:
    assert list(majority_value(spread_out(grades))) == removed_one_by_one(grades)


@settings(max_examples=250, deadline=None)
@given(
    st.lists(st.integers(0, 3), min_size=1, max_size=9),
    st.lists(st.integers(0, 3), min_size=1, max_size=9),
)
def test_the_fast_order_is_that_of_the_definition(one: list[int], other: list[int]) -> None:
    assert compare_fast(one, other) == compare_by_definition(one, other)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.lists(st.integers(0, 3), min_size=1, max_size=6), min_size=2, max_size=5
    ),
)  # fmt: skip
def test_several_posters_are_in_the_order_of_their_pairs(rows: list[list[int]]) -> None:
    readings = majority_readings({place: spread_out(row) for place, row in enumerate(rows)})
    for one, first in enumerate(rows):
        for other, second in enumerate(rows):
            fast = (readings[one] > readings[other]) - (readings[one] < readings[other])
            assert fast == compare_by_definition(first, second)


def test_twice_the_same_ballots_change_nothing() -> None:
    rules = plain_round(MAJORITY, [1, 2])
    twice = [Ballot(f"z{place}", 2, (grade,)) for place, grade in enumerate([2, 2, 4, 4, 5, 5])]
    lines = tally_round(rules, [*table({1: [2, 4, 5]}), *twice]).standing.lines
    assert [(line.rank, line.step, line.ex_aequo) for line in lines] == [
        (1, "ex_aequo", (2,)),
        (1, "ex_aequo", (1,)),
    ]


@pytest.mark.parametrize(("grades", "median"), [([3], 3), ([1, 4], 1), ([1, 2, 5], 2)])
def test_of_two_grades_in_the_middle_the_lower_counts(grades: list[int], median: int) -> None:
    assert lower_median(spread_out(grades)) == median


def test_a_median_needs_a_ballot() -> None:
    with pytest.raises(ValueError, match="ballot"):
        lower_median(())


def test_a_gauge_counts_the_ballots_on_both_sides_of_the_mention() -> None:
    assert gauge(spread_out([0, 2, 3, 3, 5])) == Gauge(3, above=1, below=2)


def test_a_line_shows_the_majority_mention() -> None:
    rules = plain_round(MAJORITY, [1])
    assert tally_round(rules, table({1: [5, 4, 2]})).standing.lines[0].value == Fraction(4)
