"""What must hold of any ballots: no poster and no juror is favoured, a better grade never harms."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contest.tally.ballots import Ballot
from contest.tally.definition import APPROVAL, CRITERIA, MAJORITY, RANKING, Round
from contest.tally.tallying import result_from_tallies, tallies_of, tally_round
from tests.contest.tally.juries import criteria_round, plain_round

NUMBERS = (1, 2, 3, 4, 5)
GRADES = {APPROVAL: (-1, 1), MAJORITY: (0, 5), RANKING: (1, 5), CRITERIA: (0, 5)}


@st.composite
def juries(draw: st.DrawFn, complete: bool = False) -> tuple[Round, list[Ballot]]:
    """A round of any method and its ballots; jurors may stand aside from posters."""
    method = draw(st.sampled_from((CRITERIA, APPROVAL, MAJORITY, RANKING)))
    rules = criteria_round(NUMBERS) if method == CRITERIA else plain_round(method, NUMBERS)
    low, high = GRADES[method]
    grade = st.tuples(*[st.integers(low, high) for _question in rules.questions])
    ballots = []
    for juror in range(draw(st.integers(1, 4))):
        for number in NUMBERS:
            if complete or draw(st.integers(0, 5)):
                ballots.append(Ballot(f"juror-{juror}", number, draw(grade)))
    return rules, ballots


def places(rules: Round, ballots: list[Ballot]) -> dict[int, tuple[int, str, str]]:
    lines = tally_round(rules, ballots).standing.lines
    return {line.number: (line.rank, line.step, line.criterion) for line in lines}


@settings(max_examples=50, deadline=None)
@given(juries(), st.permutations(NUMBERS))
def test_renaming_posters_renames_the_result(
    jury: tuple[Round, list[Ballot]], names: list[int]
) -> None:
    rules, ballots = jury
    name = dict(zip(NUMBERS, names, strict=True))
    renamed = [Ballot(one.juror, name[one.number], one.grades) for one in ballots]
    expected = {name[number]: place for number, place in places(rules, ballots).items()}
    assert places(rules, renamed) == expected


@settings(max_examples=50, deadline=None)
@given(juries(), st.randoms(use_true_random=False))
def test_shuffling_and_renaming_jurors_changes_nothing(
    jury: tuple[Round, list[Ballot]], chance: random.Random
) -> None:
    rules, ballots = jury
    jurors = sorted({one.juror for one in ballots})
    names = [f"x{place}" for place in range(len(jurors))]
    chance.shuffle(names)
    name = dict(zip(jurors, names, strict=True))
    renamed = [Ballot(name[one.juror], one.number, one.grades) for one in ballots]
    chance.shuffle(renamed)
    assert places(rules, renamed) == places(rules, ballots)


@settings(max_examples=70, deadline=None)
@given(juries(), st.integers(0, 10_000))
def test_a_better_grade_never_costs_a_poster_its_place(
    jury: tuple[Round, list[Ballot]], choice: int
) -> None:
    rules, ballots = jury
    if rules.method == RANKING or not ballots:
        return
    chosen = ballots[choice % len(ballots)]
    question = choice % len(rules.questions)
    if chosen.grades[question] == rules.questions[question].scale:
        return
    better = list(chosen.grades)
    better[question] += 1
    if rules.method == APPROVAL:
        better[question] = 1
    raised = [
        Ballot(one.juror, one.number, tuple(better)) if one is chosen else one for one in ballots
    ]
    before, after = places(rules, ballots), places(rules, raised)
    if chosen.number in before:
        assert after[chosen.number][0] <= before[chosen.number][0]


@settings(max_examples=70, deadline=None)
@given(juries(complete=True), st.integers(0, 10_000))
def test_the_winner_of_a_ranking_stays_so_when_a_juror_moves_it_up(
    jury: tuple[Round, list[Ballot]], choice: int
) -> None:
    rules, ballots = jury
    lines = tally_round(rules, ballots).standing.lines
    if rules.method != RANKING or lines[0].step != "method":
        return
    own = [one for one in ballots if one.number == lines[0].number and one.grades[0] > 1]
    if not own:
        return
    chosen = own[choice % len(own)]
    raised = [
        Ballot(one.juror, one.number, (one.grades[0] - 1,)) if one is chosen else one
        for one in ballots
    ]
    assert tally_round(rules, raised).standing.lines[0].number == chosen.number


@settings(max_examples=50, deadline=None)
@given(juries())
def test_published_tallies_give_the_same_places_as_the_ballots(
    jury: tuple[Round, list[Ballot]],
) -> None:
    rules, ballots = jury
    from_ballots = tally_round(rules, ballots)
    from_tallies = result_from_tallies(rules, tallies_of(rules, ballots))
    assert from_tallies.standing == from_ballots.standing
    assert from_tallies.tallies == from_ballots.tallies
    assert (from_tallies.jurors, from_tallies.sensitivity) == (None, None)


@settings(max_examples=40, deadline=None)
@given(juries())
def test_places_are_standard_competition_places(jury: tuple[Round, list[Ballot]]) -> None:
    rules, ballots = jury
    lines = tally_round(rules, ballots).standing.lines
    for place, line in enumerate(lines, 1):
        ahead = sum(other.rank < line.rank for other in lines)
        assert line.rank == ahead + 1 <= place
        same = {other.number for other in lines if other.rank == line.rank}
        assert set(line.ex_aequo) == same - {line.number}
        assert (line.step == "ex_aequo") == bool(line.ex_aequo)


@pytest.mark.parametrize("method", [APPROVAL, MAJORITY, RANKING])
def test_the_same_ballots_give_the_same_result_whatever_their_order(method: str) -> None:
    chance = random.Random(4)
    rules = plain_round(method, NUMBERS)
    ballots = [Ballot(f"j{juror}", number, (1,)) for juror in range(3) for number in NUMBERS]
    expected = tally_round(rules, ballots)
    chance.shuffle(ballots)
    assert tally_round(rules, ballots) == expected
