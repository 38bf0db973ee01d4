"""A poster that is a walking map: contours are computed from invented hills."""

from __future__ import annotations

from collections.abc import Iterator
from math import exp

from PIL import Image

from .canvas import CLEAR, FULL, HEIGHT, WIDTH, Point, Sheet, between
from .lettering import Face, fitted, stamp, word
from .shapes import evenly, smooth
from .textures import grain

_STEP = 16
_LEVELS = [0.06 + 0.055 * number for number in range(17)]

_HILLS = (
    (1350, 850, 330, 0.95), (420, 820, 280, 0.45), (1780, 1560, 330, 0.5), (700, 1500, 260, 0.5),
    (1120, 2230, 280, 0.4), (160, 2250, 330, 0.5), (1760, 2560, 300, 0.5), (760, 560, 260, 0.3),
)  # fmt: skip
"""Each hill: the place of its top, how wide it is, how high."""


def _altitude(x: float, y: float) -> float:
    return sum(
        high * exp(-((x - left) ** 2 + (y - top) ** 2 * 1.25) / (2 * wide * wide))
        for left, top, wide, high in _HILLS
    )


def _contours(grid: list[list[float]], level: float) -> Iterator[tuple[Point, Point]]:
    """The segments of the line at `level` (marching squares), in pixels."""
    for row in range(len(grid) - 1):
        upper, lower = grid[row], grid[row + 1]
        if not min(*upper, *lower) <= level <= max(*upper, *lower):
            continue
        for at in range(len(upper) - 1):
            corners = (upper[at], upper[at + 1], lower[at + 1], lower[at])
            if min(corners) >= level or max(corners) < level:
                continue
            places = ((at, row), (at + 1, row), (at + 1, row + 1), (at, row + 1))
            crossed: list[Point] = []
            for side in range(4):
                one, other = corners[side], corners[(side + 1) % 4]
                if (one < level) != (other < level):
                    share = (level - one) / (other - one)
                    (x0, y0), (x1, y1) = places[side], places[(side + 1) % 4]
                    crossed.append(
                        ((x0 + (x1 - x0) * share) * _STEP, (y0 + (y1 - y0) * share) * _STEP)
                    )
            yield crossed[0], crossed[1]
            if len(crossed) == 4:
                yield crossed[2], crossed[3]


def _relief() -> Image.Image:
    """The bare map: tints by altitude, contours, every fourth one bold."""
    columns, rows = WIDTH // _STEP + 2, HEIGHT // _STEP + 2
    grid = [[_altitude(at * _STEP, row * _STEP) for at in range(columns)] for row in range(rows)]
    plane = Image.new("L", (columns, rows))
    plane.putdata([min(255, round(value * 230)) for line in grid for value in line])
    smooth_plane = plane.resize((columns * _STEP, rows * _STEP), Image.Resampling.BICUBIC)
    smooth_plane = smooth_plane.transform(
        (WIDTH, HEIGHT), Image.Transform.AFFINE, (1, 0, _STEP / 2, 0, 1, _STEP / 2)
    )
    tints = []
    for value in range(256):
        band = sum(value / 230 >= level for level in _LEVELS) / len(_LEVELS)
        low = between("#dcebc4", "#f2dfae", min(1.0, band * 2))
        tints.append(low if band < 0.5 else between("#f2dfae", "#d99a6c", band * 2 - 1))
    bands = [smooth_plane.point([int(tint[i : i + 2], 16) for tint in tints]) for i in (1, 3, 5)]
    sheet = Sheet(CLEAR)
    for number, level in enumerate(_LEVELS):
        for start, end in _contours(grid, level):
            sheet.line([start, end], FULL, 5 if number % 4 == 0 else 2.5)
    image = Image.merge("RGB", bands)
    image.paste("#a8653a", (0, 0), sheet.finished())
    return image


_STOPS: tuple[tuple[float, float, str, bool], ...] = (
    (300, 2630, "Lundi matin", False),
    (1680, 2220, "Marais du Découragement", True),
    (330, 1820, "Gué des Copains", False),
    (1650, 1420, "Pont de la Deuxième Chance", True),
    (470, 1045, "Refuge de l’Entraide", False),
    (1350, 850, "Mon projet", False),
)
"""The stops of the path: place, name, and whether the name is on its left."""


_BENDS: tuple[Point, ...] = (
    (300, 2630), (420, 2500), (860, 2440), (1350, 2430), (1610, 2340), (1680, 2220), (1600, 2110),
    (1250, 2050), (800, 2030), (440, 1940), (330, 1820), (430, 1700), (800, 1640), (1250, 1620),
    (1570, 1540), (1650, 1420), (1540, 1310), (1200, 1260), (840, 1240), (560, 1160), (470, 1045),
    (620, 940), (900, 910), (1150, 900), (1350, 850),
)  # fmt: skip
"""Where the path goes, from its start to the summit."""


def path_map() -> Image.Image:
    """A winding path from Monday morning to a summit, on a map with contours."""
    red, night = "#d7263d", "#10324a"
    image = _relief()
    sheet, under = Sheet(CLEAR), Sheet(CLEAR)
    lake = smooth(
        [(1010, 1850), (1180, 1770), (1420, 1790), (1530, 1880), (1350, 1950), (1120, 1930)],
        closed=True,
    )
    water = Sheet(CLEAR)
    water.polygon(lake, FULL)
    image.paste("#7cc0dd", (0, 0), water.finished())
    shore = Sheet(CLEAR)
    shore.line(lake, FULL, 6)
    image.paste("#2c7da0", (0, 0), shore.finished())
    track = smooth(_BENDS)
    under.line(track, FULL, 36)
    marks = evenly(track, 12)
    for number in range(0, len(marks) - 4, 7):
        sheet.line([point for point, _ in marks[number : number + 4]], FULL, 20)
    image.paste("#fffdf5", (0, 0), under.finished())
    image.paste(red, (0, 0), sheet.finished())
    stamp(image, word("Lac des Doutes", Face.SERIF, 66), (1272, 1885), "#0f4c6b", align=0.5)
    _signs(image, red, night)
    image.paste(night, (0, 0, WIDTH, 500))
    stamp(image, fitted("Il n’y a pas de raccourci.", Face.BOLD, 1744), (120, 235), "#ffffff")
    stamp(image, fitted("Il y a un chemin.", Face.BOLD, 1200), (120, 415), "#ffd166")
    return grain(image, 12, cell=2.4, strength=0.06)


def _signs(image: Image.Image, red: str, night: str) -> None:
    """The stops of the path, their names on white labels, and a flag on the summit."""
    for x, y, name, side in _STOPS:
        mark = Sheet(CLEAR, size=(120, 120))
        mark.disc(60, 60, 44, FULL)
        image.paste("#fffdf5", (round(x) - 60, round(y) - 60), mark.finished())
        mark.disc(60, 60, 44, CLEAR)
        mark.disc(60, 60, 32, FULL)
        image.paste(red, (round(x) - 60, round(y) - 60), mark.finished())
        letters = word(name, Face.BOLD, 66)
        wide, high = letters.width + 56, 104
        left = round(x - 70 - wide if side else x + 70)
        plate = Sheet(CLEAR, size=(wide, high))
        plate.box(0, 0, wide, high, FULL, round_by=24)
        image.paste("#fffdf5", (left, round(y) - high // 2), plate.finished())
        stamp(image, letters, (left + 28, y + 22), night)
    x, y = _STOPS[-1][:2]
    flag = Sheet(CLEAR, size=(260, 270))
    flag.line([(20, 260), (20, 16)], FULL, 14)
    flag.polygon([(20, 10), (220, 70), (20, 130)], FULL)
    image.paste(night, (round(x) - 20, round(y) - 260), flag.finished())
