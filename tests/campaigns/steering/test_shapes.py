"""The shapes of charts: what is drawn is in proportion, and stays within the drawing."""

from __future__ import annotations

import pytest

from campaigns.steering.figure import in_words, share
from campaigns.steering.shapes import WIDEST, bars, ceiling, lines


def test_bars_are_in_proportion_to_the_longest() -> None:
    chart = bars([("A", "40", [30, 10]), ("B", "20", [20])])
    assert [part.width for part in chart.bars[0].parts] == ["58.50%", "19.50%"]
    assert [part.x for part in chart.bars[0].parts] == ["0.00%", "58.50%"]
    assert chart.bars[0].end == f"{WIDEST:.2f}%"
    assert chart.bars[1].end == "39.00%"


def test_a_part_without_anything_is_not_drawn_and_keeps_the_style_of_the_next() -> None:
    (bar,) = bars([("A", "5", [0, 5])]).bars
    assert [(part.style, part.x) for part in bar.parts] == [("second", "0.00%")]


def test_no_number_at_all_divides_by_nothing() -> None:
    assert bars([("A", "0", [0])]).bars[0].parts == ()
    assert lines([("A", [(1, 0)])], first=1, last=1, places=[]).lines[0].last == 0


def test_lines_go_from_the_foot_to_the_top() -> None:
    chart = lines([("A", [(10, 0), (20, 10)])], first=10, last=20, places=[(10, "début")])
    assert chart.lines[0].points == "0.0,200.0 1000.0,0.0"
    assert [level.label for level in chart.levels] == ["0", "5", "10"]


def test_a_deadline_out_of_sight_is_not_drawn() -> None:
    chart = lines([("A", [(1, 1)])], first=1, last=5, places=[], marks=[(9, "Date limite")])
    assert chart.marks == ()


@pytest.mark.parametrize(("value", "rounded"), [(0, 2), (3, 4), (11, 20), (61, 100), (401, 600)])
def test_the_top_is_a_round_number(value: int, rounded: int) -> None:
    assert ceiling(value) == rounded


@pytest.mark.parametrize(
    ("part", "whole", "words"),
    [
        (0, 0, ""),
        (0, 9, "0\u00a0%"),
        (1, 1000, "< 1\u00a0%"),
        (999, 1000, "99\u00a0%"),
        (1, 3, "33\u00a0%"),
        (3, 3, "100\u00a0%"),
    ],
)
def test_a_share_is_neither_none_of_some_nor_all_of_not_quite(
    part: int, whole: int, words: str
) -> None:
    assert share(part, whole) == words


def test_no_number_reads_as_a_dash() -> None:
    assert in_words(None) == "–"
