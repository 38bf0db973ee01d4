"""Posters built with ruler and compasses: Bauhaus shapes, isometric steps, facets."""

from __future__ import annotations

from itertools import pairwise
from random import Random

from PIL import Image, ImageFilter

from .canvas import CLEAR, FULL, HEIGHT, WIDTH, Colour, Point, Sheet, between, fading
from .figures import walker
from .lettering import Face, fitted, stamp, turned
from .shapes import smooth
from .textures import grain, ink, scaled


def compasses() -> Image.Image:
    """A pair of compasses walks across the sheet, arc after arc."""
    cream, black, red, blue, yellow = "#f1e7d0", "#161616", "#d7301f", "#1f4e9e", "#f2b705"
    sheet = Sheet(cream)
    sheet.disc(1530, 660, 390, red)
    sheet.polygon([(WIDTH, 1290), (WIDTH, 2050), (1560, 2050)], yellow)
    for radius in range(120, 560, 84):
        sheet.arc(640, 2060, radius, black, width=14, span=(180, 360))
    for radius in (120, 204, 288):
        sheet.arc(1440, 2060, radius, blue, width=30, span=(180, 360))
    sheet.box(0, 2050, WIDTH, HEIGHT, blue)
    hinge, left, right = (1040.0, 500.0), (640.0, 2050.0), (1440.0, 2050.0)
    sheet.cut((830, 1290), (1250, 1290), black, (30, 30))
    sheet.cut(hinge, right, cream, (212, 44))
    sheet.cut(hinge, right, red, (170, 16))
    sheet.cut(hinge, left, black, (170, 16))
    sheet.box(1000, 200, 1080, 460, black)
    sheet.disc(*hinge, 160, black)
    sheet.disc(*hinge, 98, yellow)
    sheet.disc(*hinge, 36, black)
    image = sheet.finished()
    mask = turned(fitted("chaque pas", Face.BOLD, 1260), 90)
    image.paste(black, (110, 130), mask)
    stamp(image, fitted("compte", Face.BOLD, 1764, tall=1.0), (110, 2560), cream)
    return grain(image, 14, cell=2.4, strength=0.08)


_UNIT = 158.0
_RISE = 92.0
_FOOT = -24.0


def _spot(x: float, y: float, z: float) -> Point:
    """Where the corner (x, y, z) of an isometric world is on the sheet."""
    return WIDTH / 2 + 110 + (x - y) * _UNIT * 0.866, 1830 + (x + y) * _UNIT * 0.5 - z * _RISE


def _block(
    sheet: Sheet, x: float, y: float, z: float, tones: tuple[Colour, Colour, Colour]
) -> None:
    """A column of the ground plan’s square (x, y), `z` high."""
    top, left, right = tones
    sheet.polygon(
        [
            _spot(x, y + 1, z),
            _spot(x + 1, y + 1, z),
            _spot(x + 1, y + 1, _FOOT),
            _spot(x, y + 1, _FOOT),
        ],
        left,
    )
    sheet.polygon(
        [
            _spot(x + 1, y, z),
            _spot(x + 1, y + 1, z),
            _spot(x + 1, y + 1, _FOOT),
            _spot(x + 1, y, _FOOT),
        ],
        right,
    )
    sheet.polygon(
        [_spot(x, y, z), _spot(x + 1, y, z), _spot(x + 1, y + 1, z), _spot(x, y + 1, z)], top
    )


def steps() -> Image.Image:
    """Steps that turn as they climb, pupils on them: isometric."""
    sheet = Sheet("#ffd9bf")
    sheet.disc(1440, 560, 300, "#fff3dc")
    flight = [(number, 4) for number in range(5, -1, -1)]
    flight += [(0, number) for number in range(3, -5, -1)]
    squares = [(x, y, z + 1) for z, (x, y) in enumerate(flight)]
    last = len(squares)
    for x, y, z in sorted(squares, key=lambda square: square[0] + square[1]):
        share = z / last
        top = between("#2ec4b6", "#f4fff8", share * 0.75)
        left, right = between("#0b5563", "#2a9d8f", share), between("#33216f", "#7b5bd6", share)
        _block(sheet, x, y, z, (top, left, right))
        if z in (2, 5, 8, last):
            walker(sheet, _spot(x + 0.5, y + 0.62, z), 230, "#2b1a4f", bag="#ff4d5e")
    image = sheet.finished()
    for text, baseline, width in (("Monte", 400, 800), ("à ton", 640, 560), ("rythme.", 890, 840)):
        stamp(image, fitted(text, Face.BOLD, width), (120, baseline), "#33216f")
    return grain(image, 4, cell=2.2, strength=0.05)


_RIDGE: tuple[Point, ...] = (
    (-80, 2050), (330, 1690), (520, 1740), (960, 1080), (1130, 800), (1330, 1130), (1480, 1230),
    (1730, 1640), (2064, 1880),
)  # fmt: skip
"""The crest of the mountain of facets, from left to right."""


def _crest(x: float) -> float:
    """How low the sky comes at `x`."""
    for (x0, y0), (x1, y1) in pairwise(_RIDGE):
        if x <= x1:
            return y0 + (y1 - y0) * (x - x0) / (x1 - x0)
    return _RIDGE[-1][1]


def rope() -> Image.Image:
    """Three climbers on one rope, on a mountain of facets."""
    random = Random(9)  # noqa: S311
    sheet = Sheet("#ffffff")
    columns, rows = 17, 25
    wide, high = (WIDTH + 160) / (columns - 1), (HEIGHT + 160) / (rows - 1)
    mesh: list[list[Point]] = []
    for row in range(rows):
        mesh.append([
            (column * wide - 80 + random.uniform(-0.32, 0.32) * wide,
             row * high - 80 + random.uniform(-0.32, 0.32) * high)
            for column in range(columns)
        ])  # fmt: skip
    for column in range(columns):
        x, row = min(
            (abs(mesh[row][column][1] - _crest(mesh[row][column][0])), row) for row in range(rows)
        )
        x = mesh[row][column][0]
        mesh[row][column] = (x, _crest(x))
    for x, y in _RIDGE[1:-1]:
        column, row = round((x + 80) / wide), round((y + 80) / high)
        mesh[row][column] = (x, y)
    for upper, lower in pairwise(mesh):
        for at in range(columns - 1):
            for facet in (
                (upper[at], upper[at + 1], lower[at]),
                (upper[at + 1], lower[at + 1], lower[at]),
            ):
                sheet.polygon(facet, _facet(facet, random))
    for facet, tone in (
        (((1130, 790), (960, 1080), (1150, 1090)), "#f7fbff"),
        (((1130, 790), (1150, 1090), (1330, 1120)), "#86a6d4"),
    ):
        sheet.polygon(facet, tone)
    climbers = ((610, 1600), (800, 1315), (985, 1040))
    hands = [(x + 12, y - 84) for x, y in climbers]
    summit = (1130.0, 800.0)
    rope_line = [
        hands[0],
        ((hands[0][0] + hands[1][0]) / 2 + 34, (hands[0][1] + hands[1][1]) / 2 + 30),
        hands[1],
        ((hands[1][0] + hands[2][0]) / 2 + 34, (hands[1][1] + hands[2][1]) / 2 + 30),
        hands[2],
    ]
    sheet.line(smooth(rope_line), "#e4002b", 11)
    for x, y in climbers:
        walker(sheet, (x, y), 170, "#14213d", bag="#e4002b")
    sheet.line([summit, (summit[0], summit[1] - 190)], "#14213d", 12)
    sheet.polygon([(summit[0], summit[1] - 190), (summit[0] + 150, summit[1] - 145),
                   (summit[0], summit[1] - 100)], "#e4002b")  # fmt: skip
    image = sheet.finished()
    stamp(image, fitted("S’encorder,", Face.BOLD, 1180), (120, 350), "#14213d")
    stamp(image, fitted("c’est s’engager.", Face.BOLD, 1740), (120, 2640), "#ffffff")
    return image


def _facet(facet: tuple[Point, ...], random: Random) -> Colour:
    """The colour of a facet: sky, snow, lit or shaded rock, by where its middle is."""
    x, y = sum(a for a, _ in facet) / 3, sum(b for _, b in facet) / 3
    depth = y - _crest(x)
    shade = random.uniform(-0.1, 0.1)
    if depth < 0:
        return between("#bfe3f2", "#fdebd3", y / 1700 + shade)
    lit = x < 1130 + 0.1 * (y - 800) + 60 * random.uniform(-1, 1)
    if y < 1180 + 60 * random.uniform(-1, 1):
        return (
            between("#ffffff", "#cfe4f5", 0.3 + 2 * shade)
            if lit
            else between("#8fb0d8", "#6d8fc4", 0.5 + 3 * shade)
        )
    share = min(1.0, (y - 1100) / 1700) + shade
    return between("#7fa0c9", "#1d3b6b", share) if lit else between("#4a64a0", "#0f1f47", share)


def keyhole() -> Image.Image:
    """Dawn seen through a keyhole; somebody already walks there."""
    image = fading("#0a0d1f", "#141a38")
    x = WIDTH / 2
    shape = Sheet(CLEAR)
    shape.disc(x, 900, 560, FULL)
    shape.polygon([(x - 300, 1250), (x + 300, 1250), (x + 560, 2180), (x - 560, 2180)], FULL)
    glow = Sheet(CLEAR, fine=1)
    glow.disc(x, 900, 640, 200)
    glow.polygon([(x - 520, 2180), (x + 520, 2180), (x + 980, HEIGHT), (x - 980, HEIGHT)], 90)
    soft = glow.finished().reduce(8).filter(ImageFilter.GaussianBlur(16)).resize((WIDTH, HEIGHT))
    ink(image, scaled(soft, 0.5), "#ff9a4d")
    view = fading("#45258c", "#ff7a3c", power=0.75)
    scene = Sheet("#000000")
    scene.image.paste(view.resize(scene.image.size))
    scene.disc(x + 90, 1420, 250, "#fff2c2")
    for colour, ridge in (
        ("#e8715b", [(300, 1560), (600, 1450), (900, 1530), (1250, 1420), (1700, 1560)]),
        ("#b0447a", [(300, 1700), (700, 1600), (1050, 1690), (1400, 1590), (1700, 1690)]),
        ("#5a2a72", [(300, 1830), (620, 1880), (1000, 1800), (1400, 1870), (1700, 1800)]),
    ):
        scene.polygon([*smooth(ridge), (1700, 2806), (300, 2806)], colour)
    scene.polygon([(x - 60, 1835), (x - 20, 1835), (x + 210, 2200), (x - 330, 2200)], "#ffb46b")
    walker(scene, (x - 20, 2090), 560, "#120b2a", bag="#120b2a")
    image.paste(scene.finished(), (0, 0), shape.finished())
    stamp(
        image,
        fitted("La porte n’est pas fermée.", Face.BOLD, 1744),
        (x, 2440),
        "#ffffff",
        align=0.5,
    )
    stamp(
        image,
        fitted("S’engager, c’est tourner la clé.", Face.MEDIUM, 1500),
        (x, 2620),
        "#ffcf6b",
        align=0.5,
    )
    return image
