"""Rules that contradict themselves are refused before anybody votes."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from contest.tally.definition import (
    APPROVAL,
    MAJORITY,
    RANKING,
    Advance,
    Category,
    Criterion,
    Definition,
    ListedJuror,
    check_seed,
    commitment_of,
)
from contest.tally.errors import BadDefinition, BadSeed
from tests.contest.tally.juries import SEED, criteria_round, plain_round, with_lot

ROUND = plain_round(APPROVAL, [1])


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"key": "Tour 1"}, "bad_key"),
        ({"method": "lottery"}, "unknown_method"),
        ({"last_resort": "age"}, "unknown_method"),
        ({"numbers": (1, 1)}, "same_poster_twice"),
        ({"numbers": (0,)}, "bad_number"),
        ({"accepted": (9,)}, "bad_number"),
        ({"criteria": ()}, "bad_criteria"),
        ({"criteria": (Criterion("a", "A"), Criterion("a", "B"))}, "same_criterion_twice"),
        ({"minimum": 0}, "bad_panel"),
        ({"panel_size": 0}, "bad_panel"),
    ],
)
def test_a_round_that_cannot_be_judged_is_refused(changes: dict[str, Any], code: str) -> None:
    with pytest.raises(BadDefinition, match=code):
        criteria_round([1, 2], **changes)


@pytest.mark.parametrize(
    ("method", "changes", "code"),
    [
        (MAJORITY, {"mentions": ("Bien",)}, "bad_mentions"),
        (MAJORITY, {"severity": True}, "severity_needs_criteria"),
        (APPROVAL, {"criteria": (Criterion("a", "A"),)}, "bad_criteria"),
        (RANKING, {"numbers": tuple(range(1, 22))}, "too_many_finalists"),
        (RANKING, {"advance": Advance(threshold=Fraction(1))}, "bad_advance"),
    ],
)
def test_a_method_refuses_what_does_not_go_with_it(
    method: str, changes: dict[str, Any], code: str
) -> None:
    with pytest.raises(BadDefinition, match=code):
        plain_round(method, [1, 2], **changes)


@pytest.mark.parametrize("values", [{}, {"count": 0}, {"count": 1, "threshold": Fraction(1)}])
def test_who_goes_on_is_said_in_one_way(values: dict[str, Any]) -> None:
    with pytest.raises(BadDefinition, match="bad_advance"):
        Advance(**values)


@pytest.mark.parametrize("values", [{"weight": 0}, {"scale": 0}, {"lowest": 5}])
def test_a_criterion_weighs_something_and_has_a_scale(values: dict[str, int]) -> None:
    with pytest.raises(BadDefinition, match="bad_criterion"):
        Criterion("message", "Message", **values)


def test_keys_of_rounds_are_unique_in_a_contest() -> None:
    categories = (Category("a", "A", (ROUND,)), Category("b", "B", (ROUND,)))
    with pytest.raises(BadDefinition, match="same_key_twice"):
        Definition("Concours", categories)


def test_aliases_are_unique_in_a_category() -> None:
    juror = ListedJuror("J01", "0" * 64)
    with pytest.raises(BadDefinition, match="same_juror_twice"):
        Category("a", "A", (ROUND,), (juror, juror))


def test_a_seed_is_checked_against_what_was_committed_to() -> None:
    rules = with_lot(ROUND)
    check_seed(rules)
    assert rules.commitment == commitment_of(SEED)
    for seed, code in (("", "seed_missing"), ("another", "seed_differs")):
        with pytest.raises(BadSeed, match=code):
            check_seed(plain_round(APPROVAL, [1], seed=seed, commitment=rules.commitment))
