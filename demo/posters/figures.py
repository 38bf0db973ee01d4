"""People and hands as silhouettes, in flat tones on a sheet."""

from __future__ import annotations

from .canvas import Point, Sheet, Tone
from .shapes import placed, smooth

_FINGERS: tuple[tuple[Point, Point, tuple[float, float]], ...] = (
    ((-128, -360), (-205, -850), (112, 88)),
    ((-22, -380), (-40, -950), (118, 92)),
    ((86, -370), (130, -880), (112, 88)),
    ((172, -320), (292, -700), (96, 76)),
    ((-150, -150), (-430, -450), (130, 98)),
)
"""From the wrist: where each finger starts and ends, how thick it is there."""


def open_hand(sheet: Sheet, at: Point, scale: float, tone: Tone, *, arm: float = 900) -> None:
    """A raised hand with its fingers spread, its wrist at `at`, on an arm `arm` long."""
    for start, end, widths in _FINGERS:
        first, last = placed((start, end), at, scale=scale)
        sheet.limb(first, last, tone, (widths[0] * scale, widths[1] * scale))
    palm = [
        (-186, -330),
        (-60, -420),
        (110, -410),
        (216, -300),
        (200, -90),
        (130, 30),
        (-120, 30),
        (-200, -110),
    ]
    sheet.polygon(smooth(placed(palm, at, scale=scale), closed=True), tone)
    sheet.polygon(placed([(-128, -60), (138, -60), (160, arm), (-170, arm)], at, scale=scale), tone)


_Bones = tuple[tuple[Point, Point, tuple[float, float]], ...]

_LEGS: _Bones = (
    ((0, 0), (205, 60), (136, 100)),
    ((205, 60), (190, 300), (92, 52)),
    ((180, 318), (275, 330), (56, 40)),
    ((-10, 0), (-110, 215), (132, 98)),
    ((-110, 215), (-370, 235), (90, 50)),
    ((-372, 240), (-400, 325), (54, 38)),
)
_GIVES: _Bones = (
    ((120, -320), (325, -262), (84, 62)),
    ((325, -262), (560, -330), (62, 44)),
    ((100, -320), (-110, -215), (84, 60)),
    ((-110, -215), (-60, -60), (60, 44)),
)
_TAKES: _Bones = (
    ((100, -320), (-70, -235), (84, 62)),
    ((-70, -235), (-262, -262), (62, 46)),
    ((130, -320), (250, -150), (84, 60)),
    ((250, -150), (392, -262), (60, 44)),
)


def runner(sheet: Sheet, at: Point, scale: float, tone: Tone, *, gives: bool) -> None:
    """Somebody who runs to the right, hips at `at`: `gives` a baton forward, or takes it behind."""
    for start, end, widths in (*_LEGS, *(_GIVES if gives else _TAKES)):
        first, last = placed((start, end), at, scale=scale)
        sheet.limb(first, last, tone, (widths[0] * scale, widths[1] * scale))
    hips, chest = placed([(-4, -6), (112, -300)], at, scale=scale)
    sheet.limb(hips, chest, tone, (132 * scale, 158 * scale))
    head, neck = placed([(205, -470), (132, -350)], at, scale=scale)
    sheet.limb(neck, head, tone, (74 * scale, 62 * scale))
    sheet.oval(*head, 70 * scale, 82 * scale, tone)


def walker(sheet: Sheet, at: Point, height: float, tone: Tone, *, bag: Tone | None = None) -> None:
    """A pupil who walks to the right, feet at `at`; with a bag on the back in the tone `bag`."""
    unit = height / 100

    def limb(start: Point, end: Point, first: float, last: float) -> None:
        one, other = placed((start, end), at, scale=unit)
        sheet.limb(one, other, tone, (first * unit, last * unit))

    if bag is not None:
        left, top = at[0] - 19 * unit, at[1] - 76 * unit
        sheet.box(left, top, left + 17 * unit, top + 30 * unit, bag, round_by=6 * unit)
    limb((0, -42), (11, -22), 12, 8)
    limb((11, -22), (12, -3), 8, 6)
    limb((12, -2), (18, -2), 6, 4)
    limb((0, -42), (-7, -22), 12, 8)
    limb((-7, -22), (-16, -4), 8, 6)
    limb((-16, -3), (-10, -2), 6, 4)
    limb((0, -44), (1, -70), 17, 16)
    limb((1, -71), (9, -56), 7, 6)
    limb((9, -56), (17, -50), 6, 5)
    limb((2, -74), (3, -84), 7, 7)
    x, y = placed([(4, -89)], at, scale=unit)[0]
    sheet.oval(x, y, 9 * unit, 10.5 * unit, tone)
