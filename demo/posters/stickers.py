"""A poster of stickers: a class as so many faces."""

from __future__ import annotations

from PIL import Image

from .canvas import WIDTH, Colour, Sheet
from .handwriting import fitting
from .shapes import around, evenly, oval, smooth
from .textures import grain

_BUNCHES, _CURLS, _SHORT, _BONNET, _LONG = range(5)
_SKINS = ("#f6d0a8", "#8d5a3b", "#e0a878", "#5f3a24", "#c98f62", "#fbe0c4")
_HAIRS = ("#2a1a12", "#7a3f18", "#111111", "#d98e2b", "#a33b1e", "#4a2c17")
_PAPERS = ("#ef476f", "#ffd166", "#06b893", "#118ab2", "#8a5bd1", "#ff8c42")


def _hair(sheet: Sheet, x: float, y: float, style: int, hair: Colour) -> None:
    """What of the hair is behind the head."""
    if style == _BUNCHES:
        for side in (-1, 1):
            sheet.disc(x + side * 138, y - 40, 62, hair)
    elif style == _CURLS:
        for angle in range(180, 361, 22):
            sheet.disc(*around(x, y - 10, 135, angle), 46, hair)
    elif style == _LONG:
        sheet.box(x - 150, y - 60, x + 150, y + 150, hair, round_by=50)


def _top(sheet: Sheet, x: float, y: float, style: int, hair: Colour) -> None:
    """A fringe, or a bonnet."""
    if style == _BONNET:
        sheet.slice(x, y - 12, 146, "#2b2d6e", (180, 360))
        sheet.disc(x, y - 160, 30, "#ffffff")
        sheet.box(x - 150, y - 46, x + 150, y - 12, "#ffffff", round_by=16)
    elif style != _CURLS:
        sheet.slice(x, y - 4, 144, hair, (190, 350))


def _features(sheet: Sheet, x: float, y: float, number: int) -> None:
    """Eyes, for some glasses and freckles, and one of three mouths."""
    dark, red = "#1a1a1a", "#b3222f"
    for side in (-1, 1):
        sheet.disc(x + side * 50, y + 14, 17, dark)
        sheet.disc(x + side * 50 + 6, y + 8, 5, "#ffffff")
        if number % 2:
            sheet.disc(x + side * 92, y + 58, 20, "#ff9a8b")
        if number % 4 == 2:
            sheet.ring(x + side * 50, y + 14, 44, dark, 9)
            sheet.line([(x - 10, y + 12), (x + 10, y + 12)], dark, 9)
    if number % 3 == 0:
        sheet.slice(x, y + 54, 46, red, (0, 180))
    elif number % 3 == 1:
        sheet.arc(x, y + 40, 46, red, width=11, span=(20, 160))
    else:
        sheet.disc(x, y + 74, 20, red)


def _face(sheet: Sheet, x: float, y: float, number: int) -> None:
    """A face of round stickers, never twice the same."""
    skin, hair, style = _SKINS[number * 5 % 6], _HAIRS[number * 7 % 6], number % 5
    _hair(sheet, x, y, style, hair)
    for side in (-1, 1):
        sheet.disc(x + side * 132, y + 12, 28, skin)
    sheet.disc(x, y, 138, skin)
    _top(sheet, x, y, style, hair)
    _features(sheet, x, y, number)


def _free_place(sheet: Sheet, x: float, y: float) -> None:
    """The place of whoever looks at the poster."""
    for (across, down), _ in evenly(smooth(oval(x, y, 176, 176), closed=True, steps=2), 46):
        sheet.disc(across, down, 13, "#1a1a2e")
    for stroke in fitting("et toi ?", 262, seed=3).at(x, y + 20, align=0.5):
        sheet.line(stroke, "#ef476f", 14)


def stickers() -> Image.Image:
    """Nineteen faces of stickers, and a twentieth place."""
    sheet = Sheet("#fffaf0")
    wide, high, margin = 458, 432, 76
    for number in range(20):
        row, column = divmod(number, 4)
        left, top = margin + column * wide, margin + row * high
        x, y = left + wide / 2, top + high / 2
        if number == 14:
            _free_place(sheet, x, y)
            continue
        paper = _PAPERS[(column * 2 + row * 5) % 6]
        sheet.box(left + 9, top + 9, left + wide - 9, top + high - 9, paper, round_by=26)
        _face(sheet, x, y + 24, number)
    script = fitting("On s’y met tous.", 1720, seed=6, shake=3)
    for stroke in script.at(WIDTH / 2, 2610, align=0.5):
        sheet.line(stroke, "#1a1a2e", 36)
    return grain(sheet.finished(), 7, cell=2.4, strength=0.05)
