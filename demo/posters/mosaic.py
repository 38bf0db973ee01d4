"""A poster in mosaic."""

from __future__ import annotations

from math import atan2, degrees, hypot, pi
from random import Random

from PIL import Image

from .canvas import HEIGHT, WIDTH, Colour, Sheet, between
from .lettering import Face, fitted, stamp
from .shapes import around

_SHELL = (1180.0, 1080.0)
_EYES = ((226, 850, 66), (474, 850, 66), (262, 1310, 40))
"""The ends of the stalks, and the eye of the head: place and radius."""


def _in_snail(x: float, y: float, grown: float) -> bool:
    """Whether a place is on the snail’s body, its outline moved out by `grown`."""
    stalks = any(
        abs((x - left) - (y - 860) * lean) < 34 + grown and 860 - grown < y < 1260
        for left, lean in ((230, 0.22), (470, -0.14))
    )
    head = hypot((x - 350) / (230 + grown), (y - 1350) / (200 + grown)) < 1
    neck = 1340 < y < 1800 and 150 + (y - 1340) * 0.12 - grown < x < 820
    foot = 1600 < y < 1860 + grown and 190 - grown < x < 1900 - (1860 - y) * 0.6 + grown
    return stalks or head or neck or foot


def _tile(x: float, y: float) -> Colour:
    """The colour of the mosaic at a place: shell, snail, leaf, sky."""
    across, down = x - _SHELL[0], y - _SHELL[1]
    away = hypot(across, down)
    if away < 610:
        winding = (away / 176 - atan2(down, across) / (2 * pi)) % 1
        return "#a3262f" if winding > 0.55 else between("#ffd84a", "#f2792b", away / 610)
    if away < 650:
        return "#5a1722"
    if any(hypot(x - left, y - top) < radius for left, top, radius in _EYES):
        return "#2a1c33"
    if _in_snail(x, y, 0):
        return "#f0d3a1"
    if _in_snail(x, y, 36):
        return "#8a5a35"
    return "#3f8f4a" if y > 1860 else "#7fd0de"


def snail() -> Image.Image:
    """A snail in mosaic; the tiles turn around its shell."""
    random = Random(6)  # noqa: S311
    sheet = Sheet("#e8e2d4")
    step = 37.0
    for ring in range(62):
        radius = (ring + 0.5) * step
        count = max(5, round(2 * pi * radius / step))
        for number in range(count):
            first = 360 * (number + 0.5 * (ring % 2)) / count
            x, y = around(*_SHELL, radius, first + 180 / count)
            if not (-40 < x < WIDTH + 40 and -40 < y < HEIGHT + 40):
                continue
            gap = degrees(3.2 / radius)
            inner, outer = radius - step / 2 + 3, radius + step / 2 - 3
            last = first + 360 / count - gap
            corners = [
                around(*_SHELL, inner, first + gap),
                around(*_SHELL, outer, first + gap),
                around(*_SHELL, outer, last),
                around(*_SHELL, inner, last),
            ]
            tone = _tile(x, y)
            shade = random.uniform(-0.2, 0.2)
            sheet.polygon(corners, between(tone, "#ffffff" if shade > 0 else "#12202e", abs(shade)))
    sheet.box(0, 2180, WIDTH, HEIGHT, "#14324a")
    sheet.box(0, 2180, WIDTH, 2200, "#e8e2d4")
    image = sheet.finished()
    stamp(image, fitted("Lentement,", Face.BOLD, 1120), (120, 2420), "#ffd23f")
    stamp(image, fitted("mais jusqu’au bout.", Face.BOLD, 1744), (120, 2660), "#ffffff")
    return image
