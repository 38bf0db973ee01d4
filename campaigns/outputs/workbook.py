"""The open data as a workbook: the fiches, and a sheet that says what the columns are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, BinaryIO, Final

from django.utils.translation import gettext as _

from home.spreadsheets import Column, Kind, Sheet, write_workbook

from .about import LICENCE, LICENCE_ADDRESS, About
from .columns import PublicColumn
from .delimited import plain

CONTENT_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def write(
    target: BinaryIO,
    about: About,
    columns: Sequence[PublicColumn],
    rows: Iterable[Sequence[Any]],
) -> None:
    """Write the file to `target`.

    Raises:
        home.spreadsheets.TooManyRows: there are more fiches than a sheet holds.
    """
    fiches = Sheet(
        _("Fiches"),
        [Column(str(column.label), column.width, column.kind) for column in columns],
        ([_cell(value) for value in row] for row in rows),
    )
    write_workbook(target, [fiches, _about_sheet(about, columns)])


def _cell(value: Any) -> Any:
    return plain(value) if isinstance(value, list) else value


def _about_sheet(about: About, columns: Sequence[PublicColumn]) -> Sheet:
    facts: list[tuple[str, str, Any]] = [
        (_("Title"), "", about.title),
        (_("Source"), "", about.source),
        (_("Licence"), "", f"{LICENCE} ({LICENCE_ADDRESS})"),
        (_("Date of last update"), "", about.updated_at),
        (_("Selection"), "", about.chosen_in_words),
        (_("Number of fiches"), "", str(about.total)),
        (_("Address of the selection"), "", about.address),
        ("", "", ""),
    ]
    described = [(str(column.label), column.key, str(column.description)) for column in columns]
    return Sheet(
        _("About these data"),
        [
            Column(_("Part or column"), 28),
            Column(_("Name in CSV and JSON"), 26),
            Column(_("What it is"), 80, Kind.DATE_TIME),
        ],
        [*facts, *described],
    )
