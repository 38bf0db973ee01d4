"""Posters made of letters large enough to be pictures, and one where they grow as dominoes do."""

from __future__ import annotations

from PIL import Image

from .canvas import HEIGHT, WIDTH, Sheet
from .lettering import Face, column, fitted, stamp, turned, word
from .shapes import placed
from .textures import SIZE, grain


def give() -> Image.Image:
    """The word ABANDONNER drops four letters; DONNER stands."""
    black, lime = "#101112", "#d4ff3a"
    image = Image.new("RGB", SIZE, black)
    for sign, x, y, angle, grey in (
        ("A", 330, 560, 0, "#6d7377"),
        ("B", 800, 620, -14, "#5c6266"),
        ("A", 1235, 790, -36, "#4b5155"),
        ("N", 1600, 1090, -64, "#3d4347"),
    ):
        mask = turned(word(sign, Face.BOLD, 700).stretched(0.82, 1.18), angle)
        image.paste(grey, (x - mask.width // 2, y - mask.height // 2), mask)
    stamp(image, fitted("DONNER", Face.BOLD, 1784, tall=2.9), (WIDTH / 2, 2190), lime, align=0.5)
    column(
        image,
        ("Dans « abandonner »,", "il y a « donner »."),
        Face.MEDIUM,
        at=(104, 2400),
        size=104,
        colour="#ffffff",
        leading=1.25,
    )
    stamp(
        image, word("Donne de ton temps, de ta voix, de toi.", Face.REGULAR, 70), (104, 2680), lime
    )
    return image


_GRID = (("P", "E"), ("R", "S"), ("É", "V"), ("É", "R"), ("E", "R"))
_DREAM = {(1, 0): "R", (2, 0): "Ê", (2, 1): "V", (3, 0): "E", (3, 1): "R"}
"""Which squares of the grid spell the shorter word, and how."""


def dream() -> Image.Image:
    """The letters of PERSÉVÉRER in a grid; those of RÊVER are lit."""
    night, violet, sun, cream = "#2b1055", "#3d1f73", "#ffb703", "#fff4d6"
    sheet = Sheet(night)
    wide, high, top = WIDTH / 2, 456.0, 0.0
    for row in range(5):
        for side in range(2):
            left = side * wide
            lit = (row, side) in _DREAM
            tone = sun if lit else (violet if (row + side) % 2 else night)
            sheet.box(left, top + row * high, left + wide, top + (row + 1) * high, tone)
    image = sheet.finished()
    for row, pair in enumerate(_GRID):
        for side, sign in enumerate(pair):
            lit = (row, side) in _DREAM
            shown = _DREAM.get((row, side), sign)
            glyph = word(shown, Face.BOLD, 440).stretched(1.28, 1.0)
            colour = night if lit else "#8b74c9"
            stamp(
                image, glyph, ((side + 0.5) * wide, top + (row + 1) * high - 58), colour, align=0.5
            )
    stamp(image, fitted("Dans persévérer,", Face.BOLD, 1060), (110, 2480), cream)
    stamp(image, fitted("il y a rêver.", Face.BOLD, 1060), (110, 2690), sun)
    return image


def domino() -> Image.Image:
    """A finger pushes the smallest of dominoes that grow."""
    pink, ink_black, cream = "#ff5c7a", "#1c1426", "#fff3e4"
    sheet = Sheet(pink)
    ground = 2330.0
    sheet.box(0, ground, WIDTH, HEIGHT, cream)
    pips = {
        1: ((0, 0),),
        2: ((-1, -1), (1, 1)),
        3: ((-1, -1), (0, 0), (1, 1)),
        4: ((-1, -1), (1, -1), (-1, 1), (1, 1)),
        5: ((-1, -1), (1, -1), (0, 0), (-1, 1), (1, 1)),
        6: ((-1, -1), (1, -1), (-1, 0), (1, 0), (-1, 1), (1, 1)),
    }
    x, height = 330.0, 150.0
    for number in range(1, 7):
        wide, lean = height * 0.5, (30, 22, 15, 9, 4, 0)[number - 1]
        foot = (x, ground)
        box = placed([(0, 0), (0, -height), (wide, -height), (wide, 0)], foot, turn=lean)
        lift = max(y for _, y in box) - ground
        box = [(across, y - lift) for across, y in box]
        sheet.polygon(box, ink_black)
        middle = (sum(a for a, _ in box) / 4, sum(b for _, b in box) / 4)
        one, other = (placed([(side * wide * 0.38, 0)], middle, turn=lean)[0] for side in (-1, 1))
        sheet.line([one, other], cream, height * 0.012)
        for half in (-1, 1):
            for across, down in pips[number if half < 0 else min(6, number + 1)]:
                spot = placed(
                    [(across * wide * 0.25, half * height * 0.25 + down * height * 0.13)],
                    middle,
                    turn=lean,
                )[0]
                sheet.disc(*spot, height * 0.042, cream)
        x += wide * 0.92 + height * 0.19
        height *= 1.5
    sheet.limb((-60, 2150), (170, 2190), "#7a3b22", (150, 96))
    sheet.limb((170, 2190), (300, 2216), "#7a3b22", (96, 66))
    sheet.limb((-60, 2260), (120, 2270), "#6b321c", (110, 86))
    sheet.disc(302, 2212, 22, "#f2b8a0")
    image = sheet.finished()
    for text, baseline, width in (
        ("Un petit pas", 290, 640),
        ("pousse", 520, 700),
        ("le suivant.", 860, 1500),
    ):
        stamp(image, fitted(text, Face.BOLD, width), (110, baseline), ink_black)
    stamp(image, fitted("Il suffit du premier.", Face.BOLD, 1300), (110, 2600), ink_black)
    return grain(image, 8, cell=2.2, strength=0.05)
