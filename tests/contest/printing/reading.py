"""Reading PDFs as others would: with PDFium, which had no part in writing them."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

MILLIMETRE = 72 / 25.4
"""In points."""


@dataclass(frozen=True)
class Element:
    """An element of a PDF's structure, as assistive software meets it."""

    kind: str
    alternative: str


@contextmanager
def opened(content: bytes) -> Iterator[pypdfium2.PdfDocument]:
    document = pypdfium2.PdfDocument(content)
    try:
        yield document
    finally:
        document.close()


def texts(content: bytes) -> list[str]:
    """The text of each page, with lines joined by a space."""
    with opened(content) as document:
        return [
            " ".join(page.get_textpage().get_text_bounded().replace("\ufffe", "-").split())
            for page in document
        ]


def sizes(content: bytes) -> list[tuple[int, int]]:
    """Width and height of each page, in millimetres."""
    with opened(content) as document:
        return [
            (round(page.get_width() / MILLIMETRE), round(page.get_height() / MILLIMETRE))
            for page in document
        ]


def title(content: bytes) -> str:
    with opened(content) as document:
        return str(document.get_metadata_dict()["Title"])


def characters(page: pypdfium2.PdfPage) -> list[tuple[str, float, float, float, float]]:
    """Each visible character with its left, top, right, bottom in mm from the upper left corner."""
    text, height, found = page.get_textpage(), page.get_height(), []
    for index in range(text.count_chars()):
        one = text.get_text_range(index, 1)
        if one.isspace() or not one.isprintable():
            continue
        left, bottom, right, top = text.get_charbox(index)
        box = (left, height - top, right, height - bottom)
        found.append((one, *(side / MILLIMETRE for side in box)))
    return found


def structure(content: bytes, page: int = 0) -> list[Element]:
    """The structure of a page, in reading order."""
    with opened(content) as document:
        shown = document[page]  # the tree is void once its page is gone
        tree = pdfium.FPDF_StructTree_GetForPage(shown.raw)
        try:
            count = pdfium.FPDF_StructTree_CountChildren(tree)
            return [
                element
                for index in range(count)
                for element in _below(pdfium.FPDF_StructTree_GetChildAtIndex(tree, index))
            ]
        finally:
            pdfium.FPDF_StructTree_Close(tree)
            shown.close()


def _below(element: Any) -> Iterator[Element]:
    yield Element(
        _text(pdfium.FPDF_StructElement_GetType, element),
        _text(pdfium.FPDF_StructElement_GetAltText, element),
    )
    for index in range(pdfium.FPDF_StructElement_CountChildren(element)):
        child = pdfium.FPDF_StructElement_GetChildAtIndex(element, index)
        if child:
            yield from _below(child)


def _text(read: Any, element: Any) -> str:
    length = read(element, None, 0)
    buffer = ctypes.create_string_buffer(length)
    read(element, buffer, length)
    return buffer.raw.decode("utf-16-le").rstrip("\0")
