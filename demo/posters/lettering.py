"""Letters in the typefaces that the site already has: Marianne and Spectral."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from importlib.resources import files

from PIL import Image, ImageDraw, ImageFont

from .canvas import CLEAR, FULL, Colour

_FONTS = files("dsfr") / "static" / "dsfr" / "dist" / "fonts"
_MEASURE = 400.0


class Face(StrEnum):
    """The file of a typeface. Pillow reads it as it is: FreeType knows WOFF."""

    LIGHT = "Marianne-Light.woff"
    REGULAR = "Marianne-Regular.woff"
    MEDIUM = "Marianne-Medium.woff"
    BOLD = "Marianne-Bold.woff"
    SLANTED = "Marianne-Bold_Italic.woff"
    SERIF = "Spectral-Regular.woff"
    HEAVY_SERIF = "Spectral-ExtraBold.woff"


@dataclass(frozen=True)
class Word:
    """Set letters: a mask cut to their ink, and how far their baseline is below its top."""

    mask: Image.Image
    rise: float

    @property
    def width(self) -> int:
        """The width of the ink in pixels."""
        return int(self.mask.width)

    def stretched(self, across: float, down: float) -> Word:
        """The same letters, `across` times as wide and `down` times as high."""
        size = (max(1, round(self.mask.width * across)), max(1, round(self.mask.height * down)))
        return Word(self.mask.resize(size, Image.Resampling.LANCZOS), self.rise * down)

    def altered(self, mask: Image.Image) -> Word:
        """The same letters with another mask of the same size."""
        return replace(self, mask=mask)


@lru_cache(maxsize=64)
def _font(face: Face, size: float) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(_FONTS / face.value), size)


def word(text: str, face: Face, size: float, *, track: float = 0.0) -> Word:
    """`text` set at `size` pixels to the em, with `track` em more between its letters."""
    font = _font(face, size)
    gap = track * size
    length = font.getlength(text) + gap * (len(text) - 1)
    margin = round(size * 0.3) + 4
    height = round(size * 1.6)
    mask = Image.new("L", (round(length) + 2 * margin, height + 2 * margin), CLEAR)
    draw = ImageDraw.Draw(mask)
    baseline = margin + round(size * 1.15)
    if gap:
        for number, letter in enumerate(text):
            # Measured with what stands before it, so that pairs stay as close as they should.
            before = font.getlength(text[: number + 1]) - font.getlength(letter)
            place = (margin + before + gap * number, baseline)
            draw.text(place, letter, font=font, fill=FULL, anchor="ls")
    else:
        draw.text((margin, baseline), text, font=font, fill=FULL, anchor="ls")
    left, top, right, bottom = mask.getbbox() or (0, 0, 1, 1)
    return Word(mask.crop((left, top, right, bottom)), baseline - top)


def centres(text: str, face: Face, size: float, *, track: float = 0.0) -> list[float]:
    """How far the middle of each letter is from the left of the ink, set as `word` sets it."""
    font = _font(face, size)
    start = font.getbbox(text[0], anchor="ls")[0]
    return [
        font.getlength(text[: number + 1])
        - font.getlength(sign) / 2
        + track * size * number
        - start
        for number, sign in enumerate(text)
    ]


def fitted(text: str, face: Face, width: float, *, track: float = 0.0, tall: float = 1.0) -> Word:
    """`text` as large as it must be for its ink to be `width` pixels wide.

    `tall` makes the letters that many times higher, for a condensed look.
    """
    probe = word(text, face, _MEASURE, track=track)
    set_word = word(text, face, _MEASURE * width / probe.width, track=track)
    return set_word.stretched(width / set_word.width, tall)


def stamp(
    image: Image.Image,
    letters: Word,
    at: tuple[float, float],
    colour: Colour | int,
    *,
    align: float = 0.0,
) -> None:
    """Print `letters` with their baseline at `at`.

    `align` says which part of them stands there: 0 the left end, 0.5 the middle, 1 the right end.
    """
    x = round(at[0] - letters.width * align)
    y = round(at[1] - letters.rise)
    image.paste(colour, (x, y), letters.mask)


def column(
    image: Image.Image,
    lines: Sequence[str],
    face: Face,
    *,
    at: tuple[float, float],
    size: float,
    colour: Colour | int,
    leading: float = 1.2,
    align: float = 0.0,
    track: float = 0.0,
) -> float:
    """Print `lines` below each other, the first baseline at `at`; gives the last baseline."""
    x, y = at
    for number, text in enumerate(lines):
        y = at[1] + number * size * leading
        stamp(image, word(text, face, size, track=track), (x, y), colour, align=align)
    return y


def turned(letters: Word, angle: float) -> Image.Image:
    """The mask of `letters` turned anticlockwise by `angle` degrees."""
    return letters.mask.rotate(angle, Image.Resampling.BICUBIC, expand=True)
