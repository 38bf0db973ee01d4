"""Schulze’s winners as another implementation finds them: votelib, which breaks ties by itself.

Its choice among equals may be arbitrary; that it is among ours is not.
"""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from votelib.convert import RankedToCondorcetVotes
from votelib.evaluate.condorcet import Schulze
from votelib.evaluate.core import Tie

from contest.tally.ballots import Ballot
from contest.tally.definition import RANKING
from contest.tally.duels import beaten_by, hold_duels, opinions_of, strongest_paths
from contest.tally.tallying import tally_round
from tests.contest.tally.juries import plain_round, rankings
from tests.contest.tally.test_ranking import SCHULZE, TENNESSEE

POSTERS = (1, 2, 3, 4, 5)
ORDERS = st.lists(
    st.lists(st.integers(1, 5), min_size=5, max_size=5), min_size=1, max_size=12
)  # fmt: skip


def theirs(orders: list[list[int]]) -> set[int]:
    """The winner that votelib finds, or those that it cannot tell apart; equal ranks are shared."""
    votes: dict[tuple[frozenset[int], ...], int] = {}
    for ranks in orders:
        by_rank: dict[int, set[int]] = {}
        for poster, rank in zip(POSTERS, ranks, strict=True):
            by_rank.setdefault(rank, set()).add(poster)
        vote = tuple(frozenset(by_rank[rank]) for rank in sorted(by_rank))
        votes[vote] = votes.get(vote, 0) + 1
    found = Schulze().evaluate(RankedToCondorcetVotes().convert(votes), 1)[0]
    return set(found) if isinstance(found, Tie) else {found}


def ours(orders: list[list[int]]) -> set[int]:
    """The posters that none beats."""
    ballots = [
        Ballot(f"j{juror}", poster, (rank,))
        for juror, ranks in enumerate(orders)
        for poster, rank in zip(POSTERS, ranks, strict=True)
    ]
    duels = hold_duels(opinions_of(plain_round(RANKING, POSTERS), ballots), POSTERS)
    beaten = beaten_by(strongest_paths(duels, POSTERS), POSTERS)
    return {poster for poster, times in beaten.items() if times == 0}


@settings(max_examples=150, deadline=None)
@given(ORDERS)
def test_its_winners_are_among_ours(orders: list[list[int]]) -> None:
    # Where no duel is won there is nothing to compare: votelib then has no candidate at all.
    if any(len(set(ranks)) > 1 for ranks in orders):
        assert theirs(orders) <= ours(orders)


def test_the_published_cases_have_the_same_winners() -> None:
    for orders, names, winner in ((SCHULZE, "ABCDE", "E"), (TENNESSEE, "MNCK", "N")):
        votes = {tuple(order): times for order, times in orders.items()}
        found = Schulze().evaluate(RankedToCondorcetVotes().convert(votes), len(names))
        assert found[0] == winner
        result = tally_round(
            plain_round(RANKING, range(1, len(names) + 1)), rankings(orders, names)
        )
        assert found == [names[line.number - 1] for line in result.standing.lines]
