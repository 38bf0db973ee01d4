"""Workbooks for Excel and LibreOffice (.xlsx), written row by row, safe to open.

What people typed stays text: a title such as `=HYPERLINK(...)` is never run, neither when the
file opens nor when a cell is edited afterwards.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, BinaryIO, Final

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from .open_xml import Cell, SheetFile, Style, parts_of

MOST_ROWS = 1_048_576
LONGEST_TEXT = 32_767
"""Of one cell, in the UTF-16 units that Excel counts; likewise `LONGEST_TITLE`."""
LONGEST_TITLE = 31
MOST_DIGITS = 15
"""Beyond these a spreadsheet rounds a number, so that it is written as text."""
FIRST_DAY = date(1900, 3, 1)
"""Before this day spreadsheets disagree on dates, or know none."""

_RUN_AS_FORMULA = tuple("=+-@|%\t\r\n")
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ESCAPE = re.compile("_x(?=[0-9A-Fa-f]{4}_)")
_NOT_IN_TITLES = re.compile(r"[\[\]:*?/\\\x00-\x1f]+")
_RESERVED_TITLES = frozenset({"history", "historique"})


class Kind(StrEnum):
    """How a column shows its values. A value of another kind is written as text."""

    TEXT = "text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    COORDINATE = "coordinate"
    DATE = "date"
    DATE_TIME = "date and time"


_NUMBERS: Final = {
    Kind.INTEGER: Style.INTEGER,
    Kind.DECIMAL: Style.DECIMAL,
    Kind.COORDINATE: Style.COORDINATE,
}
_DAY_ZERO: Final = datetime(1899, 12, 30)  # noqa: DTZ001 - spreadsheets know no time zone


@dataclass(frozen=True)
class Column:
    """A column: what its head says, and its width in characters."""

    label: str
    width: float = 18
    kind: Kind = Kind.TEXT


@dataclass(frozen=True)
class Sheet:
    """A sheet of a workbook. `rows` may be a generator; each row has a value for each column."""

    title: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Any]]


class TooManyRows(ValueError):
    """A sheet would have more rows than spreadsheets read."""


def write_workbook(target: BinaryIO, sheets: Sequence[Sheet]) -> None:
    """Write `sheets` to `target`, which stays open, as `workbook_parts` makes them."""
    for part in workbook_parts(sheets):
        target.write(part)


def workbook_parts(sheets: Sequence[Sheet]) -> Iterator[bytes]:
    """The bytes of an .xlsx file of `sheets`, piece by piece; memory does not grow with the rows.

    Texts that a spreadsheet could run are typed as text and marked so (Excel's quote prefix):
    they read as they were typed. Instants are written in the site's time zone. True and false
    become words.

    Args:
        sheets: at least one.

    Raises:
        TooManyRows: a sheet has more than `MOST_ROWS` rows with its head.
        ValueError: there is no sheet, or a row has more or fewer values than there are columns.
    """
    if not sheets:
        raise ValueError("a workbook has at least one sheet")
    titles = sheet_titles(each.title for each in sheets)
    return parts_of(
        [
            SheetFile(title, [column.width for column in sheet.columns], _rows(title, sheet))
            for title, sheet in zip(titles, sheets, strict=True)
        ],
        settings.WAGTAIL_SITE_NAME,
    )


def defused(text: str) -> str:
    """`text` for a cell of a CSV file, with an apostrophe where a spreadsheet would run it.

    A CSV file has no types: this is all that can be done, and what spreadsheets do themselves.
    """
    return f"'{text}" if _could_run(text) else text


def sheet_titles(titles: Iterable[str]) -> list[str]:
    """`titles` as spreadsheets accept them: short, plain, each one once, in their order."""
    taken: set[str] = set()
    accepted = []
    for title in titles:
        plain = " ".join(_NO_XML.sub("", _NOT_IN_TITLES.sub(" ", str(title))).split())
        plain = _cut(plain, LONGEST_TITLE).strip("' ") or _("Sheet")
        candidate, number = plain, 1
        while candidate.casefold() in taken or candidate.casefold() in _RESERVED_TITLES:
            number += 1
            ending = f" ({number})"
            candidate = _cut(plain, LONGEST_TITLE - len(ending)).rstrip("' ") + ending
        taken.add(candidate.casefold())
        accepted.append(candidate)
    return accepted


def _rows(title: str, sheet: Sheet) -> Iterator[Sequence[Cell | None]]:
    yield [_head(column.label) for column in sheet.columns]
    kinds = [column.kind for column in sheet.columns]
    for count, row in enumerate(sheet.rows, start=2):
        if count > MOST_ROWS:
            raise TooManyRows(f"{title}: more than {MOST_ROWS} rows")
        yield [_cell(value, kind) for value, kind in zip(row, kinds, strict=True)]


def _head(label: str) -> Cell:
    text = _plain(str(label))
    return text, Style.QUOTED_HEAD if _could_run(text) else Style.HEAD


def _cell(value: Any, kind: Kind) -> Cell | None:
    """What the file holds for `value`, and how it shows."""
    if value is None or value == "":
        return None
    if isinstance(value, date) and kind in {Kind.DATE, Kind.DATE_TIME}:
        moment = _local(value)
        if kind is Kind.DATE and isinstance(moment, datetime):
            moment = moment.date()
        day = moment.date() if isinstance(moment, datetime) else moment
        if day >= FIRST_DAY:
            return _dated(moment)
    if kind in _NUMBERS and _is_number(value):
        return value, _NUMBERS[kind]
    text = _plain(_words(value))
    if _could_run(text):
        # As if an apostrophe had been typed: the text stays text when the cell is edited.
        return text, Style.QUOTED
    if text.startswith("#"):  # begins errors
        return text, Style.TEXT
    return (text, Style.PLAIN) if text else None


def _dated(moment: date) -> Cell:
    if isinstance(moment, datetime):
        since = moment - _DAY_ZERO
        return since.days + (since.seconds + since.microseconds / 1e6) / 86_400, Style.DATE_TIME
    return (moment - _DAY_ZERO.date()).days, Style.DATE


def _could_run(text: str) -> bool:
    if text[:1].isalnum():
        return False  # most texts: spares a copy of long ones
    return text.startswith(_RUN_AS_FORMULA) or text.lstrip().startswith(_RUN_AS_FORMULA)


def _local(value: date) -> date:
    if isinstance(value, datetime) and timezone.is_aware(value):
        return timezone.make_naive(value)
    return value


def _is_number(value: Any) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return False
    return math.isfinite(value) and abs(value) < 10**MOST_DIGITS


def _words(value: Any) -> str:
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, datetime):
        return f"{_local(value):%Y-%m-%d %H:%M}"
    return str(value)


def _plain(text: str) -> str:
    """`text` without what XML forbids, of a length that a cell holds, read as it is written."""
    return _ESCAPE.sub("_x005F_x", _cut(_NO_XML.sub("", text), LONGEST_TEXT))


def _cut(text: str, units: int) -> str:
    if len(text) * 2 <= units or len(text.encode("utf-16-le")) <= 2 * units:
        return text
    shorter = text.encode("utf-16-le")[: 2 * (units - 1)].decode("utf-16-le", "ignore")
    return shorter.rstrip() + "…"
