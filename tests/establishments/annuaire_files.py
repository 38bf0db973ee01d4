"""The real extract of the annuaire, and the other vintages made out of it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from functools import cache
from pathlib import Path

SAMPLE = Path(__file__).parents[1] / "data/annuaire/ille-et-vilaine-2023.csv"

Line = dict[str, str]


@cache
def _sample() -> tuple[Line, ...]:
    text = SAMPLE.read_text(encoding="utf-8-sig")
    return tuple(csv.DictReader(io.StringIO(text), delimiter=";"))


def sample_lines(limit: int | None = None) -> list[Line]:
    """The lines of the extract (Ille-et-Vilaine, June 2023), by heading; the caller's to change."""
    return [dict(line) for line in _sample()[:limit]]


def as_file(
    lines: Iterable[Line], *, separator: str = ";", encoding: str = "utf-8-sig"
) -> io.BytesIO:
    """`lines` as an export, open for reading."""
    lines = list(lines)
    text = io.StringIO()
    writer = csv.DictWriter(text, list(lines[0]), delimiter=separator, lineterminator="\n")
    writer.writeheader()
    writer.writerows(lines)
    return io.BytesIO(text.getvalue().encode(encoding))


def renamed(lines: Iterable[Line], headings: dict[str, str]) -> list[Line]:
    """`lines` with some headings changed."""
    return [{headings.get(key, key): value for key, value in line.items()} for line in lines]


def a_line(**cells: str) -> Line:
    """The first line of the extract with some cells changed; `_` stands for a space."""
    line = sample_lines(1)[0]
    for heading, value in cells.items():
        name = heading if heading in line else heading.replace("_", " ")
        assert name in line, heading
        line[name] = value
    return line
