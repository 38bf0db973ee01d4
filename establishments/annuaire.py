"""Reading an export of the Annuaire de l'éducation, line by line. No ORM, no request.

Source: the open data set `fr-en-annuaire-education` (Licence Ouverte 2.0). A file comes in UTF-8,
with a byte order mark or not, or in Windows-1252; separated by semicolons, commas, tabs or bars;
with the headings of several vintages (`annuaire_columns`). Memory does not grow with the file.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import BinaryIO

from django.utils.translation import gettext as _

from .annuaire_columns import Cells, Columns
from .annuaire_rows import DirectoryRow, RowFault, parse_row
from .uai import is_valid_uai, normalise_uai

SEPARATORS = ";,\t|"
_CHUNK = 1 << 20
_HEADER_LENGTH = 1 << 16


class UnreadableDirectory(ValueError):
    """The file is no export of the annuaire; its text says why, for the person who imports."""


@dataclass(frozen=True, slots=True)
class BadRow:
    """A line that was left out: its number in the file (the header is 1) and why."""

    line: int
    message: str


@dataclass(frozen=True, slots=True)
class GoodRow:
    """A line that describes an establishment."""

    line: int
    row: DirectoryRow


class AnnuaireFile:
    """An export, open for reading; the stream has to be seekable and stays open.

    Raises:
        UnreadableDirectory: no separator gives the headings needed.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.encoding = _encoding_of(stream)
        with self._text() as text:
            first_line = text.readline(_HEADER_LENGTH)
        self.separator, self.columns = _read_header(first_line)
        if self.columns.missing:
            raise UnreadableDirectory(
                _("This is not an export of the annuaire: no column “%(columns)s”.")
                % {"columns": "”, “".join(self.columns.missing)}
            )

    @property
    def bytes_read(self) -> int:
        """How far the current pass has read into the file, in bytes."""
        return self._stream.tell()

    def rows(self) -> Iterator[GoodRow | BadRow]:
        """Each line after the header, in order; empty ones are skipped."""
        with self._text() as text:
            for line, values in self._lines(text):
                if isinstance(values, BadRow):
                    yield values
                    continue
                try:
                    self._check_width(values)
                    yield GoodRow(line, parse_row(Cells(self.columns, values)))
                except RowFault as fault:
                    yield BadRow(line, str(fault))

    def repeated_uais(self) -> set[str]:
        """The UAIs of more than one line.

        A UAI is its seven digits: one bit for each of the ten million numbers remembers them all
        in 1.25 MB, whatever the size of the file.
        """
        seen = bytearray(10_000_000 // 8)
        repeated = set()
        position = self.columns.positions["uai"]
        with self._text() as text:
            for _line, values in self._lines(text):
                if isinstance(values, BadRow) or position >= len(values):
                    continue
                uai = normalise_uai(values[position])
                if not is_valid_uai(uai):
                    continue
                place, bit = divmod(int(uai[:7]), 8)
                if seen[place] & (1 << bit):
                    repeated.add(uai)
                seen[place] |= 1 << bit
        return repeated

    def _lines(self, text: io.TextIOWrapper) -> Iterator[tuple[int, list[str] | BadRow]]:
        reader = csv.reader(text, delimiter=self.separator)
        next(reader, None)
        while True:
            line = reader.line_num + 1
            try:
                values = next(reader)
            except StopIteration:
                return
            except csv.Error:
                # A quote that is never closed swallows lines until the reader gives up.
                message = _("a quotation mark is not closed (lines %(first)d to %(last)d)")
                span = {"first": line, "last": reader.line_num}
                yield line, BadRow(line, message % span)
                continue
            if any(value.strip() for value in values):
                yield line, values

    def _check_width(self, values: list[str]) -> None:
        # Spreadsheets drop empty cells at the end of a line, or add some.
        if len(values) < self.columns.least_width or any(
            value.strip() for value in values[self.columns.width :]
        ):
            raise RowFault(
                _("%(found)d cells instead of %(expected)d")
                % {"found": len(values), "expected": self.columns.width}
            )

    @contextmanager
    def _text(self) -> Iterator[io.TextIOWrapper]:
        self._stream.seek(0)
        text = io.TextIOWrapper(self._stream, self.encoding, errors="replace", newline="")
        try:
            yield text
        finally:
            text.detach()  # else closing the wrapper would close the caller's stream


def _encoding_of(stream: BinaryIO) -> str:
    """UTF-8 where the whole file is, or says it is; else Windows-1252, which spreadsheets write."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    stream.seek(0)
    if stream.read(len(codecs.BOM_UTF8)) == codecs.BOM_UTF8:
        return "utf-8-sig"
    stream.seek(0)
    try:
        while chunk := stream.read(_CHUNK):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"


def _read_header(line: str) -> tuple[str, Columns]:
    """The separator that finds most headings, and the columns it gives."""
    found: Counter[str] = Counter()
    columns = {}
    for separator in SEPARATORS:
        try:
            cells = next(csv.reader([line], delimiter=separator), [])
        except csv.Error:
            cells = []
        columns[separator] = Columns(cells)
        found[separator] = len(columns[separator].positions)
    separator = found.most_common(1)[0][0]
    return separator, columns[separator]
