"""WebP: its chunks, and the first picture."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from contest.images.examination import Problem, ProblemCode
from contest.images.formats import Format
from contest.images.polyglot import Bytes
from contest.images.sources.source import Source, orientation_in, whole

if TYPE_CHECKING:
    from PIL import Image

LARGEST_WEBP = 25_000_000
"""Pixels of the largest WebP: the decoder holds 17 bytes each (measured), two canvases and two
copies. A3 at 300 dots per inch has 17 million."""

CHUNKS = 5_000
_HEADER = 12


class WebpSource(Source):
    """A WebP file."""

    format = Format.WEBP

    def read(self, data: Bytes) -> None:
        """Walk the chunks."""
        # The size leaves out its own eight bytes; chunks are padded to an even length.
        size = whole(data[4:8], "little")
        self.end = min(len(data), 8 + size + size % 2)
        self.is_cut = 8 + size > len(data)
        at = _HEADER
        frames = 0
        for _number in range(CHUNKS):
            kind = bytes(data[at : at + 4])
            length = whole(data[at + 4 : at + 8], "little")
            body = data[at + 8 : min(at + 8 + length, self.end)]
            if at + 8 > self.end:
                break
            if kind in _SIZES and not self.width:
                self.width, self.height = _SIZES[kind](body)
            elif kind == b"EXIF":
                self.orientation = orientation_in(body)
            elif kind == b"ICCP":
                self.profile = body
            frames += kind == b"ANMF"
            at += 8 + length + length % 2
        if frames > 1:
            self.problems.append(Problem(ProblemCode.ANIMATED))
        self._data = data[: self.end]

    @property
    def largest(self) -> int:
        """Less than of other formats."""
        return LARGEST_WEBP

    def decode(self, enough: int) -> Image.Image:
        """All of the first picture."""
        from PIL.WebPImagePlugin import WebPImageFile

        image = WebPImageFile(BytesIO(self._data))
        self._data = b""
        image.load()
        # The decoder's canvases would stay in memory as long as the picture.
        image._decoder = None
        return image


def _lossy_size(body: bytes) -> tuple[int, int]:
    return whole(body[6:8], "little") & 0x3FFF, whole(body[8:10], "little") & 0x3FFF


def _lossless_size(body: bytes) -> tuple[int, int]:
    bits = whole(body[1:5], "little")
    return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1


def _canvas_size(body: bytes) -> tuple[int, int]:
    return whole(body[4:7], "little") + 1, whole(body[7:10], "little") + 1


_SIZES = {b"VP8 ": _lossy_size, b"VP8L": _lossless_size, b"VP8X": _canvas_size}
