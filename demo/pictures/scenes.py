"""The pictures of the demo."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from math import sin

from PIL import Image

from .canvas import Canvas, H, Palette, W, mix
from .motifs import cliff, flat_boat, garden, poplar, round_tree, sailing_boat, stone

GREEN = Palette((216, 236, 228), (250, 244, 226), (168, 208, 188), (18, 84, 66), (255, 226, 158))
DAWN = Palette((198, 224, 226), (253, 233, 208), (158, 201, 184), (14, 74, 62), (255, 205, 130))
SEA = Palette((206, 230, 234), (247, 246, 234), (140, 192, 190), (10, 92, 88), (255, 236, 186))
BLUE = Palette((211, 226, 246), (252, 241, 228), (160, 186, 224), (32, 66, 122), (255, 221, 168))
DUSK = Palette((196, 210, 240), (250, 226, 214), (164, 178, 220), (38, 54, 110), (255, 208, 160))


def hills(palette: Palette, seed: int) -> Image.Image:
    """Hills behind hills, with hedgerow trees on the nearer ones."""
    canvas = Canvas(palette, seed, light=(0.68, 0.36))
    ridges = canvas.ridges(6, top=0.42, bottom=0.9)
    tones = [palette.ground(number / (len(ridges) - 1)) for number in range(len(ridges))]
    for number in range(1, len(ridges)):
        ridge = ridges[number]
        for _ in range(5):
            start = canvas.random.randrange(len(ridge) - 12)
            for step in range(canvas.random.randrange(2, 7)):
                x, y = ridge[start + 2 * step]
                height = H * (0.012 + 0.03 * number / (len(ridges) - 1))
                round_tree(canvas, tones[number], x, y, height)
        # Again, over the trees' feet: they stand behind the crests.
        for nearer in range(number, len(ridges)):
            canvas.hill(ridges[nearer], tones[nearer])
    return canvas.finished()


def steps(palette: Palette, seed: int) -> Image.Image:
    """Stones across the water, each a little nearer to the hills."""
    canvas = Canvas(palette, seed, light=(0.5, 0.4))
    canvas.ridges(3, top=0.4, bottom=0.5, nearest=0.55)
    shore = 0.56
    canvas.water(shore, far=palette.horizon, near=palette.far, ripples=46)
    for number in range(8):
        depth = (number / 7) ** 1.6
        x = W * (0.5 + 0.11 * sin(number * 1.4) * (0.3 + 0.7 * depth))
        stone(canvas, x, H * (shore + 0.022 + 0.36 * depth), W * (0.011 + 0.068 * depth))
    return canvas.finished()


def coast(palette: Palette, seed: int) -> Image.Image:
    """Chalk cliffs, the sea and a few sails."""
    canvas = Canvas(palette, seed, light=(0.3, 0.34))
    canvas.water(0.52, far=palette.far, near=palette.near, ripples=80)
    cliff(canvas, left=0.62, top=0.3, fade=0.3)
    cliff(canvas, left=0.74, top=0.21, fade=0.0)
    for x, y, size in ((0.2, 0.66, 0.16), (0.4, 0.585, 0.08), (0.49, 0.56, 0.05)):
        sailing_boat(canvas, x * W, y * H, size * H)
    return canvas.finished()


def canals(palette: Palette, seed: int) -> Image.Image:
    """Gardens between canals, poplars, and a boat."""
    canvas = Canvas(palette, seed, light=(0.72, 0.38))
    canvas.ridges(2, top=0.44, bottom=0.5, nearest=0.45)
    canvas.water(0.55, far=palette.horizon, near=palette.far, ripples=30)
    for top, deep, near, left, right in (
        (0.555, 0.022, 0.35, 0.0, 1.0),
        (0.64, 0.04, 0.55, 0.0, 0.42),
        (0.78, 0.07, 0.8, 0.66, 1.0),
    ):
        ground = palette.ground(near)
        garden(canvas, ground, rows=(top * H, (top + deep) * H), span=(left * W, right * W))
        for _ in range(int(20 * (right - left))):
            x = canvas.random.uniform(left + 0.015, right - 0.015) * W
            height = H * (0.06 + 0.26 * near * canvas.random.uniform(0.55, 1))
            poplar(canvas, mix(ground, palette.near, 0.35), x, (top + 0.008) * H, height)
    flat_boat(canvas, 0.5 * W, 0.83 * H, 0.15 * W)
    return canvas.finished()


SCENES: dict[str, Callable[[], Image.Image]] = {
    "normandie": lambda: hills(GREEN, 3),
    "amiens": lambda: hills(DUSK, 8),
    "amiens-2015": lambda: canals(BLUE, 4),
    "normandie-2023": lambda: coast(SEA, 2),
    "normandie-current": lambda: steps(DAWN, 5),
}
"""The picture of each home page and edition, by the name of its content."""


def draw_jpeg(name: str) -> bytes:
    """The picture `name` of `SCENES` as the bytes of a JPEG file."""
    buffer = BytesIO()
    SCENES[name]().save(buffer, "JPEG", quality=86, optimize=True)
    return buffer.getvalue()
