"""Scores of criteria, shares of approval, who goes on, who has no place."""

from __future__ import annotations

from fractions import Fraction

from contest.tally.ballots import Ballot
from contest.tally.definition import APPROVAL, MAJORITY, RANKING, Advance
from contest.tally.tallying import tally_round
from tests.contest.tally.juries import criteria_round, plain_round, rankings, table


def test_a_score_is_the_weighted_mean_of_each_ballot_then_the_mean_of_the_ballots() -> None:
    ballots = [Ballot("a", 1, (5, 4, 3)), Ballot("b", 1, (4, 0, 1)), Ballot("a", 2, (4, 4, 4))]
    result = tally_round(criteria_round([1, 2]), ballots)
    first, second = result.standing.lines
    assert (first.number, first.value) == (2, 4)
    assert (second.number, second.value) == (1, Fraction(15 + 8 + 3 + 12 + 0 + 1, 6 * 2))


def test_an_approval_is_yes_over_yes_and_no() -> None:
    ballots = table({1: [1, 1, 0, -1], 2: [1, 0, 0, 0], 3: [1, -1, -1, -1]})
    result = tally_round(plain_round(APPROVAL, [1, 2, 3]), ballots)
    assert [(line.number, line.value) for line in result.standing.lines] == [
        (3, 1),
        (1, Fraction(2, 3)),
        (2, Fraction(1, 4)),
    ]
    assert (result.tallies.counts[2].ballots, result.tallies.counts[2].abstentions) == (1, 3)
    last = (result.jurors or ())[3]
    assert (last.ballots, last.abstentions, last.mean) == (1, 2, 0)


def test_a_juror_who_only_abstained_has_no_mean() -> None:
    result = tally_round(plain_round(APPROVAL, [1]), table({1: [1, -1]}))
    assert result.tallies.jurors == 2
    second = (result.jurors or ())[1]
    assert (second.ballots, second.abstentions, second.mean, second.variance) == (0, 1, None, None)


def test_a_threshold_keeps_or_drops_equal_posters_together() -> None:
    rules = plain_round(APPROVAL, [1, 2, 3, 4], advance=Advance(threshold=Fraction(1, 2)))
    ballots = table({1: [1, 0], 2: [0, 1], 3: [1, 1], 4: [0, 0]})
    assert tally_round(rules, ballots).standing.advanced == (1, 2, 3)


def test_a_number_of_places_never_splits_posters_that_the_method_holds_equal() -> None:
    rules = criteria_round([1, 2, 3], advance=Advance(count=2))
    grades = {1: (5, 5, 5), 2: (4, 4, 2), 3: (3, 5, 3)}
    result = tally_round(rules, [Ballot("a", number, row) for number, row in grades.items()])
    assert result.standing.ranks == {1: 1, 2: 2, 3: 3}
    assert result.standing.lines[1].value == result.standing.lines[2].value
    assert result.standing.advanced == (1, 2, 3)


def test_a_final_judged_by_mentions_can_have_a_threshold_too() -> None:
    rules = plain_round(MAJORITY, [1, 2], advance=Advance(threshold=Fraction(4)))
    ballots = table({1: [5, 4, 0], 2: [5, 3, 3]})
    assert tally_round(rules, ballots).standing.advanced == (1,)


def test_a_ranking_lets_the_first_places_through() -> None:
    rules = plain_round(RANKING, [1, 2, 3], advance=Advance(count=1))
    assert tally_round(rules, rankings({"BAC": 2, "ABC": 1}, "ABC")).standing.advanced == (2,)


def test_a_poster_below_the_minimum_has_a_place_only_if_that_was_decided() -> None:
    ballots = table({1: [1, 1, 1], 2: [1], 3: [-1]})
    rules = plain_round(APPROVAL, [1, 2, 3, 4], minimum=2)
    result = tally_round(rules, ballots).standing
    assert [line.number for line in result.lines] == [1]
    assert [(one.number, one.ballots, one.reason) for one in result.unranked] == [
        (2, 1, "below_minimum"),
        (3, 0, "no_ballot"),
        (4, 0, "no_ballot"),
    ]
    accepted = plain_round(APPROVAL, [1, 2, 3, 4], minimum=2, accepted=(2, 3))
    assert tally_round(accepted, ballots).standing.ranks == {1: 1, 2: 1}


def test_each_juror_is_summed_up_by_mean_and_variance() -> None:
    ballots = [Ballot("a", 1, (5, 5, 5)), Ballot("a", 2, (2, 2, 2)), Ballot("b", 1, (3, 3, 3))]
    first, second = tally_round(criteria_round([1, 2]), ballots).jurors or ()
    assert (first.juror, first.ballots, first.mean) == ("a", 2, Fraction(7, 2))
    assert first.variance == Fraction(9, 4)
    assert (second.mean, second.variance, second.effect) == (3, 0, None)


def test_a_round_without_a_ballot_has_no_place() -> None:
    result = tally_round(criteria_round([1, 2]), [])
    assert result.standing.lines == ()
    assert [one.number for one in result.standing.unranked] == [1, 2]
