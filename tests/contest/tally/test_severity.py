"""Severity: the published experiment, incomplete panels, jurors who cannot be compared."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contest.tally.definition import CRITERIA
from contest.tally.errors import Disconnected
from contest.tally.severity import fit_severity
from contest.tally.tallying import tally_round
from tests.contest.tally.juries import plain_round, table

CATALYST = {
    1: [73, 74, None, 71],
    2: [None, 75, 67, 72],
    3: [73, 75, 68, None],
    4: [75, None, 72, 75],
}


def graded(rows: dict[int, list[int | None]]) -> list[tuple[str, int, Fraction]]:
    return [(one.juror, one.number, Fraction(one.grades[0])) for one in table(rows)]


def test_the_catalyst_experiment_of_montgomery() -> None:
    severity = fit_severity(graded(CATALYST))
    assert severity.mean == Fraction(145, 2)
    assert severity.posters == {
        1: Fraction(-9, 8),
        2: Fraction(-7, 8),
        3: Fraction(-1, 2),
        4: Fraction(5, 2),
    }
    assert sum(severity.jurors.values()) == 0
    assert severity.adjusted(4) == 75


def test_the_catalyst_experiment_as_a_round_publishes_both_orders() -> None:
    result = tally_round(plain_round(CRITERIA, CATALYST, severity=True), table(CATALYST))
    assert [line.number for line in result.standing.lines] == [4, 3, 2, 1]
    assert result.raw is not None
    assert [line.number for line in result.raw.lines] == [4, 1, 3, 2]
    effects = {one.juror: one.effect for one in result.jurors or ()}
    assert effects == {"a": Fraction(7, 8), "b": 3, "c": Fraction(-31, 8), "d": 0}


def test_without_the_rule_the_raw_order_counts() -> None:
    result = tally_round(plain_round(CRITERIA, CATALYST), table(CATALYST))
    assert [line.number for line in result.standing.lines] == [4, 1, 3, 2]
    assert (result.raw, result.is_refused, result.tallies.adjusted) == (None, False, None)


def test_jurors_who_share_no_poster_are_not_compared() -> None:
    rows = {1: [10, 20, None, None], 2: [None, None, 30, 40]}
    with pytest.raises(Disconnected) as refused:
        fit_severity(graded(rows))
    assert refused.value.details["groups"] == (("a", "b"), ("c", "d"))
    result = tally_round(plain_round(CRITERIA, rows, severity=True), table(rows))
    assert result.is_refused
    assert [line.number for line in result.standing.lines] == [2, 1]


def test_nothing_is_fitted_to_nothing() -> None:
    with pytest.raises(Disconnected):
        fit_severity([])


def test_leaving_out_the_juror_who_ties_the_others_together_refuses_the_adjustment() -> None:
    rows = {1: [10, 20, None], 2: [None, 30, 40]}
    result = tally_round(plain_round(CRITERIA, rows, severity=True), table(rows))
    without = {one.juror: one for one in result.sensitivity or ()}
    assert without["b"].adjusted is None
    assert without["b"].raw == {2: 1, 1: 2}
    assert without["a"].adjusted == {2: 1, 1: 2}


PANELS = st.dictionaries(
    st.tuples(st.sampled_from("abcd"), st.integers(1, 5)), st.integers(0, 20), min_size=3
)


@settings(max_examples=60, deadline=None)
@given(PANELS)
def test_the_fit_leaves_no_residual_to_any_poster_or_juror(grades: dict) -> None:
    """Normal equations: what the fit leaves over sums to zero for each poster and each juror."""
    given_grades = [(juror, number, Fraction(grade)) for (juror, number), grade in grades.items()]
    try:
        severity = fit_severity(given_grades)
    except Disconnected:
        return
    left: dict[object, Fraction] = {}
    for juror, number, grade in given_grades:
        rest = grade - severity.mean - severity.posters[number] - severity.jurors[juror]
        for one in (juror, number):
            left[one] = left.get(one, Fraction()) + rest
    assert set(left.values()) == {Fraction()}
    assert sum(severity.jurors.values()) == sum(severity.posters.values()) == 0


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(st.integers(0, 20), min_size=3, max_size=3), min_size=2, max_size=5))
def test_with_complete_panels_no_place_changes(rows: list[list[int]]) -> None:
    grades = dict(enumerate(rows, 1))
    result = tally_round(plain_round(CRITERIA, grades, severity=True), table(grades))
    assert result.raw is not None
    assert result.standing.ranks == result.raw.ranks


def test_the_fit_does_not_depend_on_the_order_of_the_ballots() -> None:
    grades = graded(CATALYST)
    assert fit_severity(reversed(grades)) == fit_severity(grades)
