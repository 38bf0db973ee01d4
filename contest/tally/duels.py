"""Posters two by two: how many jurors prefer one to the other, and what follows from it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

from contest.tally.ballots import Ballot
from contest.tally.definition import RANKING, Round

Opinions = Mapping[str, Mapping[int, int]]
"""By juror and poster, what orders the posters for that juror: more is better."""


@dataclass(frozen=True)
class Duel:
    """How many jurors who judged both posters prefer the first, the second, neither."""

    first: int
    second: int
    for_first: int
    for_second: int
    equal: int


Duels = dict[tuple[int, int], Duel]
"""Duels by their two posters, the lower number first; without those that no juror judged."""


def opinions_of(rules: Round, ballots: Iterable[Ballot]) -> Opinions:
    """Each juror's opinions, from ballots that are expressed."""
    better = -1 if rules.method == RANKING else 1
    opinions: dict[str, dict[int, int]] = {}
    for ballot in ballots:
        points = better * rules.points(ballot.grades)
        opinions.setdefault(ballot.juror, {})[ballot.number] = points
    return opinions


def hold_duels(opinions: Opinions, numbers: Iterable[int]) -> Duels:
    """The duels between `numbers`. A juror who judged only one of the two has no say in theirs."""
    ordered = sorted(numbers)
    scores: dict[tuple[int, int], list[int]] = {}
    for own in opinions.values():
        judged = [(number, own[number]) for number in ordered if number in own]
        for (first, of_first), (second, of_second) in combinations(judged, 2):
            outcome = 0 if of_first > of_second else 1 if of_first < of_second else 2
            scores.setdefault((first, second), [0, 0, 0])[outcome] += 1
    return {
        pair: Duel(*pair, for_first, for_second, equal)
        for pair, (for_first, for_second, equal) in sorted(scores.items())
    }


def hold_deciding_duels(opinions: Opinions, numbers: Iterable[int]) -> Duels:
    """The duels between `numbers`, or none where they cannot tell any of them apart.

    A group that wins all its duels against the rest shares a juror with each of the rest. Where
    chains of posters without a common juror link all `numbers`, there is no such group: with
    panels that is soon seen, and spares the work of a great many duels.
    """
    ordered = sorted(numbers)
    panels = {
        frozenset(juror for juror, own in opinions.items() if number in own) for number in ordered
    }
    left = sorted(panels, key=sorted)
    wave = [left.pop()]
    while wave and left:
        panel = wave.pop()
        wave += [other for other in left if not panel & other]
        left = [other for other in left if panel & other]
    if len(panels) > 1 and not left:
        return {}
    return hold_duels(opinions, ordered)


def preferring(duels: Duels, one: int, other: int) -> int:
    """How many jurors prefer `one` to `other`."""
    duel = duels.get((one, other) if one < other else (other, one))
    if duel is None:
        return 0
    return duel.for_first if one < other else duel.for_second


def strongest_paths(duels: Duels, numbers: Sequence[int]) -> dict[tuple[int, int], int]:
    """Schulze's strengths with winning votes: of the best path from one poster to another.

    A path goes from winner to loser; it is as strong as its weakest duel, in jurors who prefer
    the winner. 0: there is no path.
    """
    strength = {}
    for one in numbers:
        for other in numbers:
            if one != other:
                won, lost = preferring(duels, one, other), preferring(duels, other, one)
                strength[one, other] = won if won > lost else 0
    for middle in numbers:
        for one in numbers:
            for other in numbers:
                if len({middle, one, other}) == 3:
                    through = min(strength[one, middle], strength[middle, other])
                    strength[one, other] = max(strength[one, other], through)
    return strength


def beaten_by(strength: Mapping[tuple[int, int], int], numbers: Sequence[int]) -> dict[int, int]:
    """How many posters beat each by Schulze's method: fewer is better, equal numbers tie.

    Schulze's relation is transitive, so that a poster is always before those that it beats.
    """
    return {
        one: sum(strength[other, one] > strength[one, other] for other in numbers if other != one)
        for one in numbers
    }


def borda(duels: Duels, numbers: Iterable[int]) -> dict[int, Fraction]:
    """Borda points, for information: one for each juror and poster placed below, half if equal."""
    points = {number: Fraction() for number in numbers}
    for duel in duels.values():
        points[duel.first] += duel.for_first + Fraction(duel.equal, 2)
        points[duel.second] += duel.for_second + Fraction(duel.equal, 2)
    return points


def majority_groups(duels: Duels, numbers: Iterable[int]) -> list[list[int]]:
    """`numbers` split, best first, wherever a group wins every duel against all that follow.

    A duel is won when strictly more jurors prefer the winner. The split is unique: the first
    group is the smallest one whose every member beats every other poster, and so on (the
    successive Smith sets). Found as in a tournament: such a group has the highest scores, and
    the highest sum of them that is possible.
    """
    members = sorted(numbers)
    scores = dict.fromkeys(members, len(members) - 1)
    for duel in duels.values():
        if duel.for_first != duel.for_second:
            is_first = duel.for_first > duel.for_second
            scores[duel.first] += 1 if is_first else -1
            scores[duel.second] -= 1 if is_first else -1
    ordered = sorted(members, key=lambda number: (-scores[number], number))
    groups, group, total = [], [], 0
    for size, number in enumerate(ordered, 1):
        group.append(number)
        total += scores[number]
        if total == size * (size - 1) + 2 * size * (len(ordered) - size):
            groups.append(sorted(group))
            group = []
    return groups
