"""Panels under construction: who is on which, how loaded and how often paired each juror is."""

from __future__ import annotations

import hashlib
import random
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import combinations, islice

from contest.tally.connection import juror_groups

SWAPS_TRIED = 40_000
"""To even out pairs; a fifth of a second, and 300 posters for 9 jurors need some thousands."""

BRIDGES_TRIED = 5_000
"""Each step that ties groups of jurors together looks at so many changes at most."""


class Panels:
    """The jurors of each poster, changed step by step.

    `size`: jurors wanted for each, None for all who may. `fixed`: juror and poster that no step
    takes apart.
    """

    def __init__(
        self,
        numbers: list[int],
        jurors: list[str],
        conflicts: set[tuple[str, int]],
        size: int | None,
        seed: str,
    ) -> None:
        self.numbers = numbers
        self.jurors = jurors
        self.conflicts = conflicts
        self.size = size
        self.seed = seed
        self.panels: dict[int, set[str]] = {number: set() for number in numbers}
        self.fixed: set[tuple[str, int]] = set()
        self.loads: Counter[str] = Counter()
        self.pairs: Counter[tuple[str, str]] = Counter()

    def keep(self, current: Iterable[tuple[str, int]], fixed: Iterable[tuple[str, int]]) -> None:
        """Start from `current`, without what today's jurors and conflicts rule out, but `fixed`."""
        self.fixed = {(juror, number) for juror, number in fixed if number in self.panels}
        judging = set(self.jurors)
        for juror, number in sorted({*current, *self.fixed}):
            may = juror in judging and (juror, number) not in self.conflicts
            if (juror, number) in self.fixed or (may and number in self.panels):
                self._add(juror, number)

    def fill(self) -> None:
        """Complete the panels, those that the fewest jurors may judge first.

        Each takes the least loaded juror, then the one least often paired with those on it.
        """
        eligible = {
            number: [one for one in self.jurors if (one, number) not in self.conflicts]
            for number in self.numbers
        }
        hardest_first = sorted(
            self.numbers, key=lambda number: (len(eligible[number]), self._drawn(number))
        )
        for number in hardest_first:
            waiting = [one for one in eligible[number] if one not in self.panels[number]]
            while waiting and (self.size is None or len(self.panels[number]) < self.size):
                juror = self._next(waiting, number)
                self._add(juror, number)
                waiting.remove(juror)

    def even_loads(self) -> None:
        """Hand posters on, along chains of jurors if need be, until loads differ by one at most.

        Stops before where no chain leads to a juror with two posters less: then no design for
        these panels is more even (a shorter sum of squares would need such a chain).
        """
        while self._spread() > 1:
            chain = next(filter(None, (self._chain(one) for one in self._heaviest_first())), None)
            if chain is None:
                return
            for giver, number, taker in chain:
                self._remove(giver, number)
                self._add(taker, number)

    def even_pairs(self) -> None:
        """Swap jurors of two posters, loads unchanged, while it evens out who is paired how often.

        Each swap taken lowers the sum of squares.
        """
        if len(self.numbers) < 2 or len(self.jurors) < 3 or self.size == 1:
            return
        chance = random.Random(self.seed)  # noqa: S311 - drawn again from the seed, no secret
        total = sum(self.pairs.values())
        every_pair = list(combinations(self.jurors, 2))
        ideal = 1 if total % len(every_pair) else 0
        if self._pair_spread(every_pair) <= ideal:
            return
        for _try in range(SWAPS_TRIED):
            first, second = chance.sample(self.numbers, 2)
            if not (self.panels[first] and self.panels[second]):
                continue
            one = chance.choice(sorted(self.panels[first]))
            other = chance.choice(sorted(self.panels[second]))
            if not self._may_swap(one, first, other, second):
                continue
            before = self._unevenness(one, first, other, second)
            self._swap(one, first, other, second)
            if self._unevenness(one, first, other, second) >= before:
                self._swap(other, first, one, second)
                continue
            if self._pair_spread(every_pair) <= ideal:
                return

    def connect(self) -> None:
        """Tie groups of jurors that share no poster together, loads as even as before, if it can.

        Takes the first change found that leaves fewer groups, again and again.
        """
        groups = self._groups()
        while len(groups) > 1:
            for change in islice(self._bridges(groups), BRIDGES_TRIED):
                self._apply(change)
                found = self._groups()
                if len(found) < len(groups):
                    groups = found
                    break
                self._apply([(taker, number, giver) for giver, number, taker in change])
            else:
                return

    def _next(self, waiting: list[str], number: int) -> str:
        """Of those `waiting`, the one for a poster; equal ones are drawn."""
        lightest = min(self.loads[one] for one in waiting)
        equals = [one for one in waiting if self.loads[one] == lightest]
        paired = [self._paired(one, number) for one in equals]
        equals = [one for place, one in enumerate(equals) if paired[place] == min(paired)]
        return min(equals, key=lambda one: self._drawn(number, one))

    def _bridges(self, groups: tuple[tuple[str, ...], ...]) -> Iterator[list[tuple[str, int, str]]]:
        """Changes that put a juror of one group on a poster of another: a gift or a swap."""
        group_of = {juror: place for place, group in enumerate(groups) for juror in group}
        movable = [
            (juror, number)
            for number in self.numbers
            for juror in sorted(self.panels[number])
            if len(self.panels[number]) > 1 and self._may_leave(juror, number)
        ]
        for giver, number in movable:
            for taker in self.jurors:
                if group_of.get(taker, group_of[giver]) == group_of[giver]:
                    continue
                if self.loads[taker] < self.loads[giver] and self._may_join(taker, number):
                    yield [(giver, number, taker)]
        for (one, first), (other, second) in combinations(movable, 2):
            if group_of[one] != group_of[other] and self._may_swap(one, first, other, second):
                yield [(one, first, other), (other, second, one)]

    def _apply(self, change: list[tuple[str, int, str]]) -> None:
        for giver, number, taker in change:
            self._remove(giver, number)
            self._add(taker, number)

    def _chain(self, start: str) -> list[tuple[str, int, str]] | None:
        """The shortest chain of gifts from `start` to a juror with two posters less, if any."""
        reached: dict[str, tuple[str, int]] = {}
        wave = [start]
        while wave:
            following = []
            for giver in wave:
                for taker, number in self._gifts(giver).items():
                    if taker != start and taker not in reached:
                        reached[taker] = (giver, number)
                        following.append(taker)
            lightest = min(following, key=lambda one: (self.loads[one], one), default=start)
            if self.loads[lightest] <= self.loads[start] - 2:
                return self._walked(start, lightest, reached)
            wave = following
        return None

    def _walked(
        self, start: str, end: str, reached: dict[str, tuple[str, int]]
    ) -> list[tuple[str, int, str]]:
        chain = []
        while end != start:
            giver, number = reached[end]
            chain.append((giver, number, end))
            end = giver
        return chain

    def _gifts(self, giver: str) -> dict[str, int]:
        """For each juror who may take one of the giver's posters, the one that pairs them best."""
        best: dict[str, tuple[int, int]] = {}
        for number in self.numbers:
            if giver not in self.panels[number] or not self._may_leave(giver, number):
                continue
            for taker in self.jurors:
                if self._may_join(taker, number):
                    cost = (self._paired(taker, number), number)
                    best[taker] = min(best.get(taker, cost), cost)
        return {taker: number for taker, (_cost, number) in best.items()}

    def _may_leave(self, juror: str, number: int) -> bool:
        return (juror, number) not in self.fixed

    def _may_join(self, juror: str, number: int) -> bool:
        return juror not in self.panels[number] and (juror, number) not in self.conflicts

    def _may_swap(self, one: str, first: int, other: str, second: int) -> bool:
        return (
            self._may_leave(one, first)
            and self._may_leave(other, second)
            and self._may_join(other, first)
            and self._may_join(one, second)
        )

    def _swap(self, one: str, first: int, other: str, second: int) -> None:
        self._apply([(one, first, other), (other, second, one)])

    def _unevenness(self, one: str, first: int, other: str, second: int) -> int:
        """Sum of squares of the pairs that a swap of these two changes."""
        mates = sorted((self.panels[first] | self.panels[second]) - {one, other})
        return sum(self.pairs[_pair(mate, each)] ** 2 for mate in mates for each in (one, other))

    def _add(self, juror: str, number: int) -> None:
        self.pairs.update(_pair(juror, mate) for mate in self.panels[number])
        self.panels[number].add(juror)
        self.loads[juror] += 1

    def _remove(self, juror: str, number: int) -> None:
        self.panels[number].remove(juror)
        self.pairs.subtract(_pair(juror, mate) for mate in self.panels[number])
        self.loads[juror] -= 1

    def _paired(self, juror: str, number: int) -> int:
        return sum(self.pairs[_pair(juror, mate)] for mate in self.panels[number] - {juror})

    def _groups(self) -> tuple[tuple[str, ...], ...]:
        return juror_groups(
            (juror, number) for number, panel in self.panels.items() for juror in panel
        )

    def _pair_spread(self, every_pair: list[tuple[str, str]]) -> int:
        counts = [self.pairs[pair] for pair in every_pair]
        return max(counts) - min(counts)

    def _spread(self) -> int:
        loads = [self.loads[juror] for juror in self.jurors]
        return max(loads) - min(loads)

    def _heaviest_first(self) -> list[str]:
        return sorted(self.jurors, key=lambda juror: (-self.loads[juror], juror))

    def _drawn(self, *parts: object) -> bytes:
        text = "|".join(str(part) for part in (self.seed, *parts))
        return hashlib.sha256(text.encode()).digest()


def _pair(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one < other else (other, one)
