"""Rankings: the published cases, Schulze against brute force, ties, jurors who stood aside."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations, permutations

from hypothesis import given, settings
from hypothesis import strategies as st

from contest.tally.ballots import Ballot
from contest.tally.definition import RANKING
from contest.tally.duels import (
    Duels,
    beaten_by,
    hold_deciding_duels,
    hold_duels,
    majority_groups,
    opinions_of,
    preferring,
    strongest_paths,
)
from contest.tally.tallying import RoundResult, tally_round
from tests.contest.tally.juries import plain_round, rankings

SCHULZE = {
    "ACBED": 5, "ADECB": 5, "BEDAC": 8, "CABED": 3, "CAEBD": 7, "CBADE": 2, "DCEBA": 7, "EBADC": 8,
}  # fmt: skip
TENNESSEE = {"MNCK": 42, "NCKM": 26, "CKNM": 15, "KCNM": 17}

ORDERS = st.lists(
    st.lists(st.integers(1, 4), min_size=4, max_size=4), min_size=1, max_size=7
)  # fmt: skip


def result_of(orders: dict[str, int], names: str) -> RoundResult:
    rules = plain_round(RANKING, range(1, len(names) + 1))
    return tally_round(rules, rankings(orders, names))


def order_of(result: RoundResult, names: str) -> str:
    return "".join(names[line.number - 1] for line in result.standing.lines)


def cast(orders: list[list[int]]) -> list[Ballot]:
    return [
        Ballot(f"j{juror}", number, (rank,))
        for juror, ranks in enumerate(orders)
        for number, rank in enumerate(ranks, 1)
    ]


def duels_of(orders: list[list[int]]) -> Duels:
    rules = plain_round(RANKING, [1, 2, 3, 4])
    return hold_duels(opinions_of(rules, cast(orders)), rules.numbers)


def strongest_by_brute_force(duels: Duels, numbers: list[int], start: int, end: int) -> int:
    """Schulze's definition: the best of all paths, each as strong as its weakest won duel."""
    best = 0
    between = [number for number in numbers if number not in (start, end)]
    for size in range(len(between) + 1):
        for way in permutations(between, size):
            path = [start, *way, end]
            steps = [(path[place], path[place + 1]) for place in range(len(path) - 1)]
            won = [preferring(duels, one, other) for one, other in steps]
            lost = [preferring(duels, other, one) for one, other in steps]
            if all(won[place] > lost[place] for place in range(len(steps))):
                best = max(best, min(won))
    return best


def test_the_first_example_of_schulze() -> None:
    result = result_of(SCHULZE, "ABCDE")
    assert order_of(result, "ABCDE") == "EACBD"
    strengths, (a, b, d, e) = result.strengths or {}, (1, 2, 4, 5)
    assert (strengths[e, a], strengths[a, e]) == (25, 24)
    assert (strengths[e, d], strengths[d, e]) == (31, 24)
    assert strengths[b, d] == 33
    assert result.borda == {1: 98, 2: 92, 3: 89, 4: 69, 5: 102}
    assert {line.step for line in result.standing.lines} == {"method"}


def test_the_capital_of_tennessee() -> None:
    result = result_of(TENNESSEE, "MNCK")
    assert order_of(result, "MNCK") == "NCKM"
    assert result.borda == {1: 126, 2: 194, 3: 173, 4: 107}


@settings(max_examples=70, deadline=None)
@given(ORDERS)
def test_the_strengths_are_those_of_all_paths_tried(orders: list[list[int]]) -> None:
    duels, numbers = duels_of(orders), [1, 2, 3, 4]
    strengths = strongest_paths(duels, numbers)
    for one, other in permutations(numbers, 2):
        assert strengths[one, other] == strongest_by_brute_force(duels, numbers, one, other)


@settings(max_examples=70, deadline=None)
@given(ORDERS)
def test_the_places_agree_with_every_pair_that_schulze_decides(orders: list[list[int]]) -> None:
    duels, numbers = duels_of(orders), [1, 2, 3, 4]
    strengths = strongest_paths(duels, numbers)
    beaten = beaten_by(strengths, numbers)
    ranks = tally_round(plain_round(RANKING, numbers), cast(orders)).standing.ranks
    for one, other in permutations(numbers, 2):
        if strengths[one, other] > strengths[other, one]:
            assert beaten[one] < beaten[other]
            assert ranks[one] < ranks[other]
    winners = {
        one
        for one in numbers
        if all(strengths[one, other] >= strengths[other, one] for other in numbers if other != one)
    }
    assert {one for one in numbers if beaten[one] == 0} == winners


def test_a_cycle_of_equal_strength_is_said_to_be_ex_aequo() -> None:
    result = result_of({"ABC": 1, "BCA": 1, "CAB": 1}, "ABC")
    assert result.standing.ranks == {1: 1, 2: 1, 3: 1}
    assert {line.step for line in result.standing.lines} == {"ex_aequo"}


def test_equal_ranks_on_a_ballot_give_half_a_borda_point_each_and_win_no_duel() -> None:
    result = tally_round(plain_round(RANKING, [1, 2, 3]), cast([[1, 1, 2]]))
    assert result.borda == {1: Fraction(3, 2), 2: Fraction(3, 2), 3: 0}
    assert result.standing.ranks == {1: 1, 2: 1, 3: 3}


def test_only_the_order_of_ranks_counts() -> None:
    rules = plain_round(RANKING, range(1, 5))
    tight = tally_round(rules, cast([[1, 2, 2, 3], [2, 1, 3, 3]]))
    loose = tally_round(rules, cast([[1, 2, 2, 4], [3, 1, 4, 4]]))
    assert tight.standing == loose.standing


def test_a_juror_who_stood_aside_from_a_poster_has_no_say_in_its_duels() -> None:
    ballots = [one for one in cast([[1, 2, 3], [1, 2, 3], [3, 1, 2]]) if (one.juror, one.number)
               != ("j2", 2)]  # fmt: skip
    duel = hold_duels(opinions_of(plain_round(RANKING, [1, 2, 3]), ballots), [1, 2])[1, 2]
    assert (duel.for_first, duel.for_second, duel.equal) == (2, 0, 0)


@settings(max_examples=150, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from("abcde"), st.dictionaries(st.integers(1, 5), st.integers(0, 2)), min_size=1
    )
)
def test_duels_spared_would_have_told_nobody_apart(opinions: dict[str, dict[int, int]]) -> None:
    numbers = sorted({number for own in opinions.values() for number in own})
    if numbers:
        needed = majority_groups(hold_deciding_duels(opinions, numbers), numbers)
        assert needed == majority_groups(hold_duels(opinions, numbers), numbers)


def test_no_duel_is_held_where_panels_leave_nothing_to_decide() -> None:
    panels = {"a": {1: 1, 3: 0}, "b": {1: 1}, "c": {2: 1}, "d": {2: 1}, "e": {3: 0}}
    assert len(hold_duels(panels, [1, 2, 3])) == 1
    assert hold_deciding_duels(panels, [1, 2, 3]) == {}
    everyone = {"a": {1: 1, 2: 0}, "b": {1: 1, 2: 0}}
    assert len(hold_deciding_duels(everyone, [1, 2])) == 1


@settings(max_examples=80, deadline=None)
@given(ORDERS)
def test_duels_split_posters_wherever_a_group_wins_them_all(orders: list[list[int]]) -> None:
    duels = duels_of(orders)

    def beats(one: int, other: int) -> bool:
        return preferring(duels, one, other) > preferring(duels, other, one)

    def smallest_winning_group(left: list[int]) -> list[int]:
        for size in range(1, len(left) + 1):
            for group in combinations(left, size):
                rest = [one for one in left if one not in group]
                if all(beats(one, other) for one in group for other in rest):
                    return list(group)
        raise AssertionError("all of them win against nobody")

    left, expected = [1, 2, 3, 4], []
    while left:
        expected.append(smallest_winning_group(left))
        left = [one for one in left if one not in expected[-1]]
    assert majority_groups(duels, [1, 2, 3, 4]) == expected
