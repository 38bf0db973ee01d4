"""What an import did, as it is stored and as it is told."""

from __future__ import annotations

from datetime import date
from typing import Any, TypedDict

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from .directory_import import ImportResult


class ImportReport(TypedDict):
    """An `ImportResult` as JSON; `errors` holds pairs of line number and reason."""

    rows: int
    establishments: int
    created: int
    updated: int
    unchanged: int
    merged: int
    rejected: int
    errors: list[tuple[int, str]]
    untouched: list[str]
    last_change: str


def report_of(result: ImportResult) -> ImportReport:
    """`result` as it is stored with an import."""
    return {
        "rows": result.rows,
        "establishments": result.establishments,
        "created": result.created,
        "updated": result.updated,
        "unchanged": result.unchanged,
        "merged": result.merged,
        "rejected": result.rejected,
        "errors": [(bad.line, bad.message) for bad in result.errors],
        "untouched": result.untouched,
        "last_change": result.last_change.isoformat() if result.last_change else "",
    }


def figures(report: ImportReport | dict[str, Any]) -> list[tuple[str, str]]:
    """Label and figure, in the order of reading and in the active language."""
    counts = [
        (_("Lines read"), report["rows"]),
        (_("Establishments of the file"), report["establishments"]),
        (_("Created"), report["created"]),
        (_("Updated"), report["updated"]),
        (_("Unchanged"), report["unchanged"]),
        (_("Lines merged into another of the same UAI"), report["merged"]),
        (_("Entered by hand, left as they are"), len(report["untouched"])),
        (_("Lines left out"), report["rejected"]),
    ]
    told = [(label, number_format(count, use_l10n=True)) for label, count in counts]
    if report["last_change"]:
        day = date.fromisoformat(report["last_change"])
        told.append((_("Latest change in the file"), date_format(day)))
    return told
