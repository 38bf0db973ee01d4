"""Examine one file: what the child process does with it. No process, no limits of its own."""

from __future__ import annotations

import mmap
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from contest.images.examination import Note, Problem, ProblemCode
from contest.images.formats import Format
from contest.images.limits import Limits, problems_of_shape
from contest.images.polyglot import foreign_file_in

if TYPE_CHECKING:
    from PIL import Image

    from contest.images.sources.source import Source

PREVIEW_SIDE = 800
"""Pixels of the long side of a preview."""

_PREVIEW_QUALITY = 82


@dataclass
class Finding:
    """What the child process finds of an `Examination`."""

    width: int = 0
    height: int = 0
    fingerprint: str = ""
    problems: list[Problem] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    has_preview: bool = False


def look_into(path: Path, format_: Format, limits: Limits, preview: Path | None) -> Finding:
    """Read, judge and decode the file at `path`, whose first bytes announce `format_`.

    A preview is written whenever the picture comes out, whatever else is wrong with it.

    Raises:
        OSError: the file cannot be read, or the preview cannot be written.
        MemoryError: there is not enough for this file.
    """
    from contest.images.sources.source import Undecodable

    finding = Finding()
    try:
        source = opened(path, format_, finding.problems)
        finding.width, finding.height = source.size
        finding.problems += _problems_of_size(source, limits)
        source.refuse_too_large()
        image, finding.notes = picture_of(source, PREVIEW_SIDE, PREVIEW_SIDE)
    except Undecodable as error:
        finding.problems = [error.problem, *(p for p in finding.problems if p != error.problem)]
        return finding
    from contest.images.fingerprint import fingerprint_of

    finding.fingerprint = fingerprint_of(image)
    if preview is not None:
        image.save(preview, "JPEG", quality=_PREVIEW_QUALITY)
        finding.has_preview = True
    return finding


def opened(path: Path, format_: Format, problems: list[Problem]) -> Source:
    """The source in the file at `path`; what its container tells is added to `problems`.

    Raises:
        Undecodable: it holds no picture.
        OSError: the file cannot be read.
    """
    with path.open("rb") as stream, mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as data:
        source = _source_type(format_)(data)
        problems += source.problems
        foreign = foreign_file_in(data, format_, source.end)
        if foreign:
            problems.append(Problem(ProblemCode.POLYGLOT, {"contains": foreign}))
    if not source.width or not source.height:
        raise source.broken()
    return source


def picture_of(source: Source, enough: int, long_side: int) -> tuple[Image.Image, list[Note]]:
    """The picture of `source` as plain RGB, and what was done to it.

    Args:
        enough: pixels of the long side below which the decoder must not go to save work.
        long_side: pixels of the long side that the picture is brought down to.

    Raises:
        Undecodable: the picture does not come out.
        MemoryError: there is not enough for it.
    """
    from contest.images.finishing import finished

    # Not kept in a variable: the large picture is let go of as soon as a smaller one is made.
    return finished(_decoded(source, enough), source, long_side)


def _decoded(source: Source, enough: int) -> Image.Image:
    try:
        return source.decode(enough)
    except MemoryError:
        raise
    except Exception as error:
        # Decoders raise whatever a broken file makes them: it is broken all the same.
        raise source.broken() from error


def _problems_of_size(source: Source, limits: Limits) -> list[Problem]:
    """What the shape breaks; of a page, which has no pixels, only its proportions count."""
    if not source.has_pixels:
        limits = replace(limits, min_short_side=0, min_long_side=0)
    return problems_of_shape(*source.size, limits)


def _source_type(format_: Format) -> type[Source]:
    """Imported one by one: only the decoder that is needed is loaded."""
    if format_ is Format.JPEG:
        from contest.images.sources.jpeg import JpegSource

        return JpegSource
    if format_ is Format.PNG:
        from contest.images.sources.png import PngSource

        return PngSource
    if format_ is Format.WEBP:
        from contest.images.sources.webp import WebpSource

        return WebpSource
    if format_ is Format.HEIC:
        from contest.images.sources.heic import HeicSource

        return HeicSource
    from contest.images.sources.pdf import PdfSource

    return PdfSource
