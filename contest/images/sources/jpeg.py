"""JPEG: its segments, and a picture decoded no larger than needed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING

from contest.images.examination import ProblemCode
from contest.images.formats import Format
from contest.images.polyglot import Bytes
from contest.images.sources.source import LARGEST, Source, Undecodable, orientation_in, whole

if TYPE_CHECKING:
    from PIL import Image

LARGEST_STREAMED = 120_000_000
"""Pixels of the largest JPEG decoded row by row at half its size: phones of 108 megapixels, an A3
scanned at 600 dots per inch (70)."""

MEMORY = 420_000_000
"""Bytes that decoding may hold at once."""

SCANS = 100
"""Progressive files have some ten; each more costs another pass over all pixels."""

SEGMENTS = 5_000

# The next marker: not a stuffed byte, a restart, or a byte of padding.
_MARKER = re.compile(rb"\xff([^\x00\x01\xd0-\xd8\xff])")
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_SEQUENTIAL = frozenset([0xC0, 0xC1, 0xC9])
_END, _SCAN, _EXIF, _PROFILE, _COMMENT = 0xD9, 0xDA, 0xE1, 0xE2, 0xFE
_CUT = 0xEF  # our own word for the end of the file: an application's, never kept
# JFIF's and Adobe's segments say how colours are coded; all other segments are somebody's data.
_KEPT_APPLICATIONS = frozenset([0xE0, 0xEE])


class JpegSource(Source):
    """A JPEG file.

    Attributes:
        held: bytes a pixel that the decoder holds until the last scan; 0 where it streams.
    """

    format = Format.JPEG

    def read(self, data: Bytes) -> None:
        """Walk the segments, and keep those that hold the picture."""
        self.held = 0.0
        self._components = self._scans = 0
        self._exif = b""
        self._profile: list[bytes] = []
        kept = [b"\xff\xd8"]
        for number, (code, content, scanned) in enumerate(self._segments(data)):
            if self._scans:
                kept.append(scanned)
            if code in _KEPT_APPLICATIONS or not (0xE0 <= code < 0xF0 or code == _COMMENT):
                kept.append(bytes([0xFF, code]) + content)
            self._read_segment(code, content)
            if number > SEGMENTS or self._scans > SCANS:
                raise Undecodable(ProblemCode.TOO_SLOW)
        self.orientation = orientation_in(self._exif)
        self.profile = _joined(self._profile)
        self._essence = b"".join(kept)

    def _segments(self, data: Bytes) -> Iterator[tuple[int, bytes, bytes]]:
        """Of each segment: its marker's code, its length and content, and what lies ahead of it.

        Ahead of a segment that follows a scan lies what was scanned.
        """
        at = 2
        while marker := _MARKER.search(data, at):
            code, body = marker[1][0], marker.end()
            stop = body if code == _END else body + whole(data[body : body + 2])
            if stop > len(data):
                break
            yield code, data[body:stop], data[at : marker.start()]
            if code == _END:
                self.end = stop
                return
            at = stop
        self.is_cut = True
        yield _CUT, b"", data[at:]

    def _read_segment(self, code: int, content: bytes) -> None:
        body = content[2:]
        if code in _FRAMES:
            self._read_frame(code, body)
        elif code == _SCAN:
            self._scans += 1
            if body and body[0] < self._components:
                self._hold_everything()
        elif code == _EXIF and not self._exif and body.startswith(b"Exif\x00\x00"):
            self._exif = body
        elif code == _PROFILE and body.startswith(b"ICC_PROFILE\x00"):
            self._profile.append(body[12:])

    def _read_frame(self, code: int, frame: bytes) -> None:
        self.height, self.width = whole(frame[1:3]), whole(frame[3:5])
        self._components = frame[5] if len(frame) > 5 else 0
        samplings = [(byte >> 4 or 1, byte & 15 or 1) for byte in frame[7::3]][: self._components]
        largest = max((x for x, _y in samplings), default=1) * max(
            (y for _x, y in samplings), default=1
        )
        # Two bytes a coefficient, as many as there are samples.
        self._coefficients = 2 * sum(x * y for x, y in samplings) / largest
        if code not in _SEQUENTIAL:
            self._hold_everything()

    def _hold_everything(self) -> None:
        """Several scans share the picture, so that the decoder keeps all coefficients."""
        self.held = self._coefficients

    @property
    def largest(self) -> int:
        """More where it streams, less where the decoder holds all coefficients."""
        if not self.held:
            return LARGEST_STREAMED
        return min(LARGEST, int(MEMORY / (self.held + 4 / 4)))

    def decode(self, enough: int) -> Image.Image:
        """The picture at its size, or a half, a quarter, an eighth of it."""
        from PIL.JpegImagePlugin import JpegImageFile

        scale = self._scale(enough)
        image = JpegImageFile(BytesIO(self._essence))
        self._essence = b""
        image.draft(None, (max(1, self.width // scale), max(1, self.height // scale)))
        image.load()
        return image

    def _scale(self, enough: int) -> int:
        """By how much to divide (1, 2, 4 or 8): leaving `enough`, but never more than fits."""
        pixels, long = self.width * self.height, max(self.width, self.height)
        fitting = [
            scale
            for scale in (8, 4, 2, 1)
            if pixels / scale**2 <= LARGEST and pixels * (self.held + 4 / scale**2) <= MEMORY
        ]
        ample = [scale for scale in fitting if long // scale >= enough]
        return (ample or fitting[-1:] or [8])[0]


def _joined(segments: list[bytes]) -> bytes:
    """The profile dealt out over `segments`, each with its number and their count ahead."""
    ordered = sorted(segments, key=lambda segment: segment[:1])
    if not ordered or any(segment[1:2] != bytes([len(ordered)]) for segment in ordered):
        return b""
    return b"".join(segment[2:] for segment in ordered)
