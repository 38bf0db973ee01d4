"""PDF: its only page, drawn by PDFium."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from contest.images.examination import Problem, ProblemCode
from contest.images.formats import Format
from contest.images.polyglot import Bytes
from contest.images.sources.source import Source, Undecodable

if TYPE_CHECKING:
    from PIL import Image

LONG_SIDE = 4_961
"""Pixels of the long side of a page, as of the master: A3 at 300 dots per inch."""

_WRITTEN_SIZE = re.compile(rb"/Linearized\b[^>]{0,200}?/L\s+(\d{1,12})")
_END = b"%%EOF"
_OBJECT = re.compile(rb"\d obj\b")
_HEAD = 1024


class PdfSource(Source):
    """A PDF file.

    The page is its crop box, turned as its /Rotate says, which is what readers show. No form, no
    script and no attachment runs: PDFium is the build without JavaScript, and its form
    environment is never started. A file that opens without a password is taken even though it is
    encrypted: office software does so to forbid printing or copying, its author sees no lock, and
    everybody can read it.
    """

    format = Format.PDF
    has_pixels = False

    def read(self, data: Bytes) -> None:
        """Open the document and its first page; draw nothing."""
        self._read_ends(data)
        import pypdfium2

        content = bytes(data[: self.end])
        try:
            self._document = pypdfium2.PdfDocument(content)
        except pypdfium2.PdfiumError as error:
            raise self._refusal(content) from error
        pages = len(self._document)
        if pages > 1:
            self.problems.append(Problem(ProblemCode.SEVERAL_PAGES, {"pages": pages}))
        try:
            self._page = self._document[0]
        except pypdfium2.PdfiumError as error:
            raise self.broken() from error
        width, height = self._page.get_size()
        self._long = max(width, height)
        if not (min(width, height) > 0 and self._long < float("inf")):
            raise self.broken()
        self.width = max(1, round(width * LONG_SIDE / self._long))
        self.height = max(1, round(height * LONG_SIDE / self._long))

    def _read_ends(self, data: Bytes) -> None:
        mark = data.rfind(_END)
        self.end = mark + len(_END) if mark >= 0 else len(data)
        written = _WRITTEN_SIZE.search(data[:_HEAD])
        self.is_cut = (
            mark < 0
            or (written is not None and int(written[1]) > len(data))
            or _OBJECT.search(data, self.end) is not None
        )
        # PDFium mends what it can, which would leave out what is missing without a word.
        if self.is_cut:
            self.problems.append(Problem(ProblemCode.TRUNCATED))

    def _refusal(self, content: bytes) -> Undecodable:
        """Why the document does not open; pypdfium2 alone takes one without pages for broken."""
        from pypdfium2 import raw

        if document := raw.FPDF_LoadMemDocument64(content, len(content), None):
            raw.FPDF_CloseDocument(document)
            return Undecodable(ProblemCode.NO_PAGE)
        if raw.FPDF_GetLastError() in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY):
            return Undecodable(ProblemCode.ENCRYPTED)
        return self.broken()

    def decode(self, enough: int) -> Image.Image:
        """The page drawn with a long side of about `enough` pixels: it has none of its own."""
        bitmap = self._page.render(
            scale=min(enough, LONG_SIDE) / self._long,
            fill_color=(255, 255, 255, 255),
            draw_annots=True,
            may_draw_forms=False,
            rev_byteorder=True,
            prefer_bgrx=True,
        )
        image = bitmap.to_pil().convert("RGB")
        bitmap.close()
        self._page.close()
        self._document.close()
        return image
