"""What the rules of a contest ask of a picture, and whether its shape keeps them. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, Self

from contest.images.examination import Problem, ProblemCode
from contest.images.formats import Format

Orientation = Literal["portrait", "landscape", "either"]


@dataclass(frozen=True)
class Limits:
    """What a contest accepts.

    Attributes:
        max_bytes: the heaviest file.
        min_short_side: pixels; a page of a PDF has none, so neither minimum applies to it.
        min_long_side: pixels.
        ratio: long side ÷ short side (√2 for A3 and A4); None where any shape will do.
        ratio_tolerance: how far the ratio may be, as a part of it: 0.02 is 2 %.
        orientation: a square is both upright and lying.
    """

    formats: frozenset[Format]
    max_bytes: int
    min_short_side: int
    min_long_side: int
    ratio: float | None
    ratio_tolerance: float
    orientation: Orientation

    def as_json(self) -> dict[str, Any]:
        """As JSON values."""
        return {
            "formats": sorted(format_.value for format_ in self.formats),
            "max_bytes": self.max_bytes,
            "min_short_side": self.min_short_side,
            "min_long_side": self.min_long_side,
            "ratio": self.ratio,
            "ratio_tolerance": self.ratio_tolerance,
            "orientation": self.orientation,
        }

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Self:
        """The opposite of `as_json`."""
        return cls(
            formats=frozenset(Format(name) for name in values["formats"]),
            max_bytes=values["max_bytes"],
            min_short_side=values["min_short_side"],
            min_long_side=values["min_long_side"],
            ratio=values["ratio"],
            ratio_tolerance=values["ratio_tolerance"],
            orientation=values["orientation"],
        )


def problems_of_shape(width: int, height: int, limits: Limits) -> list[Problem]:
    """What is wrong with a picture of this size, in pixels as seen; each ≥ 1."""
    problems = []
    short, long = sorted((width, height))
    size = {"width": width, "height": height}
    if short < limits.min_short_side or long < limits.min_long_side:
        least = {"min_short_side": limits.min_short_side, "min_long_side": limits.min_long_side}
        problems.append(Problem(ProblemCode.TOO_SMALL, size | least))
    if (limits.orientation == "portrait" and width > height) or (
        limits.orientation == "landscape" and height > width
    ):
        problems.append(
            Problem(ProblemCode.WRONG_ORIENTATION, size | {"orientation": limits.orientation})
        )
    if limits.ratio is not None:
        excess = long / short / limits.ratio - 1
        # A hair more than the tolerance, which no picture shows, is the computer's own rounding.
        if abs(excess) > limits.ratio_tolerance + 1e-9:
            problems.append(
                Problem(ProblemCode.WRONG_RATIO, size | fault_of_ratio(width, height, limits.ratio))
            )
    return problems


def fault_of_ratio(width: int, height: int, ratio: float) -> dict[str, Any]:
    """How far a picture is from `ratio` (long ÷ short), and what to cut for it to fit.

    Returns:
        `ratio` measured and `expected`; `fault` ("too-wide" or "too-tall", the picture standing
        as it is); `percent` of its width, or height, that is too much; and `cut_left`,
        `cut_right`, `cut_top`, `cut_bottom`: the parts of the width or height, 0 to 1, outside
        the largest centred frame of the expected ratio, for the form to draw over the preview.
    """
    long, short = max(width, height), min(width, height)
    expected = ratio if width > height else 1 / ratio
    surplus_width = max(0.0, 1 - height * expected / width)
    surplus_height = max(0.0, 1 - width / expected / height)
    return {
        "ratio": round(long / short, 4),
        "expected": round(ratio, 4),
        "fault": "too-wide" if surplus_width else "too-tall",
        "percent": round(100 * (surplus_width + surplus_height), 1),
        "cut_left": round(surplus_width / 2, 5),
        "cut_right": round(surplus_width / 2, 5),
        "cut_top": round(surplus_height / 2, 5),
        "cut_bottom": round(surplus_height / 2, 5),
    }
