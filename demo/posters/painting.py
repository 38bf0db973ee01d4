"""Painted posters: a watercolour, and the prints of painted feet."""

from __future__ import annotations

from random import Random

from PIL import Image, ImageChops

from .canvas import CLEAR, FULL, HEIGHT, WIDTH, Point, Sheet
from .handwriting import fitting
from .shapes import around, evenly, oval, placed, smooth
from .textures import SIZE, glaze, grain, ink, worn


def _branches(
    sheet: Sheet, at: Point, random: Random, *, angle: float, length: float, width: float
) -> list[Point]:
    """A branch and those it bears; gives where the leaves grow."""
    end = around(*at, length, angle)
    sheet.limb(at, end, FULL, (width, width * 0.68))
    if length < 62:
        return [end]
    tips: list[Point] = [end] if length < 110 else []
    for turn in (-27, 24):
        tips += _branches(
            sheet,
            end,
            random,
            angle=angle + turn + random.uniform(-9, 9),
            length=length * random.uniform(0.72, 0.82),
            width=width * 0.66,
        )
    return tips


def _little_key(sheet: Sheet, x: float, y: float, size: float) -> None:
    """A key that hangs from (x, y)."""
    sheet.line([(x, y - size * 0.9), (x, y)], FULL, 3)
    sheet.ring(x, y + size * 0.28, size * 0.3, FULL, size * 0.13)
    sheet.line([(x, y + size * 0.55), (x, y + size * 1.4)], FULL, size * 0.14)
    for down in (1.1, 1.35):
        sheet.line([(x, y + size * down), (x + size * 0.3, y + size * down)], FULL, size * 0.13)


def tree() -> Image.Image:
    """A tree that bears keys: watercolour. Painted at half size, as water has no sharp edge."""
    half = (WIDTH // 2, HEIGHT // 2)
    random = Random(14)  # noqa: S311
    image = Image.new("RGB", half, "#fffdf7")

    def mask() -> Sheet:
        return Sheet(CLEAR, size=half, fine=1)

    sky, ground, wood = mask(), mask(), mask()
    sky.polygon(smooth(oval(500, 470, 440, 400), closed=True, steps=2), FULL)
    image = glaze(image, sky.finished(), "#bfe0f2", 11, strength=0.9)
    ground.polygon(
        smooth(
            [(40, 985), (300, 940), (700, 950), (950, 985), (820, 1060), (480, 1075), (140, 1060)],
            closed=True,
        ),
        FULL,
    )
    image = glaze(image, ground.finished(), "#9ccb6a", 21)
    trunk = [
        (428, 985),
        (462, 880),
        (466, 770),
        (540, 770),
        (542, 880),
        (580, 985),
        (520, 970),
        (480, 972),
    ]
    wood.polygon(smooth(trunk, closed=True), FULL)
    tips: list[Point] = []
    for angle, length in ((-110, 152), (-70, 152), (-90, 178)):
        tips += _branches(wood, (503, 790), random, angle=angle, length=length, width=46)
    for number, colour in enumerate(("#7fc15e", "#f2b632", "#4fae8b")):
        leaves = mask()
        for place, (x, y) in enumerate(tips):
            if place % 3 == number:
                leaves.polygon(oval(x + random.uniform(-14, 14), y + random.uniform(-14, 14),
                                    random.uniform(40, 58), random.uniform(26, 38),
                                    turn=random.uniform(0, 180)), FULL)  # fmt: skip
        image = glaze(image, leaves.finished(), colour, 31 + number * 3, strength=0.62)
    image = glaze(image, wood.finished(), "#8a5a3c", 51, strength=0.95)
    image = image.resize(SIZE, Image.Resampling.BICUBIC)
    keys, letters = Sheet(CLEAR), Sheet(CLEAR)
    for x, y, size in ((480, 1180, 170), (790, 1330, 150), (1230, 1350, 160), (1530, 1160, 175)):
        _little_key(keys, x, y, size)
    ink(image, worn(keys.finished(), 61, cell=26, share=0.1), "#c9223b")
    for text, width, baseline in (("Un engagement,", 1640, 2400), ("ça se cultive.", 1480, 2680)):
        for stroke in fitting(text, width, seed=baseline, shake=2).at(
            WIDTH / 2, baseline, align=0.5
        ):
            letters.line(stroke, FULL, 32)
    ink(image, worn(letters.finished(), 62, cell=30, share=0.06), "#23306b")
    return grain(image, 3, cell=5, strength=0.06)


_SOLE: tuple[Point, ...] = (
    (-16, 46), (0, 54), (15, 46), (17, 28), (13, 6), (22, -18), (20, -36), (0, -44), (-20, -34),
    (-22, -14), (-14, 8), (-18, 28),
)  # fmt: skip
_TOES = (
    (-15, -60, 10, 12),
    (0, -64, 7, 8),
    (11, -60, 6.4, 7),
    (20, -52, 6, 6.4),
    (26, -42, 5.4, 5.6),
)


_WALK: tuple[Point, ...] = (
    (340, 2600), (560, 2230), (1180, 1990), (1560, 1690), (1330, 1330), (760, 1230), (520, 960),
    (780, 690), (1110, 590),
)  # fmt: skip


def footprints() -> Image.Image:
    """Painted footprints climb towards a sun: each of another colour."""
    colours = ("#e63946", "#f4a000", "#1d7ed8", "#2a9d4a", "#8e44ad", "#e84393")
    plates = [Sheet(CLEAR, fine=1) for _ in colours]
    steps = evenly(smooth(_WALK, steps=24), 214)
    for number, ((x, y), direction) in enumerate(steps):
        scale = 3.0 - 1.3 * number / len(steps)
        side = 1 if number % 2 else -1
        place = around(x, y, 36 * scale, direction + 90 * side)
        plate, turn = plates[number % 6], direction + 90
        plate.polygon(
            smooth(
                placed([(side * a, b) for a, b in _SOLE], place, scale=scale, turn=turn),
                closed=True,
            ),
            FULL,
        )
        for across, down, wide, high in _TOES:
            toe = placed([(side * across, down)], place, scale=scale, turn=turn)[0]
            plate.polygon(oval(*toe, wide * scale, high * scale, turn=turn), FULL)
    sun = Sheet(CLEAR, fine=1)
    sun.disc(1560, 430, 210, FULL)
    for number in range(14):
        start, end = (
            around(1560, 430, 262, number * 360 / 14),
            around(1560, 430, 352, number * 360 / 14),
        )
        sun.limb(start, end, FULL, (44, 34))
    tooth = worn(worn(Image.new("L", SIZE, FULL), 8, cell=7, share=0.14), 9, cell=30, share=0.1)
    image = Image.new("RGB", SIZE, "#fdf9ef")
    ink(image, ImageChops.multiply(sun.finished(), tooth), "#ffc300")
    for plate, colour in zip(plates, colours, strict=True):
        ink(image, ImageChops.multiply(plate.finished(), tooth), colour)
    letters = Sheet(CLEAR)
    for text, width, x, y, align in (
        ("Petits pas,", 980, 120, 350, 0.0),
        ("grand chemin !", 1230, 1870, 2660, 1.0),
    ):
        for stroke in fitting(text, width, seed=int(y), shake=1.5).at(x, y, align=align):
            letters.line(stroke, FULL, 27)
    ink(image, letters.finished(), "#1b2a5e")
    return grain(image, 5, cell=3, strength=0.06)
