"""What makes a flat print look printed, cut, sprayed or painted. Masks go from 0 to 255."""

from __future__ import annotations

from collections.abc import Callable
from math import cos, radians, sin, sqrt
from random import Random

from PIL import Image, ImageChops, ImageFilter

from .canvas import CLEAR, FULL, HEIGHT, WIDTH, Colour, Sheet

SIZE = (WIDTH, HEIGHT)


def noise(seed: int, *, cell: float, size: tuple[int, int] = SIZE) -> Image.Image:
    """Soft spots of about `cell` pixels, always the same for a seed."""
    small = (max(2, round(size[0] / cell)), max(2, round(size[1] / cell)))
    # The same picture at each run is what a seed is for.
    data = Random(seed).randbytes(small[0] * small[1])  # noqa: S311
    return Image.frombytes("L", small, data).resize(size, Image.Resampling.BICUBIC)


def levels(mask: Image.Image, low: float, high: float) -> Image.Image:
    """`mask` stretched: what is at `low` or below becomes 0, at `high` or above 255."""
    return mask.point(
        [min(FULL, max(CLEAR, round((value - low) * FULL / (high - low)))) for value in range(256)]
    )


def scaled(mask: Image.Image, share: float) -> Image.Image:
    """`mask` with all its values multiplied by `share`."""
    return mask.point([min(FULL, round(value * share)) for value in range(256)])


def rough(
    mask: Image.Image, seed: int, *, cell: float = 6.0, soft: float = 4.0, sharp: float = 24.0
) -> Image.Image:
    """`mask` with edges that wander, as a knife or a worn screen leaves them.

    `soft` is by how many pixels, `cell` how finely, `sharp` how steep the edge stays.
    """
    blurred = mask.filter(ImageFilter.BoxBlur(soft))
    mixed = Image.blend(blurred, noise(seed, cell=cell, size=mask.size), 0.35)
    middle = FULL / 2
    return levels(mixed, middle - sharp, middle + sharp)


def worn(mask: Image.Image, seed: int, *, cell: float = 3.0, share: float = 0.1) -> Image.Image:
    """`mask` with specks where the ink did not take; `share` (0 to 1) of it is missing."""
    specks = levels(noise(seed, cell=cell, size=mask.size), FULL * share - 20, FULL * share + 20)
    return ImageChops.multiply(mask, specks)


def ink(image: Image.Image, mask: Image.Image, colour: Colour) -> None:
    """Cover `image` with `colour` where `mask` is full."""
    image.paste(colour, (0, 0), mask)


def overprint(image: Image.Image, mask: Image.Image, colour: Colour) -> Image.Image:
    """`image` under a transparent ink: where two inks meet, a third colour shows."""
    film = Image.new("RGB", image.size, "#ffffff")
    film.paste(colour, (0, 0), mask)
    return ImageChops.multiply(image, film)


def grain(
    image: Image.Image, seed: int, *, cell: float = 2.0, strength: float = 0.1
) -> Image.Image:
    """`image` on paper with a tooth: darker by at most `strength`, in specks."""
    tooth = noise(seed, cell=cell, size=image.size)
    light = tooth.point([round(FULL - (FULL - value) * strength) for value in range(256)])
    return ImageChops.multiply(image, Image.merge("RGB", (light, light, light)))


def shadow(
    image: Image.Image, mask: Image.Image, *, by: tuple[int, int], blur: float, share: float = 0.35
) -> None:
    """Let what `mask` shows cast a soft shadow on `image`, `by` pixels right and down."""
    reduction = 4
    small = mask.reduce(reduction).filter(ImageFilter.GaussianBlur(blur / reduction))
    image.paste("#000000", by, scaled(small.resize(mask.size), share))


def halftone(
    darkness: Callable[[float, float], float], *, pitch: float, angle: float
) -> Image.Image:
    """Round dots on a turned grid, `pitch` apart; `darkness` (0 to 1) of a place sizes its dot."""
    plate = Sheet(CLEAR)
    cosine, sine = cos(radians(angle)), sin(radians(angle))
    reach = int(sqrt(WIDTH**2 + HEIGHT**2) / pitch / 2) + 2
    for row in range(-reach, reach):
        for column in range(-reach, reach):
            x = WIDTH / 2 + (column * cosine - row * sine) * pitch
            y = HEIGHT / 2 + (column * sine + row * cosine) * pitch
            if not (-pitch < x < WIDTH + pitch and -pitch < y < HEIGHT + pitch):
                continue
            radius = pitch * 0.72 * sqrt(max(0.0, min(1.0, darkness(x, y))))
            if radius > 0.6:
                plate.disc(x, y, radius, FULL)
    return plate.finished()


def glaze(
    image: Image.Image, shape: Image.Image, colour: Colour, seed: int, *, strength: float = 0.75
) -> Image.Image:
    """`image` under a wash of watercolour that fills `shape`: clouded within, dark at its rim.

    `shape` and `image` have the same size.
    """
    size = shape.size
    body = rough(shape, seed, cell=size[0] / 45, soft=size[0] / 130, sharp=14)
    rim = ImageChops.subtract(body, body.filter(ImageFilter.BoxBlur(size[0] / 160)))
    clouds = Image.blend(
        noise(seed + 1, cell=size[0] / 7, size=size),
        noise(seed + 2, cell=size[0] / 40, size=size),
        0.35,
    )
    pigment = ImageChops.multiply(body, levels(clouds, -150, 300))
    pigment = ImageChops.add(scaled(pigment, strength), scaled(rim, 0.55))
    return overprint(image, pigment, colour)
