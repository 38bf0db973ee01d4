"""The .xlsx format (Office Open XML, ECMA-376): a workbook sent while it is written.

Each sheet is written row after row into a zip file that nobody has to read back, so that its
beginning leaves before its end is known and memory does not grow with the rows. What a cell holds
and how it shows is decided by `home.spreadsheets`.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import IntEnum
from html import escape
from typing import Final

SENT_AT_ONCE: Final = 65_536
"""Characters of a sheet that are put together before they are compressed and sent."""


class Style(IntEnum):
    """How a cell shows, by its number in the styles of the file."""

    PLAIN = 0
    HEAD = 1
    QUOTED_HEAD = 2
    TEXT = 3
    QUOTED = 4
    INTEGER = 5
    DECIMAL = 6
    COORDINATE = 7
    DATE = 8
    DATE_TIME = 9


Cell = tuple[str | float, Style]
"""A text, or a number, and its style. A date is the number of days since 1899-12-30."""


@dataclass(frozen=True)
class SheetFile:
    """One sheet, its first row frozen and able to filter the others.

    Args:
        title: as spreadsheets accept it.
        widths: of the columns, in characters.
        rows: the cells of each row, the first one included; None leaves one empty.
    """

    title: str
    widths: Sequence[float]
    rows: Iterable[Sequence[Cell | None]]


class _Outlet:
    """A file that is taken away piece by piece; zipfile finds out that it cannot be sought."""

    def __init__(self) -> None:
        self._held: list[bytes] = []

    def write(self, part: bytes) -> int:
        self._held.append(bytes(part))
        return len(part)

    def flush(self) -> None:
        """Nothing is kept back."""

    def taken(self) -> bytes:
        """What was written since the last time."""
        held = b"".join(self._held)
        self._held.clear()
        return held


def parts_of(sheets: Sequence[SheetFile], creator: str) -> Iterator[bytes]:
    """The bytes of the workbook of `sheets`, piece by piece."""
    outlet = _Outlet()
    with zipfile.ZipFile(outlet, "w", zipfile.ZIP_DEFLATED, compresslevel=4) as book:  # type: ignore[call-overload]
        book.writestr("[Content_Types].xml", _content_types(len(sheets)))
        book.writestr("_rels/.rels", _relationships([("officeDocument", "xl/workbook.xml")], CORE))
        book.writestr("docProps/core.xml", _properties(creator))
        book.writestr("xl/styles.xml", STYLES)
        book.writestr("xl/_rels/workbook.xml.rels", _relationships_of_workbook(len(sheets)))
        yield outlet.taken()
        ranges = []
        for number, sheet in enumerate(sheets, start=1):
            letters = [letters_of(column) for column in range(1, len(sheet.widths) + 1)]
            count = 0
            with book.open(f"xl/worksheets/sheet{number}.xml", "w") as target:
                waiting = [_sheet_head(sheet)]
                size = 0
                for count, row in enumerate(sheet.rows, start=1):
                    written = _row(count, row, letters)
                    waiting.append(written)
                    size += len(written)
                    if size > SENT_AT_ONCE:
                        target.write("".join(waiting).encode())
                        waiting, size = [], 0
                        if part := outlet.taken():
                            yield part
                reach = f"A1:{letters[-1]}{count}"
                waiting.append(f'</sheetData><autoFilter ref="{reach}"/></worksheet>')
                target.write("".join(waiting).encode())
            ranges.append((sheet.title, f"$A$1:${letters[-1]}${count}"))
        book.writestr("xl/workbook.xml", _workbook(ranges))
    yield outlet.taken()


def letters_of(column: int) -> str:
    """What spreadsheets call the column of that number, from 1: A, Z, AA."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _row(number: int, cells: Sequence[Cell | None], letters: Sequence[str]) -> str:
    written = []
    for letter, cell in zip(letters, cells, strict=True):
        if cell is None:
            continue
        value, style = cell
        styled = f' s="{style:d}"' if style else ""
        if isinstance(value, str):
            space = ' xml:space="preserve"' if value != value.strip() or "\n" in value else ""
            text = escape(value, quote=False)
            written.append(
                f'<c r="{letter}{number}"{styled} t="inlineStr"><is><t{space}>{text}</t></is></c>'
            )
        else:
            written.append(f'<c r="{letter}{number}"{styled}><v>{value}</v></c>')
    return f'<row r="{number}">{"".join(written)}</row>'


DECLARED: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
CORE: Final = (
    f'<Relationship Id="core" Type="{PACKAGE}/relationships/metadata/core-properties" '
    'Target="docProps/core.xml"/>'
)


def _content_types(sheets: int) -> str:
    base = "application/vnd.openxmlformats-"
    told = [
        ("/xl/workbook.xml", "officedocument.spreadsheetml.sheet.main+xml"),
        ("/xl/styles.xml", "officedocument.spreadsheetml.styles+xml"),
        ("/docProps/core.xml", "package.core-properties+xml"),
        *(
            (f"/xl/worksheets/sheet{number}.xml", "officedocument.spreadsheetml.worksheet+xml")
            for number in range(1, sheets + 1)
        ),
    ]
    return (
        f'{DECLARED}<Types xmlns="{PACKAGE}/content-types">'
        f'<Default Extension="rels" ContentType="{base}package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        + "".join(
            f'<Override PartName="{name}" ContentType="{base}{kind}"/>' for name, kind in told
        )
        + "</Types>"
    )


def _relationships(told: Iterable[tuple[str, str]], more: str = "") -> str:
    return (
        f'{DECLARED}<Relationships xmlns="{PACKAGE}/relationships">'
        + "".join(
            f'<Relationship Id="rId{number}" Type="{OFFICE}/{kind}" Target="{target}"/>'
            for number, (kind, target) in enumerate(told, start=1)
        )
        + f"{more}</Relationships>"
    )


def _relationships_of_workbook(sheets: int) -> str:
    files = [("worksheet", f"worksheets/sheet{number}.xml") for number in range(1, sheets + 1)]
    return _relationships([*files, ("styles", "styles.xml")])


def _properties(creator: str) -> str:
    at = f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"
    return (
        f'{DECLARED}<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:creator>{escape(creator)}</dc:creator>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{at}</dcterms:created>'
        "</cp:coreProperties>"
    )


def _workbook(ranges: Sequence[tuple[str, str]]) -> str:
    sheets = "".join(
        f'<sheet name="{escape(title)}" sheetId="{number}" r:id="rId{number}"/>'
        for number, (title, _reach) in enumerate(ranges, start=1)
    )
    filters = "".join(
        f'<definedName name="_xlnm._FilterDatabase" localSheetId="{number}" hidden="1">'
        f"'{escape(title.replace(QUOTE, QUOTE * 2), quote=False)}'!{reach}</definedName>"
        for number, (title, reach) in enumerate(ranges)
    )
    return (
        f'{DECLARED}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">'
        f"<sheets>{sheets}</sheets><definedNames>{filters}</definedNames></workbook>"
    )


QUOTE: Final = "'"


def _sheet_head(sheet: SheetFile) -> str:
    columns = "".join(
        f'<col min="{number}" max="{number}" width="{width}" customWidth="1"/>'
        for number, width in enumerate(sheet.widths, start=1)
    )
    return (
        f'{DECLARED}<worksheet xmlns="{MAIN}"><sheetViews><sheetView workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
        f"</sheetView></sheetViews><cols>{columns}</cols><sheetData>"
    )


_HEAD: Final = '<alignment vertical="top" wrapText="1"/>'
STYLES: Final = (
    f'{DECLARED}<styleSheet xmlns="{MAIN}"><numFmts count="3">'
    '<numFmt numFmtId="164" formatCode="0.000000"/>'
    '<numFmt numFmtId="165" formatCode="dd/mm/yyyy"/>'
    '<numFmt numFmtId="166" formatCode="dd/mm/yyyy hh:mm"/></numFmts>'
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    "<borders><border><left/><right/><top/><bottom/><diagonal/></border></borders>"
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    "<cellXfs>"
    + "".join(
        f'<xf numFmtId="{shown}" fontId="{font}" fillId="0" borderId="0" xfId="0" '
        f'applyNumberFormat="1" applyFont="1"{quoted}>{aligned}</xf>'
        for shown, font, quoted, aligned in (  # in the order of `Style`; 49 is text, "@"
            (0, 0, "", ""),
            (49, 1, ' applyAlignment="1"', _HEAD),
            (49, 1, ' applyAlignment="1" quotePrefix="1"', _HEAD),
            (49, 0, "", ""),
            (49, 0, ' quotePrefix="1"', ""),
            (1, 0, "", ""),
            (2, 0, "", ""),
            (164, 0, "", ""),
            (165, 0, "", ""),
            (166, 0, "", ""),
        )
    )
    + '</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/>'
    "</cellStyles></styleSheet>"
)
