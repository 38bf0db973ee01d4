"""A poster of torn paper, its letters torn out of magazines."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from PIL import Image

from .canvas import CLEAR, FULL, HEIGHT, WIDTH, Colour, Point, Sheet, fading
from .lettering import Face, stamp, word
from .paper import MARGIN, lay
from .shapes import oval, placed, smooth, torn
from .textures import grain, shadow


def _tear(
    image: Image.Image,
    outline: Sequence[Point],
    colour: Colour,
    random: Random,
    ruled: bool = False,
) -> None:
    """Lay a torn piece: its white fibres first, then its printed face."""
    ragged = torn(outline, random)
    top = max(0, int(min(y for _, y in ragged)) - MARGIN) // 4 * 4
    bottom = min(HEIGHT, int(max(y for _, y in ragged)) + MARGIN)
    size = (WIDTH, -(-(bottom - top) // 4) * 4)
    here = [(x, y - top) for x, y in ragged]
    under, face = Sheet(CLEAR, size=size, fine=1), Sheet(CLEAR, size=size, fine=1)
    under.polygon(torn(here, random, step=9, depth=5), FULL)
    under.line([*here, here[0]], FULL, 15)
    face.polygon(here, FULL)
    face.line(torn(here, random, step=10, depth=6), CLEAR, 7)
    below = image.crop((0, top, WIDTH, top + size[1]))
    shadow(below, under.finished(), by=(5, 12), blur=14, share=0.4)
    below.paste("#fdfbf5", (0, 0), under.finished())
    paper = Sheet(colour, size=size, fine=1)
    if ruled:
        for line in range(0, HEIGHT, 23):
            paper.line([(0, line), (WIDTH, line)], "#8fb7e8" if line % 92 else "#5f7fd0", 2)
        for line in range(0, WIDTH, 92):
            paper.line([(line, 0), (line, HEIGHT)], "#8f9fe0", 2)
    below.paste(paper.finished(), (0, 0), face.finished())
    image.paste(below, (0, top))


_FACES = (Face.BOLD, Face.HEAVY_SERIF, Face.LIGHT, Face.SERIF, Face.MEDIUM)
_PAPERS = (
    ("#ffd23f", "#1b1b1b"),
    ("#1b1b1b", "#ffffff"),
    ("#e63946", "#ffffff"),
    ("#ffffff", "#1b1b1b"),
    ("#1d6fa5", "#ffffff"),
    ("#f7a1b5", "#3b0a2a"),
)
"""What letters are cut from: the colour of the paper, then of the print."""


def _cutting(
    image: Image.Image, sign: str, at: Point, number: int, random: Random, *, size: float
) -> float:
    """Lay a letter torn out of a magazine, its left at `at`; gives the width of the scrap."""
    paper, print_colour = _PAPERS[(number * 5 + number // 6) % 6]
    glyph = word(sign, _FACES[(number * 3) % 5], size * random.uniform(0.94, 1.06))
    wide, half = max(glyph.width + size * 0.24, size * 0.4), size * 0.54
    tilt, drop = random.uniform(-5, 5), random.uniform(-14, 14)
    middle = (at[0] + wide / 2, at[1] - size * 0.36 + drop)
    scrap = [(-wide / 2, -half), (wide / 2, -half), (wide / 2, half), (-wide / 2, half)]
    outline = torn(placed(scrap, middle, turn=tilt), random, step=12, depth=3)
    lay(image, outline, paper, lift=8)
    stamp(image, glyph, (middle[0], at[1] + drop), print_colour, align=0.5)
    return wide


def one_more_step() -> Image.Image:
    """A path up torn mountains, under letters cut from here and there."""
    random = Random(21)  # noqa: S311
    image = fading("#bfe3ee", "#f6e7cf", power=0.6)
    _tear(image, oval(1500, 1240, 300, 300), "#ff7f50", random)
    for colour, ridge in (
        (
            "#b9a5d6",
            [(-60, 1700), (330, 1260), (620, 1500), (1010, 1120), (1420, 1490), (2050, 1210)],
        ),
        (
            "#7f6bb3",
            [(-60, 1560), (420, 1720), (860, 1400), (1300, 1780), (1700, 1560), (2050, 1800)],
        ),
        ("#2f7d6d", [(-60, 2080), (500, 1860), (1000, 2070), (1500, 1900), (2050, 2120)]),
        ("#175a4c", [(-60, 2310), (480, 2420), (1100, 2270), (1600, 2420), (2050, 2330)]),
    ):
        _tear(image, [*ridge, (2050, 2900), (-60, 2900)], colour, random)
    left = smooth(
        [
            (560, 2900),
            (720, 2560),
            (1330, 2290),
            (1240, 2060),
            (700, 1900),
            (760, 1740),
            (1010, 1560),
            (1000, 1400),
            (1004, 1180),
        ]
    )
    right = smooth(
        [
            (1050, 2900),
            (1080, 2640),
            (1560, 2330),
            (1420, 1990),
            (850, 1860),
            (860, 1770),
            (1090, 1580),
            (1050, 1400),
            (1012, 1180),
        ]
    )
    _tear(image, [*left, *reversed(right)], "#fdfdf8", random, ruled=True)
    number = 0
    for text, baseline, size in (
        ("UN PAS,", 400, 290),
        ("UN AUTRE,", 720, 236),
        ("ENCORE UN.", 985, 200),
    ):
        across = 130.0
        for sign in text:
            if sign == " ":
                across += size * 0.42
                continue
            across += _cutting(image, sign, (across, baseline), number, random, size=size) + 8
            number += 1
    _tear(image, [(130, 2560), (960, 2540), (970, 2700), (120, 2710)], "#ffd23f", random)
    stamp(image, word("Chaque pas compte.", Face.BOLD, 76), (545, 2652), "#1b1b1b", align=0.5)
    return grain(image, 9, cell=2.4, strength=0.1)
