"""A poster of folded paper."""

from __future__ import annotations

from PIL import Image

from .canvas import WIDTH, Colour, Point, Sheet, between
from .lettering import Face, fitted, stamp
from .shapes import placed, regular
from .textures import grain

_CRANE: tuple[tuple[float, tuple[Point, ...]], ...] = (
    (0.55, ((6, 8), (166, -92), (44, 44))),
    (0.78, ((44, 44), (166, -92), (30, 22))),
    (0.3, ((-20, 14), (128, -176), (20, 18))),
    (0.5, ((20, 18), (128, -176), (56, 26))),
    (0.62, ((-8, 10), (-138, -92), (-44, 44))),
    (0.82, ((-138, -92), (-192, -48), (-120, -76))),
    (0.9, ((-52, 26), (0, 92), (0, 14))),
    (0.7, ((0, 14), (0, 92), (56, 28))),
    (0.0, ((-52, 26), (-76, -186), (6, 18))),
    (0.2, ((6, 18), (-76, -186), (56, 28))),
)
"""The facets of a paper crane that flies to the left: how dark each is, its corners."""


def _crane(
    sheet: Sheet, at: Point, papers: tuple[Colour, Colour], *, scale: float, turn: float
) -> None:
    """A crane in tones between the two of `papers`."""
    for share, facet in _CRANE:
        sheet.polygon(placed(facet, at, scale=scale, turn=turn), between(*papers, share))


def cranes() -> Image.Image:
    """A sheet of paper becomes a crane, fold after fold."""
    ground, light, dark, ink = "#cfe6dd", "#ff6b57", "#8f1730", "#12343b"
    sheet = Sheet(ground)
    sheet.disc(1110, 1520, 640, "#f9f4e2")
    for x, y, scale, turn in (
        (1760, 250, 0.5, -8),
        (1590, 400, 0.62, 6),
        (1800, 520, 0.72, -4),
        (1560, 690, 0.86, 8),
        (1790, 840, 1.0, -6),
        (230, 1010, 0.62, 5),
        (420, 1130, 0.5, -6),
        (200, 1240, 0.46, 4),
    ):
        _crane(sheet, (x, y), ("#ffffff", "#3b8f86"), scale=scale, turn=turn)
    _crane(sheet, (1040, 1640), (light, dark), scale=4.2, turn=3)
    steps: tuple[tuple[tuple[float, tuple[Point, ...]], ...], ...] = (
        ((0.1, ((-84, -84), (84, -84), (84, 84), (-84, 84))),),
        ((0.1, ((-110, 70), (110, 70), (0, -40))), (0.5, ((0, -40), (110, 70), (0, 70)))),
        ((0.1, ((0, -100), (-66, 0), (0, 100))), (0.5, ((0, -100), (66, 0), (0, 100)))),
        (
            (0.1, ((0, -100), (-36, 10), (0, 100))),
            (0.5, ((0, -100), (36, 10), (0, 100))),
            (0.75, ((-36, 10), (-100, -70), (-10, 50))),
            (0.75, ((36, 10), (100, -70), (10, 50))),
        ),
        tuple(
            (share, tuple((x * 0.62, y * 0.62 + 40) for x, y in facet)) for share, facet in _CRANE
        ),
    )
    for number, facets in enumerate(steps):
        x = 220 + number * 386
        for share, facet in facets:
            sheet.polygon(placed(facet, (x, 2370)), between(light, dark, share))
        if number < 4:
            sheet.line([(x + 150, 2380), (x + 220, 2380)], ink, 8)
            sheet.polygon(regular(x + 232, 2380, 24, 3, turn=0), ink)
    image = sheet.finished()
    stamp(image, fitted("Un pli", Face.HEAVY_SERIF, 860), (140, 430), ink)
    stamp(image, fitted("après l’autre.", Face.HEAVY_SERIF, 1200), (140, 730), ink)
    text = "Persévérer, c’est plier sans rompre."
    stamp(image, fitted(text, Face.MEDIUM, 1640), (WIDTH / 2, 2650), ink, align=0.5)
    return grain(image, 6, cell=2.2, strength=0.05)
