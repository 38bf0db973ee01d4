"""An alphabet of single strokes, for chalk, brushes, markers and crayons.

A letter is its strokes, separated by "/"; a stroke is points of two signs, across then up, each a
digit in base 36. The baseline is at 4, small letters reach c (12), capitals g (16). A stroke that
begins with "~" is a curve through its points.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from random import Random

from .canvas import Point
from .shapes import shaken, smooth

_BASELINE, _SMALL, _CAPITAL = 4, 12, 16
_GAP, _SPACE = 4.0, 6.0

_STROKES = {
    "A": "04 4g 84/18 78",
    "B": "04 0g/~0g 4g 6f 6b 4a 0a/~0a 5a 79 75 54 04",
    "C": "~8e 6g 3g 0d 07 34 64 86",
    "D": "04 0g/~0g 3g 7e 8a 76 34 04",
    "E": "7g 0g 04 74/0a 5a",
    "F": "7g 0g 04/0a 5a",
    "G": "~8e 6g 3g 0d 07 34 54 86/5a 8a 84",
    "H": "04 0g/84 8g/0a 8a",
    "I": "04 0g",
    "J": "~6g 69 57 44 14 06",
    "K": "04 0g/8g 0a 84",
    "L": "0g 04 74",
    "M": "04 1g 58 9g a4",
    "N": "04 0g 84 8g",
    "O": "~4g 1f 0a 15 44 75 8a 7f 4g",
    "P": "04 0g/~0g 5g 7f 7b 5a 0a",
    "Q": "~4g 1f 0a 15 44 75 8a 7f 4g/57 93",
    "R": "04 0g/~0g 5g 7f 7b 5a 0a/3a 84",
    "S": "~7e 5g 2g 0e 1b 59 77 65 44 14 06",
    "T": "0g 8g/4g 44",
    "U": "~0g 0b 07 24 64 87 8b 8g",
    "V": "0g 44 8g",
    "W": "0g 34 6c 94 cg",
    "X": "0g 84/8g 04",
    "Y": "0g 4a 8g/4a 44",
    "Z": "0g 8g 04 84",
    "a": "~7b 4c 1b 08 15 44 76/7c 74",
    "b": "0g 04/~0a 3c 6b 78 65 34 06",
    "c": "~7b 4c 1b 08 15 44 75",
    "d": "7g 74/~7a 4c 1b 08 15 44 76",
    "e": "08 78/~78 6b 4c 1b 08 15 44 75",
    "f": "~6f 4g 2e 2a 24/0c 5c",
    "g": "~7b 4c 1b 08 15 44 76/~7c 73 51 30 11",
    "h": "0g 04/~09 3c 6c 79 74",
    "i": "0c 04/0f 0g",
    "j": "~3c 33 11 01/3f 3g",
    "k": "0g 04/6c 08 74",
    "l": "0g 04",
    "m": "0c 04/~09 3c 5b 58 54/~59 8c ab a8 a4",
    "n": "0c 04/~09 3c 6c 79 74",
    "o": "~4c 1b 08 15 44 75 88 7b 4c",
    "p": "0c 00/~0a 3c 6b 78 65 34 06",
    "q": "7c 70/~7a 4c 1b 08 15 44 76",
    "r": "0c 04/~09 2c 5c",
    "s": "~6b 3c 0a 38 66 34 05",
    "t": "~2g 26 44 64/0c 5c",
    "u": "~0c 07 24 54 77/7c 74",
    "v": "0c 34 6c",
    "w": "0c 24 5a 84 ac",
    "x": "0c 64/6c 04",
    "y": "0c 44/8c 20",
    "z": "0c 7c 04 74",
    "0": "~3g 1f 0a 15 34 55 6a 5f 3g",
    "1": "0d 3g 34",
    "2": "~0d 2g 5g 7d 58 04/04 74",
    "3": "~0f 3g 6e 5b 2a/~2a 6a 77 54 24 05",
    "4": "64 6g 08 88",
    "5": "7g 1g 0b/~0b 4c 79 65 34 05",
    "8": "~4g 1e 4a 76 44 16 4a 7e 4g",
    ".": "04 05",
    ",": "15 02",
    "!": "0g 08/04 05",
    "?": "~0d 2g 5g 7d 5a 38 37/34 35",
    "'": "1g 0d",
    "-": "09 59",
    ":": "04 05/0a 0b",
    "+": "09 69/36 3c",
    "=": "08 68/0b 6b",
    "«": "4c 08 44/8c 48 84",
    "»": "0c 48 04/4c 88 44",
}

_MARKS = {
    "\N{COMBINING ACUTE ACCENT}": "-11 14",
    "\N{COMBINING GRAVE ACCENT}": "11 -14",
    "\N{COMBINING CIRCUMFLEX ACCENT}": "-21 04 21",
}
"""The accents: places in base 36 from the middle of the letter’s top, across then up."""


@dataclass(frozen=True)
class Script:
    """Written words: strokes from their top left corner, and how wide they are."""

    strokes: list[list[Point]]
    width: float

    def at(self, x: float, y: float, *, align: float = 0.0) -> list[list[Point]]:
        """The strokes with the baseline at `y`; `align` as for set letters."""
        left = x - self.width * align
        return [[(left + across, y + down) for across, down in stroke] for stroke in self.strokes]


def written(
    text: str, size: float, *, seed: int = 0, shake: float = 0.0, slant: float = 0.0
) -> Script:
    """`text` in strokes, its capitals `size` pixels high.

    `shake` is how much the hand trembles, in pixels; `slant` how far letters lean, as a share.

    Raises:
        KeyError: a sign is not in the alphabet.
    """
    random = Random(seed)  # noqa: S311
    unit = size / (_CAPITAL - _BASELINE)
    strokes: list[list[Point]] = []
    pen = 0.0
    for sign in text.replace("’", "'"):
        if sign.isspace():
            pen += _SPACE
            continue
        letter = _parts(sign)
        right = max(x for _, points in letter[: _strokes_of(sign)] for x, _ in points)
        for curved, points in letter:
            moved = [
                ((pen + x + slant * (y - _BASELINE)) * unit, -(y - _BASELINE) * unit)
                for x, y in points
            ]
            trembled = shaken(moved, random, shake) if shake else moved
            strokes.append(smooth(trembled, steps=6) if curved else trembled)
        pen += right + _GAP
    return Script(strokes, (pen - _GAP) * unit)


def fitting(text: str, width: float, *, seed: int = 0, shake: float = 0.0) -> Script:
    """`text` in strokes, as large as it must be to be `width` pixels wide."""
    return written(text, 100 * width / written(text, 100).width, seed=seed, shake=shake)


def _parts(sign: str) -> list[tuple[bool, list[Point]]]:
    """The strokes of a sign, then those of its accents: whether each is curved, its points."""
    base, *accents = list(unicodedata.normalize("NFD", sign))
    strokes = [_stroke(text) for text in _STROKES[base].split("/")]
    middle = max(x for _, points in strokes for x, _ in points) / 2
    top = _CAPITAL if base.isupper() else _SMALL
    for accent in accents:
        if accent == "\N{COMBINING CEDILLA}":
            strokes.append((False, [(middle, 4.0), (middle + 0.5, 2.6), (middle - 1.2, 1.6)]))
            continue
        points = [_offset(pair) for pair in _MARKS[accent].split()]
        strokes.append((False, [(middle + x, top + 0.6 + y) for x, y in points]))
    return strokes


def _strokes_of(sign: str) -> int:
    """How many strokes a sign has without its accents."""
    return len(_STROKES[unicodedata.normalize("NFD", sign)[0]].split("/"))


def _stroke(text: str) -> tuple[bool, list[Point]]:
    return text.startswith("~"), [_offset(pair) for pair in text.lstrip("~").split()]


def _offset(pair: str) -> Point:
    """A pair of digits as across and up; the first digit may be negative."""
    return float(int(pair[:-1], 36)), float(int(pair[-1], 36))
