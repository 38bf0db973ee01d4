"""What preparing an original gives: a clean master, and pictures for screens. Plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal, Self

MASTER = "master.jpg"
MASTER_SIDE = 4_961
"""Pixels of the master's long side at most: A3 (420 mm) at 300 dots per inch."""

WIDTHS = (320, 640, 1280, 2400)
"""Pixels: a card, a card on a dense screen, a page, a full screen."""


@dataclass(frozen=True)
class Made:
    """One file made: its name in the folder, its format, its size in pixels and in bytes."""

    name: str
    format: Literal["jpeg", "avif"]
    width: int
    height: int
    bytes: int


@dataclass(frozen=True)
class Preparation:
    """The files made of one original; the renditions widest first, each as JPEG and as AVIF."""

    master: Made
    renditions: tuple[Made, ...]

    def as_json(self) -> dict[str, Any]:
        """As JSON values."""
        return {
            "master": asdict(self.master),
            "renditions": [asdict(made) for made in self.renditions],
        }

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Self:
        """The opposite of `as_json`."""
        return cls(Made(**values["master"]), tuple(Made(**made) for made in values["renditions"]))


def rendition_widths(master_width: int) -> tuple[int, ...]:
    """The widths to make of a master, widest first: none wider than it, at least one."""
    return tuple(width for width in reversed(WIDTHS) if width <= master_width) or (master_width,)
