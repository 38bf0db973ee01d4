"""The open data as CSV: line after line, in the form that French spreadsheets open by a click."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any, Final

from home.spreadsheets import defused

CONTENT_TYPE: Final = "text/csv; charset=utf-8"
MARK: Final = "\ufeff"
"""Without it Excel takes UTF-8 for Windows-1252."""
SEPARATOR: Final = ";"
BETWEEN: Final = " | "
"""Between the values of one cell."""


class _Line:
    """A file that hands each line back instead of keeping it."""

    def write(self, text: str) -> str:
        """What `csv` writes."""
        return text


def lines(heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """The lines of a CSV file, its head first; nothing is kept of a line once it is given.

    Instants, days and hours are written as ISO 8601, true and false as `true` and `false`, lists
    in one cell with `BETWEEN` between them. A text that a spreadsheet would run as a formula gets
    an apostrophe in front.
    """
    writer = csv.writer(_Line(), delimiter=SEPARATOR, lineterminator="\r\n")
    yield MARK + writer.writerow([defused(head) for head in heads])
    for row in rows:
        yield writer.writerow([cell(value) for value in row])


def cell(value: Any) -> str | int | float:
    """`value` as one cell."""
    if value is None or value == "":
        return ""
    if type(value) is str and value[0].isalnum() and "\r" not in value and "\0" not in value:
        return value  # most are: nothing runs that begins with a letter or a digit
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return value
    return defused(plain(value))


def plain(value: Any) -> str:
    """`value` as a text, whatever it is made of."""
    if isinstance(value, str):
        return _one_kind_of_line_end(value)
    if isinstance(value, Mapping):
        return ", ".join(text for one in value.values() if (text := plain(one)))
    if isinstance(value, list | tuple):
        return BETWEEN.join(map(plain, value))
    if isinstance(value, date | time):
        return _moment(value)
    return "" if value is None else _one_kind_of_line_end(str(value))


def _one_kind_of_line_end(text: str) -> str:
    # NUL goes too: it stops many readers.
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")


def _moment(value: date | time) -> str:
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    return value.isoformat(timespec="minutes") if isinstance(value, time) else value.isoformat()
