"""Points of a map gathered where they would lie on each other. No ORM, no request, no clock.

The projection is that of web maps (spherical Mercator): x from 0 at 180° West to 1 at 180° East, y
from 0 in the North to 1 in the South, both cut where the square of the world ends.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import asinh, atan, degrees, inf, isfinite, pi, radians, sinh, tan
from typing import Self

FARTHEST_LATITUDE = 85.05
"""Where the square of web maps ends, in degrees."""

SMALLEST_ZONE = 0.02
"""Degrees under which a zone is not made smaller: about two kilometres."""


@dataclass(frozen=True)
class Spot:
    """Where `count` fiches are, in degrees (WGS 84), and the commune."""

    latitude: float
    longitude: float
    commune: str
    count: int = 1


@dataclass(frozen=True)
class Zone:
    """A part of the world, in degrees; it does not cross the date line."""

    south: float
    west: float
    north: float
    east: float

    @classmethod
    def read(cls, typed: str) -> Self | None:
        """A zone as an address says it: "48.5,-1.5,50.1,1.8" (south, west, north, east).

        None for what is no zone, whatever was typed.
        """
        parts = typed[:100].split(",")
        try:
            south, west, north, east = (float(part) for part in parts)
        except ValueError:
            return None
        if not all(isfinite(one) for one in (south, west, north, east)):
            return None
        furthest = FARTHEST_LATITUDE
        if not (-furthest <= south < north <= furthest and -180 <= west < east <= 180):
            return None
        return cls(south, west, north, east)

    @property
    def key(self) -> str:
        """The zone as an address says it."""
        return ",".join(f"{one:.4f}" for one in (self.south, self.west, self.north, self.east))

    def holds(self, spot: Spot) -> bool:
        """Whether `spot` lies in it."""
        return (
            self.south <= spot.latitude <= self.north and self.west <= spot.longitude <= self.east
        )

    def around(self, other: Zone | None) -> Zone:
        """The smallest zone that holds both."""
        if other is None:
            return self
        return Zone(
            min(self.south, other.south),
            min(self.west, other.west),
            max(self.north, other.north),
            max(self.east, other.east),
        )

    def widened(self, share: float) -> Self:
        """The zone with `share` of its sides added on each side, at least `SMALLEST_ZONE` wide."""
        up = max((self.north - self.south) * share, SMALLEST_ZONE / 2)
        along = max((self.east - self.west) * share, SMALLEST_ZONE / 2)
        return type(self)(
            max(self.south - up, -FARTHEST_LATITUDE),
            max(self.west - along, -180.0),
            min(self.north + up, FARTHEST_LATITUDE),
            min(self.east + along, 180.0),
        )


def zone_around(spots: Sequence[Spot]) -> Zone | None:
    """The smallest zone that holds all of `spots`; None without any."""
    if not spots:
        return None
    latitudes = [spot.latitude for spot in spots]
    longitudes = [spot.longitude for spot in spots]
    return Zone(min(latitudes), min(longitudes), max(latitudes), max(longitudes))


def project(latitude: float, longitude: float) -> tuple[float, float]:
    """Where a place lies on the square of web maps."""
    held = min(max(latitude, -FARTHEST_LATITUDE), FARTHEST_LATITUDE)
    return (longitude + 180) / 360, (1 - asinh(tan(radians(held))) / pi) / 2


def unproject(x: float, y: float) -> tuple[float, float]:
    """The latitude and the longitude of a point of the square."""
    return degrees(atan(sinh(pi * (1 - 2 * y)))), x * 360 - 180


@dataclass(frozen=True)
class Cluster:
    """Spots shown as one: where, in the units of the drawing, and how many fiches they are."""

    x: float
    y: float
    count: int
    spots: tuple[Spot, ...]

    @property
    def communes(self) -> list[str]:
        """The communes of its spots, those with most fiches first."""
        counts: dict[str, int] = {}
        for spot in self.spots:
            if spot.commune:
                counts[spot.commune] = counts.get(spot.commune, 0) + spot.count
        return sorted(counts, key=lambda commune: (-counts[commune], commune))

    @property
    def is_one_commune(self) -> bool:
        """Whether all its fiches are in one commune, whose name is known."""
        return len({spot.commune for spot in self.spots}) == 1 and bool(self.spots[0].commune)


@dataclass
class _Heap:
    """A cluster while it grows; `x` and `y` are sums weighted by the fiches until it stands."""

    x: float = 0.0
    y: float = 0.0
    count: int = 0
    spots: list[Spot] = field(default_factory=list)


def clusters_of(placed: Iterable[tuple[float, float, Spot]], distance: float) -> list[Cluster]:
    """The spots of `placed` (x, y, spot), those nearer than `distance` together.

    Every spot is in exactly one cluster; no two clusters are nearer than `distance`; the order of
    the spots changes nothing. The largest come first.
    """
    cells: dict[tuple[int, int], _Heap] = {}
    for x, y, spot in sorted(placed, key=_in_order):
        heap = cells.setdefault((int(x // distance), int(y // distance)), _Heap())
        heap.x += x * spot.count
        heap.y += y * spot.count
        heap.count += spot.count
        heap.spots.append(spot)
    standing: list[_Heap] = []
    for _cell, heap in sorted(cells.items(), key=lambda one: (-one[1].count, one[0])):
        x, y = heap.x / heap.count, heap.y / heap.count
        near = _nearest(standing, x, y, distance)
        if near is None:
            standing.append(_Heap(x, y, heap.count, heap.spots))
        else:  # it stays where it stands, so that it comes near no other
            near.count += heap.count
            near.spots.extend(heap.spots)
    found = [Cluster(one.x, one.y, one.count, tuple(one.spots)) for one in standing]
    return sorted(found, key=lambda one: (-one.count, one.y, one.x))


def _in_order(one: tuple[float, float, Spot]) -> tuple[object, ...]:
    """By place, then by all that a spot has: two may be as near as a number can tell."""
    x, y, spot = one
    return x, y, spot.commune, spot.count, spot.latitude, spot.longitude


def _nearest(standing: Sequence[_Heap], x: float, y: float, distance: float) -> _Heap | None:
    best, nearest = inf, None
    for one in standing:
        apart = (one.x - x) ** 2 + (one.y - y) ** 2
        if apart < best:
            best, nearest = apart, one
    return nearest if best < distance**2 else None
