"""What a file is, decided from its first bytes only: never from its name or its declared type."""

from __future__ import annotations

import re
from enum import StrEnum

HEAD = 4096
"""How many bytes from the start of a file are enough to tell what it is."""


class Format(StrEnum):
    """The formats that a contest may take."""

    JPEG = "jpeg"
    PNG = "png"
    WEBP = "webp"
    HEIC = "heic"
    PDF = "pdf"


class Appearance(StrEnum):
    """What else schools send, or what hides in a file; named so that a refusal can say it."""

    GIF = "gif"
    TIFF = "tiff"
    AVIF = "avif"
    SVG = "svg"
    BMP = "bmp"
    JPEG_XL = "jpeg-xl"
    JPEG_2000 = "jpeg-2000"
    PHOTOSHOP = "photoshop"
    POSTSCRIPT = "postscript"
    TEXT_DOCUMENT = "text-document"
    PRESENTATION = "presentation"
    SPREADSHEET = "spreadsheet"
    OFFICE = "office"
    ZIP = "zip"
    ARCHIVE = "archive"
    VIDEO = "video"
    AUDIO = "audio"
    HTML = "html"
    XML = "xml"
    SCRIPT = "script"
    PROGRAM = "program"


# ISO 23008-12: still pictures and sequences coded in HEVC, and the two brands without a codec.
_HEIC_BRANDS = frozenset([b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs"])
_ANY_CODEC_BRANDS = frozenset([b"mif1", b"mif2", b"msf1"])
_AVIF_BRANDS = frozenset([b"avif", b"avis"])

_SIGNATURES: tuple[tuple[bytes, Appearance], ...] = (
    (b"GIF87a", Appearance.GIF),
    (b"GIF89a", Appearance.GIF),
    (b"II*\x00", Appearance.TIFF),
    (b"MM\x00*", Appearance.TIFF),
    (b"II+\x00", Appearance.TIFF),
    (b"MM\x00+", Appearance.TIFF),
    (b"\x00\x00\x00\x0cJXL \r\n\x87\n", Appearance.JPEG_XL),
    (b"\xff\x0a", Appearance.JPEG_XL),
    (b"\x00\x00\x00\x0cjP  \r\n\x87\n", Appearance.JPEG_2000),
    (b"\xff\x4f\xff\x51", Appearance.JPEG_2000),
    (b"8BPS", Appearance.PHOTOSHOP),
    (b"%!PS", Appearance.POSTSCRIPT),
    (b"\xc5\xd0\xd3\xc6", Appearance.POSTSCRIPT),
    (b"{\\rtf", Appearance.TEXT_DOCUMENT),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Appearance.OFFICE),
    (b"Rar!\x1a\x07", Appearance.ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", Appearance.ARCHIVE),
    (b"\x1f\x8b\x08", Appearance.ARCHIVE),
    (b"\x1aE\xdf\xa3", Appearance.VIDEO),
    (b"ID3", Appearance.AUDIO),
    (b"\x7fELF", Appearance.PROGRAM),
    (b"\xca\xfe\xba\xbe", Appearance.PROGRAM),
    (b"#!", Appearance.SCRIPT),
    (b"<?php", Appearance.SCRIPT),
)
_ZIPPED: tuple[tuple[re.Pattern[bytes], Appearance], ...] = (
    (re.compile(rb"opendocument\.text|word/"), Appearance.TEXT_DOCUMENT),
    (re.compile(rb"opendocument\.presentation|ppt/"), Appearance.PRESENTATION),
    (re.compile(rb"opendocument\.spreadsheet|xl/"), Appearance.SPREADSHEET),
    (re.compile(rb"opendocument\.|\[Content_Types\]\.xml"), Appearance.OFFICE),
)
_MARKUP: tuple[tuple[re.Pattern[bytes], Appearance], ...] = (
    (re.compile(rb"<svg[\s>:]", re.IGNORECASE), Appearance.SVG),
    (re.compile(rb"<!doctype html|<html|<head|<body|<script", re.IGNORECASE), Appearance.HTML),
    (re.compile(rb"<\?xml|<!doctype", re.IGNORECASE), Appearance.XML),
)


def format_of(head: bytes) -> Format | None:
    """The format that the first bytes of a file announce, at offset 0 exactly; None for others.

    A signature further in is not one: readers that look for it are how a polyglot works.
    AVIF, which shares its container with HEIC, is not taken: phones do not send it, and libheif
    as pillow-heif ships it does not decode it.
    """
    if head.startswith(b"\xff\xd8\xff"):
        return Format.JPEG
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return Format.PNG
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return Format.WEBP
    if head.startswith(b"%PDF-"):
        return Format.PDF
    brands = _brands(head)
    if brands & _HEIC_BRANDS or (brands & _ANY_CODEC_BRANDS and not brands & _AVIF_BRANDS):
        return Format.HEIC
    return None


def appearance_of(head: bytes) -> Appearance | None:
    """What a file that is in none of our formats looks like; None where nothing is recognised."""
    for signature, appearance in _SIGNATURES:
        if head.startswith(signature):
            return appearance
    return _container(head) or _two_letters(head) or _markup(head)


def extension_of(format_: Format) -> str:
    """The usual extension of a format, without its dot."""
    return "jpg" if format_ is Format.JPEG else format_.value


def content_type_of(format_: Format) -> str:
    """The media type under which a file of this format is served."""
    return "application/pdf" if format_ is Format.PDF else f"image/{format_.value}"


def _brands(head: bytes) -> frozenset[bytes]:
    """The major and compatible brands of an ISO base media file; none where it is not one."""
    if head[4:8] != b"ftyp":
        return frozenset()
    size = int.from_bytes(head[:4], "big")
    compatible = head[16 : min(size, 16 + 4 * 64)]
    return frozenset(
        [head[8:12], *(compatible[at : at + 4] for at in range(0, len(compatible), 4))]
    )


def _container(head: bytes) -> Appearance | None:
    """Of the containers that hold many kinds of file, the kind."""
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _first(_ZIPPED, head) or Appearance.ZIP
    if head.startswith(b"RIFF"):
        return Appearance.AUDIO if head[8:12] == b"WAVE" else Appearance.VIDEO
    if brands := _brands(head):
        return Appearance.AVIF if brands & _AVIF_BRANDS else Appearance.VIDEO
    return None


def _two_letters(head: bytes) -> Appearance | None:
    """Two letters are too little to go by: what follows them must be plausible as well."""
    if head.startswith(b"BM") and head[6:10] == bytes(4):
        return Appearance.BMP
    return Appearance.PROGRAM if head.startswith(b"MZ") and b"This program" in head else None


def _markup(head: bytes) -> Appearance | None:
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    return _first(_MARKUP, text) if text.startswith(b"<") else None


def _first(
    patterns: tuple[tuple[re.Pattern[bytes], Appearance], ...], text: bytes
) -> Appearance | None:
    return next((appearance for pattern, appearance in patterns if pattern.search(text)), None)
