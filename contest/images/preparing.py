"""Make the clean master of a poster and its renditions: what the child process does."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from contest.images.examination import ProblemCode
from contest.images.examining import opened, picture_of
from contest.images.formats import HEAD, format_of
from contest.images.preparation import MASTER, MASTER_SIDE, Made, Preparation, rendition_widths
from contest.images.sources.source import Undecodable

if TYPE_CHECKING:
    from PIL import Image

ENOUGH = 4_200
"""Pixels of the long side that a JPEG is decoded to at least, if it has them: A3 at 254 dots per
inch. Above twice that it is decoded at half its size, for a quarter of the memory."""

# Lettering in saturated colours frays when colours are kept at half the size, and a master is
# printed: so not there.
_MASTER_OPTIONS: dict[str, Any] = {"quality": 90, "subsampling": "4:4:4"}
_JPEG_OPTIONS: dict[str, Any] = {"quality": 80, "optimize": True, "progressive": True}
_AVIF_OPTIONS: dict[str, Any] = {"quality": 55, "max_threads": 2}
_AVIF_SPEED = 9
_AVIF_SPEED_OF_CARDS = 6
_WIDEST_CARD = 640


def make_pictures(original: Path, folder: Path) -> Preparation:
    """Write into `folder` the master and the renditions of the file at `original`.

    The original is decoded once; each rendition is made of the one before, widest first.

    Raises:
        Undecodable: no picture can be made of it.
        OSError: a file cannot be read or written.
        MemoryError: there is not enough for this file.
    """
    with original.open("rb") as stream:
        format_ = format_of(stream.read(HEAD))
    if format_ is None:
        raise Undecodable(ProblemCode.NOT_A_PICTURE)
    source = opened(original, format_, [])
    source.refuse_too_large()
    enough = ENOUGH if source.has_pixels else MASTER_SIDE
    picture, _notes = picture_of(source, enough, MASTER_SIDE)
    master = _written(picture, folder / MASTER, "jpeg", _MASTER_OPTIONS)
    renditions: list[Made] = []
    for width in rendition_widths(picture.width):
        height = max(1, round(master.height * width / master.width))
        picture = _at_size(picture, (width, height))
        speed = _AVIF_SPEED_OF_CARDS if width <= _WIDEST_CARD else _AVIF_SPEED
        renditions += [
            _written(picture, folder / f"{width}.jpg", "jpeg", _JPEG_OPTIONS),
            _written(picture, folder / f"{width}.avif", "avif", _AVIF_OPTIONS | {"speed": speed}),
        ]
    return Preparation(master, tuple(renditions))


def _at_size(picture: Image.Image, size: tuple[int, int]) -> Image.Image:
    from contest.images.finishing import resized

    return picture if picture.size == size else resized(picture, size)


def _written(
    picture: Image.Image, path: Path, format_: Literal["jpeg", "avif"], options: dict[str, Any]
) -> Made:
    picture.save(path, format_.upper(), **options)
    return Made(path.name, format_, picture.width, picture.height, path.stat().st_size)
