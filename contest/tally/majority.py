"""Majority judgment (Balinski and Laraki), exact and fast.

The definition: a poster's majority grade is its lower median; of two posters with the same one,
take one such grade away from each and compare again. The grades taken are, from the middle
outwards, one on one side, one on the other. With an even number of ballots the halves are read as
pairs (lower half downwards, upper half upwards), and runs of equal pairs are compared instead of
single ballots: the work grows with the number of grades, not of ballots. Ballots counted k times
over keep the order, so unequal numbers of ballots are brought to twice their least common
multiple; no grade is invented.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from contest.tally.counting import Distribution, lower_median

Reading = tuple[tuple[int, int, int, int], ...]
"""Comparable runs of equal pairs, from the middle outwards; a greater reading is better.

Each is: lower grade, upper grade, direction of the next pair, and the length times minus the
direction. Where two readings have the same pair for a while, the first to leave it decides: the
longer run is better before a fall (direction -1), worse before a rise (1).
"""


@dataclass(frozen=True)
class Gauge:
    """What a majority grade is usually shown with: ballots above it and below it."""

    grade: int
    above: int
    below: int


def majority_readings(distributions: Mapping[int, Distribution]) -> dict[int, Reading]:
    """For each poster what orders it among the others: sort by it, the greatest first.

    Every poster needs a ballot. Equal readings are exactly the ties of the iterated definition.
    """
    sizes = {
        number: sum(count for _grade, count in distribution)
        for number, distribution in distributions.items()
    }
    half = math.lcm(*sizes.values())
    return {
        number: _reading(distribution, half, 2 * half // sizes[number])
        for number, distribution in distributions.items()
    }


def majority_value(distribution: Distribution) -> tuple[int, ...]:
    """The grades in the order in which the definition takes them away, one a ballot."""
    grades = [grade for grade, count in distribution for _ballot in range(count)]
    middle = (len(grades) - 1) // 2
    below, above = grades[middle::-1], grades[middle + 1 :]
    if len(grades) % 2:
        first, others, opposite = below[:1], below[1:], above
    else:
        first, others, opposite = [], below, above
    rest = [grade for place, grade in enumerate(others) for grade in (grade, opposite[place])]
    return tuple(first + rest)


def gauge(distribution: Distribution) -> Gauge:
    """The majority grade and how many ballots are above and below it."""
    median = lower_median(distribution)
    return Gauge(
        median,
        sum(count for grade, count in distribution if grade > median),
        sum(count for grade, count in distribution if grade < median),
    )


def _reading(distribution: Distribution, half: int, scale: int) -> Reading:
    lower: list[tuple[int, int]] = []
    upper: list[tuple[int, int]] = []
    left = half
    for grade, count in distribution:
        below = min(count * scale, left)
        left -= below
        if below:
            lower.append((grade, below))
        if count * scale > below:
            upper.append((grade, count * scale - below))
    lower.reverse()
    return _with_directions(_pairs(lower, upper))


def _pairs(
    lower: list[tuple[int, int]], upper: list[tuple[int, int]]
) -> list[tuple[int, int, int]]:
    """Runs of equal pairs of one grade of each list; both lists hold as many ballots."""
    pairs = []
    low = high = low_read = high_read = 0
    while low < len(lower):
        run = min(lower[low][1] - low_read, upper[high][1] - high_read)
        pairs.append((lower[low][0], upper[high][0], run))
        low_read += run
        high_read += run
        if low_read == lower[low][1]:
            low, low_read = low + 1, 0
        if high_read == upper[high][1]:
            high, high_read = high + 1, 0
    return pairs


def _with_directions(pairs: list[tuple[int, int, int]]) -> Reading:
    reading = []
    for place, (low, high, run) in enumerate(pairs):
        direction = 0
        if place + 1 < len(pairs):
            direction = 1 if pairs[place + 1][:2] > (low, high) else -1
        reading.append((low, high, direction, -direction * run))
    return tuple(reading)
