"""What a file is: from its bytes, at their very start."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contest.images.formats import (
    HEAD,
    Appearance,
    Format,
    appearance_of,
    content_type_of,
    extension_of,
    format_of,
)

from . import corpus, other_files, pdf_files


@pytest.mark.parametrize(
    ("data", "format_"),
    [
        (corpus.jpeg(), Format.JPEG),
        (corpus.png(), Format.PNG),
        (corpus.webp(), Format.WEBP),
        (corpus.heic(), Format.HEIC),
        (pdf_files.pdf(), Format.PDF),
        (b"\x00\x00\x00\x1cftypmif1\x00\x00\x00\x00mif1heic", Format.HEIC),
        (b"\x00\x00\x00\x18ftypmsf1\x00\x00\x00\x00msf1hevc", Format.HEIC),
        (b"\x00\x00\x00\x14ftypmif1\x00\x00\x00\x00mif1", Format.HEIC),
        (b"\x00\x00\x00\x18ftypmif1\x00\x00\x00\x00mif1avif", None),
        (other_files.avif(), None),
        (other_files.gif(), None),
        (b"RIFF\x10\x00\x00\x00WAVEfmt ", None),
        (b"", None),
    ],
)
def test_the_format_is_read_from_the_first_bytes(data: bytes, format_: Format | None) -> None:
    assert format_of(data[:HEAD]) == format_


@pytest.mark.parametrize("make", [corpus.jpeg, corpus.png, corpus.webp, corpus.heic, pdf_files.pdf])
def test_a_signature_further_in_does_not_count(make: object) -> None:
    assert format_of(b" " + make()[:HEAD]) is None  # type: ignore[operator]


@pytest.mark.parametrize(
    ("data", "appearance"),
    [
        (other_files.gif(), Appearance.GIF),
        (other_files.tiff(), Appearance.TIFF),
        (other_files.avif(), Appearance.AVIF),
        (other_files.bmp(), Appearance.BMP),
        (other_files.svg(), Appearance.SVG),
        (b"\xef\xbb\xbf  <svg xmlns='x'>", Appearance.SVG),
        (other_files.html(), Appearance.HTML),
        (b"<?xml version='1.0'?><dessin/>", Appearance.XML),
        (other_files.archive(), Appearance.ZIP),
        (other_files.docx(), Appearance.TEXT_DOCUMENT),
        (other_files.odt(), Appearance.TEXT_DOCUMENT),
        (other_files.archive("[Content_Types].xml", "ppt/a.xml"), Appearance.PRESENTATION),
        (other_files.archive("[Content_Types].xml", "xl/a.xml"), Appearance.SPREADSHEET),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Appearance.OFFICE),
        (other_files.mp4(), Appearance.VIDEO),
        (b"RIFF\x10\x00\x00\x00AVI LIST", Appearance.VIDEO),
        (b"RIFF\x10\x00\x00\x00WAVEfmt ", Appearance.AUDIO),
        (b"MZ\x90\x00" + bytes(60) + b"This program cannot be run", Appearance.PROGRAM),
        (b"#!/bin/sh\n", Appearance.SCRIPT),
        (other_files.random_bytes(), None),
        (b"BM et MZ sont des lettres", None),
        (b"Ceci est un texte.", None),
        (b"", None),
    ],
)
def test_what_schools_send_instead_is_named(data: bytes, appearance: Appearance | None) -> None:
    assert appearance_of(data[:HEAD]) == appearance


@given(st.binary(max_size=200))
def test_any_bytes_have_at_most_one_kind(data: bytes) -> None:
    assert format_of(data) is None or appearance_of(data) in (None, Appearance.VIDEO)


def test_each_format_has_an_extension_and_a_media_type() -> None:
    assert {format_: (extension_of(format_), content_type_of(format_)) for format_ in Format} == {
        Format.JPEG: ("jpg", "image/jpeg"),
        Format.PNG: ("png", "image/png"),
        Format.WEBP: ("webp", "image/webp"),
        Format.HEIC: ("heic", "image/heic"),
        Format.PDF: ("pdf", "application/pdf"),
    }
