"""HEIC, as iPhones and others photograph: the primary picture of the container."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contest.images.examination import ProblemCode
from contest.images.formats import Format
from contest.images.polyglot import Bytes
from contest.images.sources.source import LARGEST, Source, Undecodable, whole

if TYPE_CHECKING:
    from PIL import Image

MEMORY = 400_000_000
"""Bytes that decoding may hold at once."""

BOXES = 1_000

# Bytes that libheif and Pillow hold a pixel (measured), by whether colours are kept at half the
# size, and whether a channel has more than 8 bits. Phones: half the size, 8 bits.
_BYTES_HELD = {(True, False): 7, (True, True): 9, (False, False): 11, (False, True): 15}
_THREADS = 2


class HeicSource(Source):
    """A HEIC file.

    Of a burst, or of a photo with its depth and thumbnails, the primary picture counts. libheif
    turns it as the container says, so that there is no orientation left.
    """

    format = Format.HEIC

    def read(self, data: Bytes) -> None:
        """Walk the boxes, then let libheif read what they describe."""
        self._read_boxes(data)
        import pillow_heif
        from pillow_heif import options

        options.THUMBNAILS = options.DEPTH_IMAGES = options.AUX_IMAGES = False
        options.DECODE_THREADS = _THREADS
        try:
            file = pillow_heif.open_heif(
                data[: self.end], convert_hdr_to_8bit=True, remove_stride=False
            )
            self._picture = file[file.primary_index]
        except (OSError, ValueError, SyntaxError, RuntimeError, EOFError, IndexError) as error:
            _tell_lack_of_memory(error)
            raise self.broken() from error
        self.width, self.height = self._picture.size
        self.profile = self._picture.info.get("icc_profile") or b""

    def _read_boxes(self, data: Bytes) -> None:
        kinds = set()
        at = 0
        for _number in range(BOXES):
            length, kind = whole(data[at : at + 4]), bytes(data[at + 4 : at + 8])
            # What is no box is what somebody appended.
            if not kind.isascii() or not kind.isalnum():
                break
            if length == 1:
                length = whole(data[at + 8 : at + 16])
            elif length == 0:
                length = len(data) - at
            if length < 8:
                break
            kinds.add(kind)
            at += length
        self.end = min(at, len(data))
        self.is_cut = at > len(data) or not {b"meta", b"mdat"} <= kinds
        # A sequence without a still picture: a video in all but name.
        if b"moov" in kinds and b"meta" not in kinds:
            raise Undecodable(ProblemCode.ANIMATED)

    @property
    def largest(self) -> int:
        """Pixels for which the memory suffices; all of `LARGEST` for what phones write."""
        info = self._picture.info
        is_deep = info.get("bit_depth", 8) > 8
        is_subsampled = info.get("chroma") in (420, 400)
        held = _BYTES_HELD[is_subsampled, is_deep] + 4 * self._picture.has_alpha
        return min(LARGEST, MEMORY // held)

    def decode(self, enough: int) -> Image.Image:
        """All of the picture: HEIC cannot be decoded smaller."""
        from PIL import Image

        picture = self._picture
        try:
            pixels = picture.data
        except RuntimeError as error:
            _tell_lack_of_memory(error)
            raise
        image = Image.frombytes(
            picture.mode, picture.size, pixels, "raw", picture.mode, picture.stride
        )
        self.width, self.height = image.size
        del self._picture
        return image


def _tell_lack_of_memory(error: Exception) -> None:
    """Raise `MemoryError` where libheif says, in words alone, that there was none left."""
    if "Allocating" in str(error):
        raise MemoryError from error
