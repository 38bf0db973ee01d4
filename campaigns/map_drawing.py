"""A map drawn for a frame: what lies where, in the units of its drawing. Pure values.

The drawing is small, 400 units wide, so that on a telephone a unit is nearly a pixel.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import sqrt

from .map_clusters import Cluster, Spot, Zone, clusters_of, project, unproject, zone_around

WIDTH = 400.0
LEAST_HEIGHT, MOST_HEIGHT = 240.0, 420.0
MARGIN = 30.0
TARGET = 56.0
"""Between the centres of two circles, so that each can be touched: 44 pixels on a telephone, whose
screen of 360 leaves the drawing 0.8 pixel for a unit."""

SMALLEST_RADIUS, LARGEST_RADIUS = 12.0, 24.0
MOST_NAMES = 9
NAMES_APART = 8.0
LINE = 17.0
LETTER = 7.0
"""How wide a letter of a name is, as large as a telephone shows it."""


@dataclass(frozen=True)
class Frame:
    """The part of the world that is drawn, and how: a scale and where it starts."""

    scale: float
    left: float
    top: float
    height: float

    def place(self, spot: Spot) -> tuple[float, float]:
        """Where `spot` lies in the drawing; outside of it perhaps."""
        return self.put(*project(spot.latitude, spot.longitude))

    def put(self, x: float, y: float) -> tuple[float, float]:
        """Where a point of the square of web maps lies in the drawing."""
        return (x - self.left) * self.scale, (y - self.top) * self.scale

    @property
    def sight(self) -> Zone:
        """All that the drawing shows, its margins included."""
        north, west = unproject(self.left, self.top)
        south, east = unproject(self.left + WIDTH / self.scale, self.top + self.height / self.scale)
        return Zone(south, west, north, east)

    def shows(self, x: float, y: float) -> bool:
        """Whether a point of the drawing is in sight."""
        return 0 <= x <= WIDTH and 0 <= y <= self.height


def frame_of(zone: Zone) -> Frame:
    """The frame that shows all of `zone`, in its middle."""
    left, top = project(zone.north, zone.west)
    right, bottom = project(zone.south, zone.east)
    wide, high = max(right - left, 1e-9), max(bottom - top, 1e-9)
    height = min(max((WIDTH - 2 * MARGIN) * high / wide + 2 * MARGIN, LEAST_HEIGHT), MOST_HEIGHT)
    scale = min((WIDTH - 2 * MARGIN) / wide, (height - 2 * MARGIN) / high)
    return Frame(
        scale,
        (left + right) / 2 - WIDTH / scale / 2,
        (top + bottom) / 2 - height / scale / 2,
        height,
    )


class Background:
    """The places drawn faintly below the circles, with what does not depend on the frame."""

    def __init__(self, spots: Iterable[Spot]) -> None:
        held = list(spots)
        self.zone = zone_around(held)
        self.points = [project(spot.latitude, spot.longitude) for spot in held]
        sums: dict[str, tuple[float, float, int]] = {}
        for spot, (x, y) in zip(held, self.points, strict=True):
            if spot.commune:
                along, down, number = sums.get(spot.commune, (0.0, 0.0, 0))
                sums[spot.commune] = along + x, down + y, number + 1
        largest_first = sorted(sums.items(), key=lambda one: (-one[1][2], one[0]))
        self.communes = [
            (commune, x / number, y / number) for commune, (x, y, number) in largest_first
        ]
        """Each commune with its middle, those with most places first."""


@dataclass(frozen=True)
class Circle:
    """A cluster as it is drawn."""

    cluster: Cluster
    radius: float


@dataclass(frozen=True)
class Name:
    """The name of a commune, and where its middle is."""

    x: float
    y: float
    text: str


@dataclass(frozen=True)
class Drawing:
    """All that is drawn, in the order in which it is."""

    height: float
    dots: str
    names: list[Name]
    circles: list[Circle]
    in_sight: int


def draw(frame: Frame, spots: Iterable[Spot], background: Background) -> Drawing:
    """The `spots` gathered in circles, over the faint dots of a `background`."""
    placed = [(*frame.place(spot), spot) for spot in spots]
    seen = [one for one in placed if frame.shows(one[0], one[1])]
    gathered = clusters_of(seen, TARGET)
    most = max((cluster.count for cluster in gathered), default=1)
    return Drawing(
        height=frame.height,
        dots=_dots(frame, background),
        names=_names(frame, background, gathered),
        circles=[Circle(one, _radius(one.count, most)) for one in gathered],
        in_sight=sum(cluster.count for cluster in gathered),
    )


def _radius(count: int, most: int) -> float:
    """The surface follows the count, from a circle that just holds a number to the largest."""
    share = sqrt(count / most) if most > 1 else 0.0
    return round(SMALLEST_RADIUS + (LARGEST_RADIUS - SMALLEST_RADIUS) * share, 1)


@lru_cache(maxsize=32)
def _dots(frame: Frame, background: Background) -> str:
    """One path of points without length, which round line ends turn into dots."""
    placed = (frame.put(*point) for point in background.points)
    points = {(round(x, 1), round(y, 1)) for x, y in placed}
    shown = sorted(point for point in points if frame.shows(*point))
    return "".join(f"M{x:g} {y:g}h0" for x, y in shown)


def _names(frame: Frame, background: Background, circles: Sequence[Cluster]) -> list[Name]:
    """The communes with most establishments, as far as their names do not touch each other."""
    names: list[Name] = []
    for commune, along, down in background.communes:
        x, y = frame.put(along, down)
        if not (MARGIN <= x <= WIDTH - MARGIN and MARGIN / 2 <= y <= frame.height - MARGIN):
            continue
        at = _beside(x, y, commune, circles)
        if at is None or any(_touch(one, x, at, commune) for one in names):
            continue
        names.append(Name(round(x, 1), round(at, 1), commune))
        if len(names) == MOST_NAMES:
            break
    return names


def _beside(x: float, y: float, text: str, circles: Sequence[Cluster]) -> float | None:
    """Where a name can be read: in its place, or just below the circle there; None if nowhere."""
    half = len(text) * LETTER / 2

    wide, high = half + LARGEST_RADIUS, LARGEST_RADIUS + 6

    def hidden(at: float) -> Cluster | None:
        over = (one for one in circles if abs(one.x - x) < wide and abs(one.y - at) < high)
        return next(over, None)

    over = hidden(y)
    if over is None:
        return y
    below = over.y + LARGEST_RADIUS + 10
    return below if hidden(below) is None else None


def _touch(name: Name, x: float, y: float, text: str) -> bool:
    wide = (len(name.text) + len(text)) * LETTER / 2 + NAMES_APART
    return abs(name.x - x) <= wide and abs(name.y - y) <= LINE
