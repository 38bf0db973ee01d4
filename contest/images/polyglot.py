"""Whether a file is also a file of another kind: a ZIP behind a picture, a PDF in its comment.

Readers disagree on where a file begins: a ZIP is read from its end, a PDF from a signature within
the first kilobyte, a web page wherever its tags are. What we serve is drawn anew and carries none
of it, but the original is kept, and opened one day by another program: so it must be one thing.

What phones and cameras append is left alone, since no reader takes it for anything else: zeros,
Samsung's trailer ("SEFT"), the second picture of a multi-picture JPEG (depth, gain map), the video
of a motion photo, and remains that mean nothing (the edge of a crop on some Pixel phones).
"""

from __future__ import annotations

import re
from mmap import mmap

from contest.images.formats import HEAD, Appearance, Format, appearance_of, format_of

Bytes = bytes | mmap
"""A file's content, in memory or mapped."""

_PADDING = re.compile(rb"(?:[\x00\s]|\xff(?!\xd8))*")
_PDF_HEAD = 1024
_ZIP_END = b"PK\x05\x06"
_ZIP_END_SIZE = 22
_ZIP_COMMENT = 65_535

# Long enough never to turn up by chance in the megabytes of a motion photo.
_ANYWHERE = re.compile(
    rb"%PDF-\d|<html[\s>]|<!doctype html|<script[\s>]|<svg[\s>]|<\?php"
    rb"|Rar!\x1a\x07|7z\xbc\xaf\x27\x1c",
    re.IGNORECASE,
)
_CAMERAS_APPEND: dict[Format, frozenset[Format | Appearance]] = {
    Format.JPEG: frozenset([Format.JPEG, Appearance.VIDEO]),
    Format.HEIC: frozenset([Appearance.VIDEO]),
}


def foreign_file_in(data: Bytes, format_: Format, end: int) -> str | None:
    """What else the file `data` is: the value of a `Format` or an `Appearance`; None if nothing.

    Args:
        end: where the picture ends, by its own structure; the size of the file if unknown.
    """
    if _ends_as_zip(data):
        return Appearance.ZIP.value
    if format_ is not Format.PDF and b"%PDF-" in data[:_PDF_HEAD]:
        return Format.PDF.value
    padding = _PADDING.match(data, end)
    start = padding.end() if padding else end
    # A video begins with zeros of its own.
    found = _kind_at(data, end) or _kind_at(data, start)
    if found and found not in _CAMERAS_APPEND.get(format_, frozenset()):
        return found.value
    hidden = _ANYWHERE.search(data, start)
    if hidden is None:
        return None
    return (_kind_at(data, hidden.start()) or Appearance.HTML).value


def _kind_at(data: Bytes, at: int) -> Format | Appearance | None:
    head = bytes(data[at : at + HEAD])
    return format_of(head) or appearance_of(head)


def _ends_as_zip(data: Bytes) -> bool:
    """Whether a program that opens archives would open this: their directory is at the end."""
    at = data.rfind(_ZIP_END, max(0, len(data) - _ZIP_END_SIZE - _ZIP_COMMENT))
    if at < 0 or at + _ZIP_END_SIZE > len(data):
        return False
    comment = int.from_bytes(data[at + 20 : at + 22], "little")
    entries = int.from_bytes(data[at + 10 : at + 12], "little")
    # Archivers forgive a few bytes behind the comment; chance does not produce both figures.
    return entries > 0 and 0 <= len(data) - (at + _ZIP_END_SIZE + comment) <= _ZIP_END_SIZE
