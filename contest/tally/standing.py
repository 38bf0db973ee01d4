"""Places from counts and duels, and which step of the rules decided each.

Steps, in order: the method's own order; the median grade; the criteria as declared; the duels
among those still tied; then ex æquo (1, 1, 3) or the lot. Nothing depends on an identifier other
than the public number, and on that only in the lot.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from contest.tally.counting import PosterCount, mean_of
from contest.tally.definition import LOT, MAJORITY, RANKING, Advance, Round, check_seed
from contest.tally.duels import Duels, beaten_by, majority_groups, strongest_paths
from contest.tally.majority import majority_readings

METHOD = "method"
MEDIAN = "median"
CRITERION = "criterion"
DUELS = "duels"
STEPS = (METHOD, MEDIAN, CRITERION, DUELS, LOT)
"""What can decide a place; `EX_AEQUO` says that nothing did."""

NO_BALLOT = "no_ballot"
BELOW_MINIMUM = "below_minimum"

DuelSource = Callable[[Sequence[int]], Duels]
"""Answers the duels between the posters given."""


@dataclass(frozen=True)
class Line:
    """A poster's place. `step` decided it (`criterion` names which, where it was one).

    `ex_aequo`: the other posters at the same place; then `step` is "ex_aequo".
    `value`: what the method gives (score, share, median mention); None for a ranking.
    """

    number: int
    rank: int
    step: str
    criterion: str
    ex_aequo: tuple[int, ...]
    value: Fraction | None


@dataclass(frozen=True)
class TieBreak:
    """A step that told apart posters equal so far: `groups`, the best first."""

    step: str
    criterion: str
    groups: tuple[tuple[int, ...], ...]


@dataclass(frozen=True)
class Unranked:
    """A poster without a place: no ballot counts, or fewer than the minimum and not accepted."""

    number: int
    ballots: int
    reason: str


@dataclass(frozen=True)
class Standing:
    """The places of a round, best first; those of equal rank by number."""

    lines: tuple[Line, ...]
    unranked: tuple[Unranked, ...]
    ties: tuple[TieBreak, ...]
    advanced: tuple[int, ...]

    @property
    def ranks(self) -> dict[int, int]:
        """Rank by poster."""
        return {line.number: line.rank for line in self.lines}


def lot_of(seed: str, round_key: str, number: int) -> str:
    """What a poster draws: sha256 of "seed|round|number" in hexadecimal; the lowest comes first."""
    return hashlib.sha256(f"{seed}|{round_key}|{number}".encode()).hexdigest()


def stand(
    rules: Round,
    counts: Iterable[PosterCount],
    duels: DuelSource,
    adjusted: Mapping[int, Fraction] | None = None,
) -> Standing:
    """The standing of a round.

    `adjusted`: scores corrected for severity, which then replace the mean.

    Raises:
        BadSeed: a lot is needed and the seed is missing or is not the one committed to.
    """
    ranked, unranked = _sift(rules, counts)
    order = _Order(rules, ranked, duels, adjusted)
    lines: list[Line] = []
    ties: list[TieBreak] = []
    advanced: list[int] = []
    for numbers in order.by_method():
        if rules.advance and _advances(rules.advance, len(lines), order.value(numbers[0])):
            advanced += numbers
        for group, step, criterion in order.settle(numbers, ties):
            rank = len(lines) + 1
            lines += [
                Line(
                    number,
                    rank,
                    step,
                    criterion,
                    tuple(other for other in group if other != number),
                    order.value(number),
                )
                for number in group
            ]
    return Standing(tuple(lines), tuple(unranked), tuple(ties), tuple(sorted(advanced)))


def _sift(
    rules: Round, counts: Iterable[PosterCount]
) -> tuple[dict[int, PosterCount], list[Unranked]]:
    ranked, unranked = {}, []
    for count in sorted(counts, key=lambda one: one.number):
        if not count.ballots:
            unranked.append(Unranked(count.number, 0, NO_BALLOT))
        elif count.ballots < rules.minimum and count.number not in rules.accepted:
            unranked.append(Unranked(count.number, count.ballots, BELOW_MINIMUM))
        else:
            ranked[count.number] = count
    return ranked, unranked


def _advances(advance: Advance, before: int, value: Fraction | None) -> bool:
    """Whether posters equal by the method, `before` others ahead, go on: all of them or none."""
    if advance.count is not None:
        return before < advance.count
    return value is not None and advance.threshold is not None and value >= advance.threshold


class _Order:
    """The steps applied to the posters of one round."""

    def __init__(
        self,
        rules: Round,
        counts: Mapping[int, PosterCount],
        duels: DuelSource,
        adjusted: Mapping[int, Fraction] | None,
    ) -> None:
        self.rules = rules
        self.counts = counts
        self.duels = duels
        self.adjusted = adjusted

    def value(self, number: int) -> Fraction | None:
        """What the method gives a poster, for people to read."""
        if self.rules.method == RANKING:
            return None
        if self.rules.method == MAJORITY:
            return self.counts[number].median
        return self.counts[number].mean if self.adjusted is None else self.adjusted[number]

    def by_method(self) -> list[list[int]]:
        """All posters in groups that the method holds equal, best first."""
        numbers = sorted(self.counts)
        if not numbers:
            return []
        if self.rules.method == RANKING:
            beaten = beaten_by(strongest_paths(self.duels(numbers), numbers), numbers)
            return _grouped(numbers, lambda number: -beaten[number])
        if self.rules.method == MAJORITY:
            readings = majority_readings({one: self.counts[one].points for one in numbers})
            return _grouped(numbers, lambda number: readings[number])
        return _grouped(numbers, self.value)

    def settle(self, numbers: list[int], ties: list[TieBreak]) -> list[tuple[list[int], str, str]]:
        """Posters equal by the method, in groups that stay equal, each with what decided it."""
        settled: list[tuple[list[int], str, str]] = [(numbers, METHOD, "")]
        for step, criterion, split in self._steps():
            finer = []
            for group, decided, by in settled:
                parts = split(group) if len(group) > 1 else [group]
                if len(parts) == 1:
                    finer.append((group, decided, by))
                    continue
                ties.append(TieBreak(step, criterion, tuple(tuple(part) for part in parts)))
                finer += [(part, step, criterion) for part in parts]
            settled = finer
        return [
            (group, decided, by) if len(group) == 1 else (group, self.rules.last_resort, "")
            for group, decided, by in settled
        ]

    def _steps(self) -> list[tuple[str, str, Callable[[list[int]], list[list[int]]]]]:
        steps: list[tuple[str, str, Callable[[list[int]], list[list[int]]]]] = []
        if self.rules.method != RANKING:
            steps.append(
                (MEDIAN, "", lambda group: _grouped(group, lambda one: self.counts[one].median))
            )
        for place, criterion in enumerate(self.rules.criteria):
            steps.append((CRITERION, criterion.key, self._by_criterion(place)))
        steps.append((DUELS, "", lambda group: majority_groups(self.duels(group), group)))
        if self.rules.last_resort == LOT:
            steps.append((LOT, "", self._by_lot))
        return steps

    def _by_criterion(self, place: int) -> Callable[[list[int]], list[list[int]]]:
        return lambda group: _grouped(group, lambda one: mean_of(self.counts[one].criteria[place]))

    def _by_lot(self, group: list[int]) -> list[list[int]]:
        check_seed(self.rules)
        drawn = {number: lot_of(self.rules.seed, self.rules.key, number) for number in group}
        return [[number] for number in sorted(group, key=lambda number: drawn[number])]


def _grouped(numbers: Iterable[int], key: Callable[[int], Any]) -> list[list[int]]:
    """`numbers` in groups of equal keys, the greatest key first, each group by number."""
    groups: dict[Any, list[int]] = {}
    for number in sorted(numbers):
        groups.setdefault(key(number), []).append(number)
    return [groups[one] for one in sorted(groups, reverse=True)]
