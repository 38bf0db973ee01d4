"""The shapes of charts: bars and lines as what SVG elements need. Pure values, no words of ours.

Horizontal places are percentages of the drawing's width, heights are pixels: a drawing then fills
its column, and its words keep their size on a phone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

ROW = 46
"""Pixels of a bar with the line of its label."""
WIDEST = 78
"""Percent of the drawing that the longest bar takes; its number stands beside it."""
WIDEST_WITH_WORDS = 52
"""The same, where words stand beside it: "7 sur 12, 58 %"."""
PLOT = 200
"""Pixels between the foot and the top of lines."""
PLOT_WIDTH = 1_000
"""Units of a line's own width, stretched to that of the drawing."""
MOST_LETTERS = 44
"""Of a bar's label, which a phone shows on one line; the table has it whole."""

STYLES = ("first", "second", "third")
"""How the parts of bars and the lines differ: by a fill or a stroke, not by colour alone."""


@dataclass(frozen=True)
class Part:
    """A part of a bar: where it starts, how wide it is, how it is filled."""

    x: str
    width: str
    style: str


@dataclass(frozen=True)
class Bar:
    """A bar of parts side by side, its label above, its number at the end; `y` is its top."""

    label: str
    value: str
    y: int
    parts: tuple[Part, ...]
    end: str

    @property
    def label_y(self) -> int:
        """The base of the label's letters."""
        return self.y + 15

    @property
    def bar_y(self) -> int:
        """The top of the bar itself."""
        return self.y + 22

    @property
    def value_y(self) -> int:
        """The base of the number's letters."""
        return self.y + 35


@dataclass(frozen=True)
class BarChart:
    """Bars one below the other."""

    bars: tuple[Bar, ...]

    kind = "bars"

    @property
    def height(self) -> int:
        """Of the drawing, in pixels."""
        return len(self.bars) * ROW + 4


@dataclass(frozen=True)
class Line:
    """A line through `points`, "x,y" in the units of the plot, and the last value it has."""

    label: str
    style: str
    points: str
    last: int


@dataclass(frozen=True)
class Mark:
    """A line across the drawing, with its words: `x` of a day, or `y` of a number."""

    label: str
    x: str = ""
    y: int = 0
    anchor: str = "start"


@dataclass(frozen=True)
class LineChart:
    """Lines over time; `levels` are the numbers across, `places` the days along the foot."""

    lines: tuple[Line, ...]
    levels: tuple[Mark, ...]
    places: tuple[Mark, ...]
    marks: tuple[Mark, ...] = ()

    kind = "lines"
    plot = PLOT
    plot_width = PLOT_WIDTH
    top = 24
    height = PLOT + 54

    @property
    def foot(self) -> int:
        """Where the lowest value stands."""
        return self.top + PLOT


def bars(rows: Sequence[tuple[str, str, Sequence[int]]], *, widest: int = WIDEST) -> BarChart:
    """A bar for each row: its label, what stands at its end, the numbers of its parts."""
    longest = max((sum(parts) for _label, _value, parts in rows), default=0) or 1
    drawn = []
    for place, (label, value, numbers) in enumerate(rows):
        start, parts = 0.0, []
        for style, number in zip(STYLES, numbers, strict=False):
            width = widest * number / longest
            if number:
                parts.append(Part(percent(start), percent(width), style))
            start += width
        drawn.append(Bar(shortened(label), value, place * ROW, tuple(parts), percent(start)))
    return BarChart(tuple(drawn))


def lines(
    series: Sequence[tuple[str, Sequence[tuple[int, int]]]],
    *,
    first: int,
    last: int,
    places: Sequence[tuple[int, str]],
    marks: Sequence[tuple[int, str]] = (),
) -> LineChart:
    """A line for each series of (day, value), days being any integers from `first` to `last`.

    Args:
        places: the days named along the foot.
        marks: the days at which a line stands, as a deadline.
    """
    highest = ceiling(max((value for _name, held in series for _day, value in held), default=0))
    span = max(last - first, 1)

    def along(day: int) -> float:
        return (day - first) / span

    drawn = tuple(
        Line(
            name,
            style,
            " ".join(
                f"{along(day) * PLOT_WIDTH:.1f},{PLOT - PLOT * value / highest:.1f}"
                for day, value in held
            ),
            held[-1][1] if held else 0,
        )
        for style, (name, held) in zip(STYLES, series, strict=False)
    )
    across = tuple(
        Mark(str(value), y=LineChart.top + PLOT - PLOT * value // highest)
        for value in (0, highest // 2, highest)
    )
    return LineChart(
        drawn,
        across,
        tuple(_mark(along(day), label) for day, label in places),
        tuple(_mark(along(day), label) for day, label in marks if first <= day <= last),
    )


def _mark(along: float, label: str) -> Mark:
    anchor = "start" if along < 0.15 else "end" if along > 0.85 else "middle"
    return Mark(label, x=percent(100 * along), anchor=anchor)


def ceiling(value: int) -> int:
    """The next round number, twice a whole one: 2, 4, 10, 20, 40, 100…"""
    step = 1
    while True:
        for factor in (2, 4, 6, 10):
            if value <= factor * step:
                return factor * step
        step *= 10


def percent(value: float) -> str:
    """A length for an SVG attribute, with a point whatever the language."""
    return f"{value:.2f}%"


def shortened(label: str) -> str:
    """A label that fits above its bar on a phone."""
    return label if len(label) <= MOST_LETTERS else f"{label[: MOST_LETTERS - 1].rstrip()}…"
