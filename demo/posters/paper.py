"""Pieces of cut paper, and a poster of them."""

from __future__ import annotations

from collections.abc import Sequence

from PIL import Image

from .canvas import CLEAR, FULL, HEIGHT, WIDTH, Colour, Point, Sheet
from .lettering import Face, column, stamp, word
from .shapes import oval, placed, ring_piece, smooth
from .textures import grain, shadow

MARGIN = 50
"""Room around a piece for its shadow, in pixels."""


def lay(
    image: Image.Image,
    outline: Sequence[Point],
    colour: Colour,
    *,
    lift: int = 10,
    holes: Sequence[Sequence[Point]] = (),
) -> None:
    """Lay a cut piece of paper on `image`; `lift` is how far its shadow falls, in pixels."""
    left, top = (int(min(axis)) - MARGIN for axis in zip(*outline, strict=True))
    right, bottom = (int(max(axis)) + MARGIN for axis in zip(*outline, strict=True))
    # Whole fours, as the shadow is made four times smaller than the piece.
    size = (-(-(right - left) // 4) * 4, -(-(bottom - top) // 4) * 4)
    piece = Sheet(CLEAR, size=size)
    piece.polygon([(x - left, y - top) for x, y in outline], FULL)
    for hole in holes:
        piece.polygon([(x - left, y - top) for x, y in hole], CLEAR)
    mask = piece.finished()
    below = image.crop((left, top, left + size[0], top + size[1]))
    if lift:
        shadow(below, mask, by=(lift // 2, lift), blur=lift, share=0.4)
    below.paste(colour, (0, 0), mask)
    image.paste(below, (left, top))


def keystone() -> Image.Image:
    """A hand sets the keystone of an arch: cut paper."""
    navy, cream, gold, skin = "#16294b", "#fbe9c8", "#f5b82e", "#8a4f35"
    stones = ("#c8492f", "#e2714f", "#b23b2a", "#d95d3f")
    x, y = WIDTH / 2, 1890.0
    image = Image.new("RGB", (WIDTH, HEIGHT), cream)
    rays = Sheet(cream)
    for number in range(24):
        rays.slice(x, 1020, 2600, "#f8d999", (number * 15, number * 15 + 7.5))
    image.paste(rays.finished())
    lay(
        image, [(x - 643, 2900), *ring_piece(x, y, (1, 643), (-180, 0))[:61], (x + 643, 2900)], navy
    )
    for side in (0, 1):
        for number in range(4):
            left, top = (36, 1632)[side], y + 10 + number * 232
            box = [(left, top), (left + 316, top), (left + 316, top + 220), (left, top + 220)]
            lay(image, box, stones[(number + side) % 4])
    for number in range(8):
        first = -180 + number * 19.9 if number < 4 else -79.6 + (number - 4) * 19.9
        piece = ring_piece(x, y, (640, 956), (first + 0.6, first + 19.3))
        lay(image, piece, stones[(number * 3 + number // 4) % 4])
    wedge = placed(ring_piece(0, 0, (600, 1010), (-99.4, -80.6)), (x, y - 200))
    hole = [*ring_piece(x, 880, (1, 50), (-232, 52))[:95], (x + 56, 1010), (x - 56, 1010)]
    lay(image, [(x - 150, -20), (x + 150, -20), (x + 120, 420), (x - 120, 420)], "#0f7f77")
    lay(
        image,
        smooth(
            [
                (x - 112, 380),
                (x - 150, 560),
                (x - 160, 700),
                (x + 160, 700),
                (x + 150, 560),
                (x + 112, 380),
            ],
            closed=True,
        ),
        skin,
    )
    lay(image, wedge, gold, lift=22)
    lay(image, hole, navy, lift=0)
    for number in range(4):
        start, end = x - 150 + number * 78, 770 - abs(1.3 - number) * 18
        knuckles = [(start, 600), (start + 66, 600), (start + 66, end)]
        tip = oval(start + 33, end, 33, 36)[:31]
        lay(image, [*knuckles, *tip, (start, 640)], skin, lift=8)
    for line, baseline in (("POSE", 1600), ("TA CLÉ", 1860), ("DE VOÛTE", 2130)):
        stamp(image, word(line, Face.BOLD, 216), (x, baseline), "#ffffff", align=0.5)
    lines = ("L’engagement fait tenir", "toute la réussite.")
    column(image, lines, Face.MEDIUM, at=(x, 2370), size=96, colour=gold, align=0.5, leading=1.3)
    return grain(image, 4, cell=3, strength=0.07)
