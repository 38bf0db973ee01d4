"""What a ballot may say, and when it is still a draft."""

from __future__ import annotations

import pytest

from contest.tally.ballots import Ballot, check_ballots, expressed, make_ballot, missing_answers
from contest.tally.definition import ABSTAIN, APPROVAL, MAJORITY, NO, RANKING, YES
from contest.tally.errors import BadBallot
from tests.contest.tally.juries import criteria_round, plain_round

RULES = criteria_round([1, 2])


def test_a_ballot_keeps_its_grades_in_the_order_of_the_criteria() -> None:
    ballot = make_ballot(RULES, "a", 1, {"originality": 5, "message": 0, "drawing": 3})
    assert ballot == Ballot("a", 1, (0, 3, 5))


def test_a_missing_criterion_leaves_a_draft_and_is_never_a_zero() -> None:
    grades = {"message": 4, "drawing": None}
    assert missing_answers(RULES, grades) == ("drawing", "originality")
    with pytest.raises(BadBallot) as refused:
        make_ballot(RULES, "a", 1, grades)
    assert refused.value.code == "incomplete"
    assert refused.value.details["criteria"] == ("drawing", "originality")


def test_a_question_of_no_criterion_is_refused() -> None:
    grades = {"message": 1, "drawing": 1, "originality": 1, "colour": 1}
    with pytest.raises(BadBallot, match="unknown_criterion"):
        make_ballot(RULES, "a", 1, grades)


@pytest.mark.parametrize("grade", [-1, 6, 2.0, True, "3"])
def test_a_grade_off_the_scale_or_not_a_whole_number_is_refused(grade: object) -> None:
    with pytest.raises(BadBallot, match="off_scale"):
        check_ballots(RULES, [Ballot("a", 1, (grade, 3, 3))])  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("ballots", "code"),
    [
        ([Ballot("a", 1, (1, 1, 1)), Ballot("a", 1, (2, 2, 2))], "cast_twice"),
        ([Ballot("a", 3, (1, 1, 1))], "unknown_poster"),
        ([Ballot("a", 1, (1, 1))], "incomplete"),
    ],
)
def test_a_round_refuses_what_is_not_its_own(ballots: list[Ballot], code: str) -> None:
    with pytest.raises(BadBallot, match=code):
        check_ballots(RULES, ballots)


@pytest.mark.parametrize(
    ("method", "grades"),
    [(APPROVAL, (ABSTAIN, NO, YES)), (MAJORITY, (0, 5)), (RANKING, (1, 2))],
)
def test_every_method_asks_one_question_with_its_own_scale(
    method: str, grades: tuple[int, ...]
) -> None:
    rules = plain_round(method, [1, 2])
    (question,) = rules.questions
    for grade in grades:
        assert make_ballot(rules, "a", 1, {question.key: grade}).grades == (grade,)
    for beyond in (min(grades) - 1, max(grades) + 1):
        with pytest.raises(BadBallot, match="off_scale"):
            make_ballot(rules, "a", 1, {question.key: beyond})


def test_abstentions_are_left_out() -> None:
    ballots = [Ballot("a", 1, (ABSTAIN,)), Ballot("b", 1, (NO,))]
    assert expressed(plain_round(APPROVAL, [1]), ballots) == ballots[1:]
    assert expressed(RULES, ballots) == ballots
