"""Outlines: turned, moved, smoothed, torn. Pure geometry, in pixels; angles are in degrees."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import atan2, cos, degrees, hypot, pi, radians, sin
from random import Random

from .canvas import Point


def placed(
    points: Iterable[Point], at: Point, *, scale: float = 1.0, turn: float = 0.0
) -> list[Point]:
    """`points` made `scale` times larger, turned clockwise by `turn`, then moved to `at`."""
    cosine, sine = cos(radians(turn)) * scale, sin(radians(turn)) * scale
    return [(at[0] + x * cosine - y * sine, at[1] + x * sine + y * cosine) for x, y in points]


def around(x: float, y: float, radius: float, angle: float) -> Point:
    """The point at `radius` from (x, y), at `angle` clockwise from the right."""
    return x + radius * cos(radians(angle)), y + radius * sin(radians(angle))


def regular(x: float, y: float, radius: float, sides: int, *, turn: float = -90.0) -> list[Point]:
    """The corners of a regular polygon."""
    return [around(x, y, radius, turn + 360 * number / sides) for number in range(sides)]


def star(
    x: float, y: float, radius: float, points: int, *, depth: float = 0.45, turn: float = -90.0
) -> list[Point]:
    """A star; its hollows are at `depth` times its radius."""
    return [
        around(x, y, radius * (depth if number % 2 else 1), turn + 180 * number / points)
        for number in range(2 * points)
    ]


def oval(x: float, y: float, across: float, down: float, *, turn: float = 0.0) -> list[Point]:
    """An ellipse with half-axes `across` and `down`, turned."""
    flat = [(across * cos(pi * n / 30), down * sin(pi * n / 30)) for n in range(60)]
    return placed(flat, (x, y), turn=turn)


def ring_piece(
    x: float, y: float, radii: tuple[float, float], span: tuple[float, float]
) -> list[Point]:
    """The piece of a ring between two radii and two angles."""
    inner, outer = radii
    first, last = span
    count = max(4, int(abs(last - first) / 3))
    angles = [first + (last - first) * number / count for number in range(count + 1)]
    return [
        *(around(x, y, outer, angle) for angle in angles),
        *(around(x, y, inner, angle) for angle in reversed(angles)),
    ]


def smooth(points: Sequence[Point], *, closed: bool = False, steps: int = 12) -> list[Point]:
    """A curve through `points` (Catmull-Rom), with `steps` points from each to the next."""
    if len(points) < 3:
        return list(points)
    count = len(points)
    curve: list[Point] = []
    for number in range(count if closed else count - 1):
        if closed:
            p0, p1, p2, p3 = (points[(number + offset) % count] for offset in (-1, 0, 1, 2))
        else:
            p1, p2 = points[number], points[number + 1]
            p0 = points[number - 1] if number else p1
            p3 = points[number + 2] if number + 2 < count else p2
        curve.extend(_curved(p0, p1, p2, p3, step / steps) for step in range(steps))
    curve.append(points[0] if closed else points[-1])
    return curve


def _curved(p0: Point, p1: Point, p2: Point, p3: Point, t: float) -> Point:
    x, y = (
        0.5
        * (
            2 * b
            + (c - a) * t
            + (2 * a - 5 * b + 4 * c - d) * t * t
            + (3 * b - a - 3 * c + d) * t * t * t
        )
        for a, b, c, d in zip(p0, p1, p2, p3, strict=True)
    )
    return x, y


def evenly(points: Sequence[Point], spacing: float) -> list[tuple[Point, float]]:
    """Points along a line every `spacing` pixels, each with the line’s direction there."""
    found: list[tuple[Point, float]] = []
    waiting = 0.0
    for (x0, y0), (x1, y1) in pairwise(points):
        length = hypot(x1 - x0, y1 - y0)
        if not length:
            continue
        direction = degrees(atan2(y1 - y0, x1 - x0))
        while waiting <= length:
            share = waiting / length
            found.append(((x0 + (x1 - x0) * share, y0 + (y1 - y0) * share), direction))
            waiting += spacing
        waiting -= length
    return found


def torn(
    points: Sequence[Point], random: Random, *, step: float = 14.0, depth: float = 7.0
) -> list[Point]:
    """The outline `points`, as if torn by hand: uneven, in small bites and longer waves."""
    ragged: list[Point] = []
    drift = 0.0
    for (x, y), direction in evenly([*points, points[0]], step):
        drift = drift * 0.8 + random.uniform(-depth, depth) * 0.6
        bite = drift + random.uniform(-depth, depth) * 0.45
        ragged.append(around(x, y, bite, direction + 90))
    return ragged


def shaken(points: Iterable[Point], random: Random, amount: float) -> list[Point]:
    """`points`, each moved by at most `amount`."""
    return [
        (x + random.uniform(-amount, amount), y + random.uniform(-amount, amount))
        for x, y in points
    ]
