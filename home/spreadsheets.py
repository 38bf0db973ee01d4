"""Workbooks for Excel and LibreOffice (.xlsx), written row by row, safe to open.

What people typed stays text: a title such as `=HYPERLINK(...)` is never run, neither when the
file opens nor when a cell is edited afterwards.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, BinaryIO

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

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


_FORMATS = {
    Kind.TEXT: "@",
    Kind.INTEGER: "0",
    Kind.DECIMAL: "0.00",
    Kind.COORDINATE: "0.000000",
    Kind.DATE: "dd/mm/yyyy",
    Kind.DATE_TIME: "dd/mm/yyyy hh:mm",
}


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
    """Write `sheets` to `target` as an .xlsx file; memory does not grow with the rows.

    Texts that a spreadsheet could run are typed as text and marked so (Excel's quote prefix):
    they read as they were typed. Instants are written in the site's time zone. True and false
    become words.

    Args:
        target: where the file goes; it stays open.
        sheets: at least one.

    Raises:
        TooManyRows: a sheet has more than `MOST_ROWS` rows with its head.
        ValueError: there is no sheet, or a row has more or fewer values than there are columns.
    """
    if not sheets:
        raise ValueError("a workbook has at least one sheet")
    book = Workbook(write_only=True)
    book.properties.creator = settings.WAGTAIL_SITE_NAME
    try:
        for title, sheet in zip(sheet_titles(each.title for each in sheets), sheets, strict=True):
            _write_sheet(book, title, sheet)
        book.save(target)
    finally:
        _discard(book)


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


def _write_sheet(book: Workbook, title: str, sheet: Sheet) -> None:
    page: Any = book.create_sheet(title)
    page.freeze_panes = "A2"
    for number, column in enumerate(sheet.columns, start=1):
        page.column_dimensions[get_column_letter(number)].width = column.width
    page.append([_head(page, column.label) for column in sheet.columns])
    count = 1
    for row in sheet.rows:
        count += 1
        if count > MOST_ROWS:
            raise TooManyRows(f"{title}: more than {MOST_ROWS} rows")
        cells = zip(row, sheet.columns, strict=True)
        page.append([_cell(page, value, column.kind) for value, column in cells])
    # Known only now; openpyxl writes it after the rows.
    page.auto_filter.ref = f"A1:{get_column_letter(len(sheet.columns))}{count}"


def _head(page: Any, label: str) -> Any:
    cell = _text_cell(page, _plain(str(label)))
    cell.font = Font(bold=True)
    cell.alignment = Alignment(vertical="top", wrap_text=True)
    return cell


def _cell(page: Any, value: Any, kind: Kind) -> Any:
    """What `page` takes for `value`: nothing, a plain text, or a cell with its own style."""
    if value is None:
        return None
    if isinstance(value, date) and kind in {Kind.DATE, Kind.DATE_TIME}:
        moment = _local(value)
        if kind is Kind.DATE and isinstance(moment, datetime):
            moment = moment.date()
        day = moment.date() if isinstance(moment, datetime) else moment
        if day >= FIRST_DAY:
            shown = Kind.DATE_TIME if isinstance(moment, datetime) else Kind.DATE
            return _styled(page, moment, shown)
    if kind in {Kind.INTEGER, Kind.DECIMAL, Kind.COORDINATE} and _is_number(value):
        return _styled(page, value, kind)
    text = _plain(_words(value))
    # Only what could be taken for something else needs a cell of its own; "#" begins errors.
    return _text_cell(page, text) if _could_run(text) or text.startswith("#") else text or None


def _styled(page: Any, value: Any, kind: Kind) -> Any:
    cell = WriteOnlyCell(page, value)
    cell.number_format = _FORMATS[kind]
    return cell


def _text_cell(page: Any, text: str) -> Any:
    cell: Any = WriteOnlyCell(page, text)
    cell.data_type = "s"
    cell.number_format = _FORMATS[Kind.TEXT]
    if _could_run(text):
        # As if an apostrophe had been typed: the text stays text when the cell is edited.
        cell.quotePrefix = True
    return cell


def _could_run(text: str) -> bool:
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


def _discard(book: Any) -> None:
    # openpyxl keeps each sheet in a temporary file, and leaves it when writing fails.
    for page in book.worksheets:
        if page._writer is not None and not page.closed:
            page.close()
            page._writer.cleanup()
