"""A figure as pages and spreadsheets show it: its definition, its chart, its table. Pure values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils.formats import number_format
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from datetime import date

    from .shapes import BarChart, LineChart

Cell = int | str | None


@dataclass(frozen=True)
class Row:
    """A line of a figure's table: what it is about, its numbers, where its fiches are listed.

    `link` leads from the label; `cell_links` from each number, empty where it leads nowhere.
    """

    label: str
    cells: Sequence[Cell]
    link: str = ""
    day: date | None = None
    cell_links: Sequence[str] = ()

    @property
    def shown(self) -> list[str]:
        """The numbers as they are read: "1 250", "–" for none."""
        return [in_words(cell) for cell in self.cells]

    @property
    def shown_links(self) -> list[tuple[str, str]]:
        """The numbers as they are read, each with where it leads; nowhere where it is nought."""
        links = [*self.cell_links, *[""] * (len(self.cells) - len(self.cell_links))]
        return [
            (in_words(cell), link if cell else "")
            for cell, link in zip(self.cells, links, strict=True)
        ]


@dataclass(frozen=True)
class KeyNumber:
    """One number that stands by itself, what it counts, and what it is compared with.

    `link` leads to what is counted; `link_words` say so.
    """

    label: str
    value: Cell
    definition: str
    compared: str = ""
    link: str = ""
    link_words: str = ""

    @property
    def shown(self) -> str:
        """The number as it is read."""
        return in_words(self.value)


@dataclass(frozen=True)
class Figure:
    """A chart with the sentence that defines it and the table that says the same.

    `key` names it in addresses and ids. `legend` has the style and the words of each part of the
    chart. `note` says what the table alone would not.
    """

    key: str
    title: str
    definition: str
    columns: Sequence[str]
    rows: Sequence[Row]
    chart: BarChart | LineChart | None = None
    description: str = ""
    legend: Sequence[tuple[str, str]] = ()
    note: str = ""
    missing: Sequence[str] = field(default=())

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to draw."""
        return not self.rows


def in_words(cell: Cell) -> str:
    """A cell as it is read."""
    if cell is None:
        return "–"
    if isinstance(cell, int):
        return number_format(cell, force_grouping=True)
    return cell


def share(part: int, whole: int) -> str:
    """A share in whole percent: "21 %"; empty of nothing. Under a half percent is told so."""
    if not whole:
        return ""
    rounded = (200 * part + whole) // (2 * whole)
    # Neither 0 of some nor 100 of not quite all.
    if rounded == 0 and part:
        return "< 1\u00a0%"
    if rounded == 100 and part < whole:
        rounded = 99
    return f"{rounded}\u00a0%"


def described(pairs: Sequence[tuple[str, str]]) -> str:
    """What bars show, for those who do not see them."""
    told = (_("%(label)s: %(value)s") % {"label": label, "value": value} for label, value in pairs)
    return f"{', '.join(told)}."
