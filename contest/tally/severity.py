"""How severe each juror is, and what the posters would have got from an even jury.

Least squares of `grade = mean + poster + juror`, exact: poster effects sum to zero, juror effects
too. For panels that are not the same for every poster; with complete panels it changes no place.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from contest.tally.connection import juror_groups
from contest.tally.errors import Disconnected


@dataclass(frozen=True)
class Severity:
    """The fit: `mean`, what each poster is worth above it, what each juror gives above it."""

    mean: Fraction
    posters: dict[int, Fraction]
    jurors: dict[str, Fraction]

    def adjusted(self, number: int) -> Fraction:
        """The grade of a poster from an even jury."""
        return self.mean + self.posters[number]


def fit_severity(grades: Iterable[tuple[str, int, Fraction]]) -> Severity:
    """Fit juror, poster, grade; one grade at most for each juror and poster.

    Raises:
        Disconnected: there is no grade, or groups of jurors share no poster (`groups`).
    """
    given = {(juror, number): Fraction(grade) for juror, number, grade in grades}
    groups = juror_groups(given)
    if len(groups) != 1:
        raise Disconnected("disconnected", groups=groups)
    jurors = list(groups[0])
    panels: dict[int, dict[str, Fraction]] = {}
    for (juror, number), grade in sorted(given.items()):
        panels.setdefault(number, {})[juror] = grade
    jurors_effects = _juror_effects(jurors, panels)
    levels = {
        number: sum((grade - jurors_effects[juror] for juror, grade in panel.items()), Fraction())
        / len(panel)
        for number, panel in panels.items()
    }
    mean = sum(levels.values(), Fraction()) / len(levels)
    return Severity(
        mean, {number: level - mean for number, level in levels.items()}, jurors_effects
    )


def _juror_effects(
    jurors: list[str], panels: dict[int, dict[str, Fraction]]
) -> dict[str, Fraction]:
    """Solve the normal equations once the posters are eliminated: one unknown a juror.

    Whole numbers throughout: grades are brought to one denominator, equations multiplied by the
    least common multiple of the panels' sizes.
    """
    place = {juror: index for index, juror in enumerate(jurors)}
    unit = math.lcm(*(grade.denominator for panel in panels.values() for grade in panel.values()))
    scale = math.lcm(*(len(panel) for panel in panels.values()))
    size = len(jurors)
    rows = [[0] * (size + 1) for _juror in jurors]
    for panel in panels.values():
        share = scale // len(panel)
        whole = {place[juror]: int(grade * unit) for juror, grade in panel.items()}
        total = sum(whole.values())
        for one, grade in whole.items():
            rows[one][one] += scale
            rows[one][size] += scale * grade - share * total
            for other in whole:
                rows[one][other] -= share
    # The equations say the same thing once too often; the last makes room for the sum of zero.
    rows[-1] = [1] * size + [0]
    effects = _solve(rows)
    return {juror: effects[place[juror]] / unit for juror in jurors}


def _solve(rows: list[list[int]]) -> list[Fraction]:
    """The only solution of linear equations in whole numbers (Bareiss: divisions come out even)."""
    size = len(rows)
    previous = 1
    for column in range(size):
        pivot = next(index for index in range(column, size) if rows[index][column])
        rows[column], rows[pivot] = rows[pivot], rows[column]
        head = rows[column]
        for index in range(column + 1, size):
            row = rows[index]
            rows[index] = [
                (head[column] * row[place] - row[column] * head[place]) // previous
                for place in range(size + 1)
            ]
        previous = head[column]
    solution = [Fraction()] * size
    for index in range(size - 1, -1, -1):
        known = sum(
            (rows[index][place] * solution[place] for place in range(index + 1, size)), Fraction()
        )
        solution[index] = (rows[index][size] - known) / rows[index][index]
    return solution
