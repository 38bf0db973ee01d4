"""A poster in pixel art, as from an early video game."""

from __future__ import annotations

from random import Random

from PIL import Image

from .canvas import HEIGHT, WIDTH, Sheet
from .pixels import dotted, width_of

_COLUMNS, _ROWS = 128, 181

_HERO = (
    "...hhhhh..", "..hhhhhhh.", "..hssksk..", "..ssskssk.", "..sssssss.", "...sssss..",
    "s.rrrrrr.s", "ssrrrrrrss", "..rrrrrr..", "..bbbbbb..", "..bbbbbb..", ".bbb..bbb.",
    "kkk....kkk",
)  # fmt: skip
_COIN = ("..yyy..", ".yooyy.", "yoyyyyy", "yoyyyyy", "yoyyyyy", ".yyyyy.", "..yyy..")
_INKS = {
    "h": "#3a1f0f", "s": "#c98a5b", "k": "#1a1030", "r": "#ff3864", "b": "#2d6cdf",
    "y": "#ffd23f", "o": "#fff3b0",
}  # fmt: skip


def _sprite(sheet: Sheet, rows: tuple[str, ...], left: int, top: int) -> None:
    for down, row in enumerate(rows):
        for across, sign in enumerate(row):
            if sign in _INKS:
                x, y = left + across, top + down
                sheet.box(x, y, x, y, _INKS[sign])


def _ledge(sheet: Sheet, left: int, top: int, width: int, depth: int) -> None:
    """A platform of earth with grass on it."""
    sheet.box(left, top, left + width - 1, top + depth - 1, "#7b3f2a")
    for row in range(3, depth, 4):
        for column in range(row % 8 // 2, width, 6):
            sheet.box(
                left + column, top + row, left + min(width - 1, column + 1), top + row, "#a45c3a"
            )
    sheet.box(left, top, left + width - 1, top + 1, "#58d68d")
    for column in range(0, width, 3):
        sheet.box(left + column, top + 2, left + column, top + 2, "#2e9e63")


def replay() -> Image.Image:
    """A hero leaps from ledge to ledge: pixel art."""
    random = Random(44)  # noqa: S311
    sheet = Sheet("#1b1147", size=(_COLUMNS, _ROWS), fine=1)
    bands = ("#1b1147", "#2a1a63", "#43237f", "#6b2c91", "#a23b8f", "#e0587f", "#ff8f6b")
    for y in range(_ROWS):
        for x in range(_COLUMNS):
            step = max(0.0, (y - 92) / 13)
            upper = int(step) + (1 if (step % 1) > 0.5 and (x + y) % 2 else 0)
            sheet.box(x, y, x, y, bands[min(len(bands) - 1, upper)])
    for _ in range(160):
        x, y = random.randrange(_COLUMNS), random.randrange(100)
        if (y > 22 and x < 116) or 5 < y < 18:
            continue
        sheet.box(x, y, x, y, random.choice(("#ffffff", "#9d8df1", "#ffd23f")))
    for x in range(_COLUMNS):
        sheet.box(x, 158 - int(14 - abs(x % 44 - 22) * 0.62), x, _ROWS, "#7a2a80")
        sheet.box(x, 166 - int(10 - abs((x + 17) % 34 - 17) * 0.6), x, _ROWS, "#4a1a63")
    dotted(sheet, "NIVEAU 8", (8, 8), "#9df5c0")
    dotted(sheet, "♥♥♥", (_COLUMNS - 8 - width_of("♥♥♥"), 8), "#ff3864")
    for number, text in enumerate(("TU N’AS", "PAS PERDU.", "TU N’AS", "PAS FINI.")):
        tone = "#ffffff" if number < 2 else "#ffd23f"
        left, top = (8, 25 + number * 19 + (5 if number > 1 else 0))
        dotted(sheet, text, (left + 1, top + 1), "#0c0726", dot=2)
        dotted(sheet, text, (left, top), tone, dot=2)
    for ledge in ((0, 166, 68, 15), (40, 148, 24, 9), (70, 136, 22, 9), (100, 122, 28, 60)):
        _ledge(sheet, *ledge)
    _sprite(sheet, _HERO, 61, 110)
    for left, top in ((16, 152), (48, 135), (80, 121)):
        _sprite(sheet, _COIN, left, top)
    sheet.box(113, 103, 113, 121, "#ffffff")
    for row in range(7):
        sheet.box(114, 103 + row, 114 + 10 - abs(3 - row) * 3, 103 + row, "#ff3864")
    dotted(sheet, "▶ REJOUER", (8, 171), "#ffffff")
    return sheet.finished().resize((WIDTH, HEIGHT), Image.Resampling.NEAREST)
