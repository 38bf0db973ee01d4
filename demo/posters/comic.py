"""A poster that is a page of comics."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PIL import Image

from .canvas import CLEAR, FULL, Colour, Point, Sheet
from .handwriting import written
from .lettering import Face, fitted, stamp
from .shapes import around, placed, smooth, star
from .textures import grain


@dataclass(frozen=True)
class _Child:
    """Somebody in the comic; lengths in hundredths of the height."""

    shirt: Colour
    skin: Colour
    hair: Colour


_ADA = _Child("#ff4d4d", "#8d5524", "#1b1b1b")
_BLUE = _Child("#2f80ed", "#f1c27d", "#5b2c0b")
_GREEN = _Child("#27ae60", "#c68642", "#20140a")
_PINK = _Child("#f06eb1", "#ffdbac", "#c0392b")


def _child(
    sheet: Sheet,
    who: _Child,
    at: Point,
    height: float,
    *,
    lean: float,
    arms: tuple[Point, Point],
    glad: bool,
) -> None:
    """A child with its feet at `at`, leaning by `lean`, its hands at `arms` from its shoulders."""
    unit = height / 100
    shoulder = (lean, -62.0)
    parts: list[tuple[Point, Point, float, Colour]] = [
        ((-2, -34), (-12 - lean * 0.5, -2), 12, "#34495e"),
        ((2, -34), (10 - lean * 0.2, -2), 12, "#34495e"),
        ((0, -38), shoulder, 26, who.shirt),
    ]
    for across, down in arms:
        parts.append((shoulder, (shoulder[0] + across, shoulder[1] + down), 9, who.skin))
    head = placed([(lean * 1.35, -84)], at, scale=unit)[0]
    for edge in (7.0, 0.0):
        for start, end, width, colour in parts:
            one, other = placed((start, end), at, scale=unit)
            thick = width * unit + 2 * edge
            sheet.limb(one, other, "#111111" if edge else colour, (thick, thick))
        sheet.disc(*head, 17 * unit + edge, "#111111" if edge else who.skin)
    sheet.slice(*head, 17 * unit, who.hair, (180, 360))
    x, y = head
    for side in (0.15, 0.62):
        sheet.oval(x + side * 14 * unit, y + 3 * unit, 1.7 * unit, 2.5 * unit, "#111111")
    if glad:
        sheet.slice(x + 5 * unit, y + 7 * unit, 6 * unit, "#111111", (0, 180))
    else:
        sheet.line([(x + 1 * unit, y + 11 * unit), (x + 9 * unit, y + 10 * unit)], "#111111", 5)


def _boulder(sheet: Sheet, x: float, y: float, radius: float, turn: float) -> None:
    rock = [
        around(x, y, radius * (1 + 0.07 * ((number * 5) % 3 - 1)), turn + number * 36)
        for number in range(10)
    ]
    outline = smooth(rock, closed=True, steps=4)
    sheet.polygon(outline, "#8e8e9e")
    sheet.polygon(
        smooth([*rock[2:7], around(x, y, radius * 0.35, turn + 140)], closed=True), "#6f6f82"
    )
    sheet.line([*outline, outline[0]], "#111111", 13)
    for angle, reach in ((20, 0.7), (250, 0.62), (310, 0.5)):
        bends = ((0.2, 0), (0.45, 16), (reach, 0))
        crack = [around(x, y, radius * share, turn + angle + more) for share, more in bends]
        sheet.line(crack, "#111111", 8)


def _balloon(sheet: Sheet, text: str, at: Point, tip: Point, size: float) -> None:
    """What somebody says, in an oval that points at `tip`."""
    script = written(text, size, seed=3, shake=1)
    across, down = script.width * 0.6 + 34, size * 1.25
    x, y = at
    for edge in (9.0, 0.0):
        tone = "#111111" if edge else "#ffffff"
        sheet.oval(x, y, across + edge, down + edge, tone)
        sheet.polygon([(x - 34 - edge, y + down * 0.7), (x + 34 + edge, y + down * 0.7),
                       (tip[0], tip[1] + edge)], tone)  # fmt: skip
    for stroke in script.at(x, y + size / 2, align=0.5):
        sheet.line(stroke, "#111111", size * 0.15)


def _backdrop(
    sheet: Sheet, panel: Sequence[Point], sky: Colour, dots: Colour, ground: float
) -> None:
    """A panel’s sky with printed dots, and its ground."""
    left, right = min(x for x, _ in panel), max(x for x, _ in panel)
    top, bottom = min(y for _, y in panel), max(y for _, y in panel)
    sheet.box(left, top, right, bottom, sky)
    for row in range(int((bottom - top) / 26)):
        radius = 10 * (1 - row * 26 / (bottom - top))
        for column in range(int((right - left) / 26) + 1):
            sheet.disc(left + column * 26 + 13 * (row % 2), top + row * 26, radius, dots)
    sheet.box(left, ground, right, bottom, "#f4c95d")
    sheet.line([(left, ground), (right, ground)], "#111111", 9)


_PUSH: tuple[Point, Point] = ((34, 4), (36, -8))


def _too_heavy(sheet: Sheet, panel: Sequence[Point]) -> None:
    _backdrop(sheet, panel, "#9fdcf5", "#6cc3ea", 1010)
    _boulder(sheet, 760, 850, 180, 0)
    _child(sheet, _ADA, (360, 1050), 400, lean=0, arms=((-14, 24), (16, 22)), glad=False)
    _balloon(sheet, "Trop lourd.", (400, 548), (370, 672), 54)


def _alone(sheet: Sheet, panel: Sequence[Point]) -> None:
    _backdrop(sheet, panel, "#ffe08a", "#ffc94a", 1010)
    _boulder(sheet, 1640, 850, 180, 0)
    _child(sheet, _ADA, (1290, 1050), 400, lean=22, arms=_PUSH, glad=False)
    for angle in (200, 225, 250):
        start, end = around(1390, 715, 100, angle), around(1390, 715, 150, angle)
        sheet.line([start, end], "#2f80ed", 12)
    _balloon(sheet, "NNNGH !", (1330, 540), (1400, 620), 58)


def _friends(sheet: Sheet, panel: Sequence[Point]) -> None:
    _backdrop(sheet, panel, "#f9b4d0", "#f28db5", 1650)
    _boulder(sheet, 1700, 1490, 180, 0)
    _child(sheet, _ADA, (1380, 1690), 400, lean=0, arms=((-34, -6), (14, 24)), glad=True)
    for who, x in ((_BLUE, 420), (_GREEN, 690), (_PINK, 960)):
        _child(sheet, who, (x, 1690), 380, lean=10, arms=((24, 14), (-22, 14)), glad=True)
    _balloon(sheet, "On t’aide ?", (640, 1235), (690, 1330), 62)


def _together(sheet: Sheet, panel: Sequence[Point]) -> None:
    _backdrop(sheet, panel, "#8fe3c0", "#5fd3a2", 2700)
    sheet.polygon([(60, 2330), (1960, 2640), (1960, 2760), (60, 2760)], "#f4c95d")
    sheet.line([(60, 2330), (1960, 2640)], "#111111", 10)
    burst = star(1510, 2270, 420, 18, depth=0.8)
    sheet.polygon(burst, "#ffe45e")
    for number in range(6):
        y = 2110 + number * 70
        sheet.line([(1080 + number * 12, y), (1230 + (number % 3) * 24, y + 22)], "#111111", 11)
    _boulder(sheet, 1540, 2320, 245, 40)
    for tone, width in (("#111111", 50), ("#e02424", 28)):
        for stroke in written("BROUM !", 150, seed=2, shake=7, slant=0.12).at(150, 2690):
            sheet.line(stroke, tone, width)
    for who, x in ((_PINK, 250), (_GREEN, 500), (_BLUE, 750), (_ADA, 1000)):
        _child(sheet, who, (x, 2352 + (x - 60) * 0.163), 430, lean=20, arms=_PUSH, glad=True)


_PANELS: tuple[tuple[Callable[[Sheet, Sequence[Point]], None], tuple[Point, ...]], ...] = (
    (_too_heavy, ((70, 430), (1010, 430), (940, 1110), (70, 1110))),
    (_alone, ((1050, 430), (1914, 430), (1914, 1110), (980, 1110))),
    (_friends, ((70, 1150), (1914, 1150), (1914, 1790), (70, 1730))),
    (_together, ((70, 1772), (1914, 1832), (1914, 2736), (70, 2736))),
)
"""The panels in the order in which they are read: what is in each, its corners."""


def comic() -> Image.Image:
    """Alone, the boulder stays; together it rolls: four panels under a title."""
    page = Sheet("#fff8e7")
    for fill, panel in _PANELS:
        sheet, mask = Sheet("#ffffff"), Sheet(CLEAR)
        fill(sheet, panel)
        mask.polygon(panel, FULL)
        page.image.paste(sheet.image, (0, 0), mask.image)
        page.line([*panel, panel[0]], "#111111", 14)
        # A sheet weighs 67 MB: gone before the next is there.
        del sheet, mask
    image = page.finished()
    stamp(image, fitted("Seul, ça coince.", Face.SLANTED, 1240), (70, 190), "#111111")
    stamp(image, fitted("Ensemble, ça roule !", Face.SLANTED, 1700), (70, 370), "#e02424")
    return grain(image, 5, cell=2.4, strength=0.05)
