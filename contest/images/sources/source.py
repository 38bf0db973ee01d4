"""What every source offers, whatever its format."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any

from contest.images.examination import Problem, ProblemCode
from contest.images.formats import Format
from contest.images.polyglot import Bytes

if TYPE_CHECKING:
    from PIL import Image

LARGEST = 52_000_000
"""Pixels of the largest picture decoded whole.

Phones take up to 50 megapixels (8,192 × 6,144), A2 at 300 dots per inch is 35. Pillow holds four
bytes a pixel: 208 MB, and 395 while it is made smaller (measured), which leaves room below 512.
"""


class Undecodable(Exception):
    """The file cannot be made a picture of; `problem` says why."""

    def __init__(self, code: ProblemCode, **details: Any) -> None:
        super().__init__(code.value)
        self.problem = Problem(code, details)


class Source(ABC):
    """One file: its container read, its picture not decoded yet.

    Attributes:
        width, height: pixels as stored, before `orientation`; 0 where only decoding tells.
        orientation: EXIF's, 1 to 8.
        profile: the ICC profile, empty if there is none.
        end: where the picture ends in the file.
        is_cut: whether the file ends before the picture does.
        problems: what speaks against it that decoding would not tell.
    """

    format: Format
    has_pixels = True

    def __init__(self, data: Bytes) -> None:
        self.width = 0
        self.height = 0
        self.orientation = 1
        self.profile = b""
        self.end = len(data)
        self.is_cut = False
        self.problems: list[Problem] = []
        self.read(data)

    @abstractmethod
    def read(self, data: Bytes) -> None:
        """Set the attributes from the container.

        Raises:
            Undecodable: the container makes no sense.
        """

    @abstractmethod
    def decode(self, enough: int) -> Image.Image:
        """The picture as stored, in any mode; the long side at least `enough` where it has that.

        Called once: it lets go of the file's bytes. Any exception means that it is damaged.
        """

    def broken(self) -> Undecodable:
        """What to raise where the picture does not come out."""
        return Undecodable(ProblemCode.TRUNCATED if self.is_cut else ProblemCode.DAMAGED)

    @property
    def largest(self) -> int:
        """Pixels of the largest picture of this kind that is decoded."""
        return LARGEST

    @property
    def size(self) -> tuple[int, int]:
        """Width and height as seen."""
        turned = self.orientation >= 5
        return (self.height, self.width) if turned else (self.width, self.height)

    def refuse_too_large(self) -> None:
        """Raise `Undecodable` where decoding it would take more memory than there is."""
        if self.width * self.height > self.largest:
            width, height = self.size
            raise Undecodable(
                ProblemCode.TOO_MANY_PIXELS, width=width, height=height, largest=self.largest
            )


def whole(numbers: bytes, order: str = "big") -> int:
    """The unsigned whole number that `numbers` write."""
    return int.from_bytes(numbers, "little" if order == "little" else "big")


def orientation_in(exif: bytes) -> int:
    """EXIF's orientation, 1 to 8; 1 where `exif` (a TIFF structure) says nothing sensible."""
    exif = exif.removeprefix(b"Exif\x00\x00")
    order = {b"II": "little", b"MM": "big"}.get(exif[:2])
    if order is None:
        return 1
    at = whole(exif[4:8], order)
    for number in range(whole(exif[at : at + 2], order)):
        entry = exif[at + 2 + 12 * number : at + 14 + 12 * number]
        if len(entry) < 12:
            break
        if whole(entry[:2], order) == 0x0112:
            orientation = whole(entry[8:10], order)
            return orientation if 1 <= orientation <= 8 else 1
    return 1
