"""PNG: its chunks, of which a decoder is shown only those that hold the picture."""

from __future__ import annotations

import zlib
from io import BytesIO
from typing import TYPE_CHECKING

from contest.images.examination import Problem, ProblemCode
from contest.images.formats import Format
from contest.images.polyglot import Bytes
from contest.images.sources.source import Source, Undecodable, orientation_in, whole

if TYPE_CHECKING:
    from PIL import Image

CHUNKS = 100_000
PROFILE_SIZE = 4_000_000
"""Bytes of the largest colour profile unpacked; a longer one is a bomb."""

_SIGNATURE = 8
_PICTURE = frozenset([b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"])


class PngSource(Source):
    """A PNG file.

    Text chunks never reach a decoder: that is where compressed bombs and foreign files hide.
    """

    format = Format.PNG

    def read(self, data: Bytes) -> None:
        """Walk the chunks, and keep those that hold the picture."""
        kept = [(0, _SIGNATURE)]
        at = _SIGNATURE
        ended = False
        for _number in range(CHUNKS):
            kind = data[at + 4 : at + 8]
            start, stop = at + 8, at + 8 + whole(data[at : at + 4])
            if stop + 4 > len(data):
                kept.append((at, len(data)))
                break
            if kind in _PICTURE:
                kept.append((at, stop + 4))
            if kind == b"IHDR":
                self.width = whole(data[start : start + 4])
                self.height = whole(data[start + 4 : start + 8])
            elif kind == b"iCCP":
                self.profile = _unpacked(data[start:stop])
            elif kind == b"eXIf":
                self.orientation = orientation_in(data[start:stop])
            elif kind == b"acTL" and whole(data[start : start + 4]) > 1 and not self.problems:
                self.problems.append(Problem(ProblemCode.ANIMATED))
            at = stop + 4
            if kind == b"IEND":
                ended = True
                break
        else:
            raise Undecodable(ProblemCode.TOO_SLOW)
        self.is_cut = not ended
        self.end = at if ended else len(data)
        self._essence = b"".join(data[first:last] for first, last in kept)

    def decode(self, enough: int) -> Image.Image:
        """All of the picture: PNG cannot be decoded smaller."""
        from PIL.PngImagePlugin import PngImageFile

        image = PngImageFile(BytesIO(self._essence))
        self._essence = b""
        image.load()
        return image


def _unpacked(chunk: bytes) -> bytes:
    """The profile in an iCCP chunk: a name, a zero, the method, then the packed profile."""
    _name, _zero, packed = chunk.partition(b"\x00")
    unpacker = zlib.decompressobj()
    try:
        profile = unpacker.decompress(packed[1:], PROFILE_SIZE)
    except zlib.error:
        return b""
    return profile if unpacker.eof else b""
