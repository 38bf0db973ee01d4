"""How often each poster got each grade: all that the methods but the duels need to know."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from contest.tally.ballots import Ballot, is_abstention
from contest.tally.definition import CRITERIA, Round

Distribution = tuple[tuple[int, int], ...]
"""Values and how many ballots gave each, lowest value first, every count above zero."""


@dataclass(frozen=True)
class PosterCount:
    """What the ballots say of one poster.

    `points`: distribution of what each ballot gave it, before `divisor` (see `Round.points`).
    `criteria`: distribution of the grades of each criterion, in order; empty for other methods.
    `abstentions` are ballots too, but counted nowhere else.
    """

    number: int
    points: Distribution
    criteria: tuple[Distribution, ...]
    abstentions: int
    divisor: int

    @property
    def ballots(self) -> int:
        """How many ballots count."""
        return sum(count for _value, count in self.points)

    @property
    def mean(self) -> Fraction:
        """Mean of the ballots: the score of criteria, or the share of approvals."""
        return mean_of(self.points) / self.divisor

    @property
    def median(self) -> Fraction:
        """Lower median of the ballots: no grade that nobody gave."""
        return Fraction(lower_median(self.points), self.divisor)


def count_ballots(rules: Round, ballots: Iterable[Ballot]) -> tuple[PosterCount, ...]:
    """What `ballots`, checked, say of each poster of the round, by number."""
    points: dict[int, Counter[int]] = {number: Counter() for number in rules.numbers}
    criteria: dict[tuple[int, int], Counter[int]] = {
        (number, place): Counter()
        for number in rules.numbers
        for place in range(len(rules.criteria))
    }
    abstentions: Counter[int] = Counter()
    with_criteria = rules.method == CRITERIA
    for ballot in ballots:
        if is_abstention(rules, ballot):
            abstentions[ballot.number] += 1
            continue
        points[ballot.number][rules.points(ballot.grades)] += 1
        if with_criteria:
            for place, grade in enumerate(ballot.grades):
                criteria[ballot.number, place][grade] += 1
    return tuple(
        PosterCount(
            number,
            distribution_of(points[number]),
            tuple(distribution_of(criteria[number, place]) for place in range(len(rules.criteria))),
            abstentions[number],
            rules.divisor,
        )
        for number in sorted(rules.numbers)
    )


def uncount_ballots(
    rules: Round, counts: Iterable[PosterCount], ballots: Iterable[Ballot]
) -> tuple[PosterCount, ...]:
    """`counts` as they would be without `ballots`, which are among those counted."""
    taken = {one.number: one for one in count_ballots(rules, ballots)}
    return tuple(_less(one, taken[one.number]) for one in counts)


def distribution_of(counts: Mapping[int, int]) -> Distribution:
    """`counts` by value as a distribution."""
    return tuple(sorted((value, count) for value, count in counts.items() if count))


def _less(count: PosterCount, taken: PosterCount) -> PosterCount:
    if not taken.ballots and not taken.abstentions:
        return count
    return PosterCount(
        count.number,
        _difference(count.points, taken.points),
        tuple(
            _difference(distribution, taken.criteria[place])
            for place, distribution in enumerate(count.criteria)
        ),
        count.abstentions - taken.abstentions,
        count.divisor,
    )


def _difference(distribution: Distribution, taken: Distribution) -> Distribution:
    left = dict(distribution)
    for value, count in taken:
        left[value] -= count
    return distribution_of(left)


def mean_of(distribution: Distribution) -> Fraction:
    """The exact mean; at least one ballot."""
    total = sum(value * count for value, count in distribution)
    return Fraction(total, sum(count for _value, count in distribution))


def variance_of(distribution: Distribution) -> Fraction:
    """The exact variance (of the whole, not of a sample); at least one ballot."""
    mean = mean_of(distribution)
    ballots = sum(count for _value, count in distribution)
    return sum(((value - mean) ** 2 * count for value, count in distribution), Fraction()) / ballots


def lower_median(distribution: Distribution) -> int:
    """The median value; of the two in the middle of an even number, the lower."""
    left = (sum(count for _value, count in distribution) + 1) // 2
    for value, count in distribution:
        left -= count
        if left <= 0:
            return value
    raise ValueError("a median needs a ballot")
