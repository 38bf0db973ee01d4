"""The distribution of what a poster was given, as shapes to draw and as words. Pure values.

A method with few grades gives a bar, one segment a grade; the others give a line with a dot for
each value that a ballot gave.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contest.tally.counting import PosterCount
from contest.tally.definition import APPROVAL, CRITERIA, MAJORITY, NO, RANKING, YES, Round
from contest.tally.french import decimal

WIDTH = 240
HEIGHT = 28
MARGIN = 9
NARROWEST_LABEL = 14
LARGEST_DOT = 8


@dataclass(frozen=True)
class Segment:
    """A part of a bar, in the units of the drawing; `label` is empty where it does not fit."""

    x: int
    width: int
    style: str
    label: str

    @property
    def middle(self) -> int:
        """Where its label stands."""
        return self.x + self.width // 2


@dataclass(frozen=True)
class Dot:
    """A value that ballots gave, as large as they are many."""

    x: int
    radius: int


@dataclass(frozen=True)
class Chart:
    """A drawing of one poster's ballots: `segments` or `dots`, and the same in words.

    `mark`: where the median or the mean stands, if anywhere.
    """

    title: str
    description: str
    segments: tuple[Segment, ...] = ()
    dots: tuple[Dot, ...] = ()
    mark: int | None = None
    width: int = WIDTH
    height: int = HEIGHT


def columns_of(rules: Round) -> list[str]:
    """What the table of the distributions counts, column by column; see `cells_of`."""
    if rules.method == MAJORITY:
        return list(reversed(rules.mentions))
    if rules.method == APPROVAL:
        return [_("Keep"), _("Leave out"), _("Abstentions")]
    if rules.method == RANKING:
        return [_("Ranks given")]
    return [one.label for one in rules.criteria]


def cells_of(rules: Round, count: PosterCount) -> list[str]:
    """One poster's line of that table."""
    given = dict(count.points)
    if rules.method == MAJORITY:
        return [str(given.get(grade, 0)) for grade in reversed(range(len(rules.mentions)))]
    if rules.method == APPROVAL:
        return [str(given.get(YES, 0)), str(given.get(NO, 0)), str(count.abstentions)]
    if rules.method == RANKING:
        return [_values(count.points)]
    return [_values(one) for one in count.criteria]


def chart_of(rules: Round, count: PosterCount) -> Chart:
    """The drawing of what the ballots say of one poster."""
    title = ngettext(
        "Poster no. %(number)s: %(count)s ballot",
        "Poster no. %(number)s: %(count)s ballots",
        count.ballots,
    ) % {"number": count.number, "count": count.ballots}
    described = _described(rules, count)
    if rules.method == MAJORITY:
        grades = reversed(range(len(rules.mentions)))
        parts = [(f"mention-{grade}", dict(count.points).get(grade, 0)) for grade in grades]
        middle = WIDTH // 2 if count.ballots else None
        return Chart(title, described, _segments(parts), mark=middle)
    if rules.method == APPROVAL:
        given = dict(count.points)
        parts = [("yes", given.get(YES, 0)), ("no", given.get(NO, 0))]
        return Chart(title, described, _segments([*parts, ("abstention", count.abstentions)]))
    lowest, highest = _limits(rules)
    most = max((many for _value, many in count.points), default=1)
    dots = tuple(
        Dot(_place(Fraction(value), lowest, highest), max(3, LARGEST_DOT * many // most))
        for value, many in count.points
    )
    mark = None
    if rules.method == CRITERIA and count.ballots:
        mark = _place(count.mean * count.divisor, lowest, highest)
    return Chart(title, described, dots=dots, mark=mark)


def _described(rules: Round, count: PosterCount) -> str:
    if not count.ballots and not count.abstentions:
        return _("No ballot counts.")
    columns, cells = columns_of(rules), cells_of(rules, count)
    parts = [
        _("%(label)s: %(value)s") % {"label": label, "value": cells[place]}
        for place, label in enumerate(columns)
        if cells[place] != "0"
    ]
    return ", ".join(parts) + "."


def _values(distribution: tuple[tuple[int, int], ...]) -> str:
    """The values given, the one given by several told so: "2, 3 (twice), 5"."""
    return ", ".join(
        str(value)
        if many == 1
        else _("%(value)s (%(count)s times)") % {"value": value, "count": many}
        for value, many in distribution
    )


def _segments(parts: list[tuple[str, int]]) -> tuple[Segment, ...]:
    """The parts side by side over the whole width, without those of nobody."""
    total = sum(many for _style, many in parts)
    segments, before = [], 0
    for style, many in parts:
        if not many:
            continue
        start = WIDTH * before // total
        before += many
        width = WIDTH * before // total - start
        label = str(many) if width >= NARROWEST_LABEL else ""
        segments.append(Segment(start, width, style, label))
    return tuple(segments)


def _limits(rules: Round) -> tuple[int, int]:
    """The least and the most that a ballot can give, before the divisor."""
    questions = rules.questions
    return (
        rules.points([one.lowest for one in questions]),
        rules.points([one.scale for one in questions]),
    )


def _place(value: Fraction, lowest: int, highest: int) -> int:
    reach = WIDTH - 2 * MARGIN
    return MARGIN + int(reach * (value - lowest) / (highest - lowest))


def scale_in_words(rules: Round) -> str:
    """From where to where the line of a chart goes; empty for a bar."""
    if rules.method not in (CRITERIA, RANKING):
        return ""
    lowest, highest = _limits(rules)
    return _("from %(lowest)s to %(highest)s") % {
        "lowest": decimal(Fraction(lowest, rules.divisor)),
        "highest": decimal(Fraction(highest, rules.divisor)),
    }
