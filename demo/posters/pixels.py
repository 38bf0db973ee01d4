"""Letters of five dots by seven, as on the first screens.

A sign is seven rows; a row is a digit in base 32 whose five bits are its dots.
"""

from __future__ import annotations

from .canvas import Sheet, Tone

_SIGNS = {
    "A": "ehhvhhh", "B": "uhhuhhu", "C": "ehggghe", "D": "uhhhhhu", "E": "vgguggv", "F": "vgguggg",
    "G": "ehgnhhe", "H": "hhhvhhh", "I": "e44444e", "J": "72222ic", "K": "hikokih", "L": "ggggggv",
    "M": "hrllhhh", "N": "hhpljhh", "O": "ehhhhhe", "P": "uhhuggg", "Q": "ehhhlid", "R": "uhhukih",
    "S": "fgge11u", "T": "v444444", "U": "hhhhhhe", "V": "hhhhha4", "W": "hhhllla", "X": "hha4ahh",
    "Y": "hha4444", "Z": "v1248gv", "0": "ehjlphe", "1": "4c4444e", "2": "eh1248v", "4": "26aiv22",
    "8": "ehhehhe", "’": "4480000", ".": "00000cc", "!": "4444404", "?": "eh12404", ":": "0cc0cc0",
    "▶": "gosusog", "♥": "avvve40",
}  # fmt: skip

_ADVANCE = 6
_NARROW = {"’": (1, 3), ".": (1, 3), "I": (1, 4), " ": (0, 4)}
"""Signs that are not five dots wide: the first of their columns, how many dots to the next sign."""


def width_of(text: str, dot: int = 1) -> int:
    """How many cells `text` takes across, with dots of `dot` cells."""
    return (sum(_NARROW.get(sign, (0, _ADVANCE))[1] for sign in text) - 1) * dot


def dotted(sheet: Sheet, text: str, at: tuple[int, int], tone: Tone, *, dot: int = 1) -> None:
    """Write `text` on a sheet of cells, its top left corner at `at`.

    Raises:
        KeyError: a sign is not in the alphabet.
    """
    pen, top = at
    for sign in text:
        first, advance = _NARROW.get(sign, (0, _ADVANCE))
        for row, digit in enumerate(_SIGNS[sign] if sign != " " else ""):
            for column in range(5):
                if int(digit, 32) >> (4 - column) & 1:
                    x, y = pen + (column - first) * dot, top + row * dot
                    sheet.box(x, y, x + dot - 1, y + dot - 1, tone)
        pen += advance * dot
