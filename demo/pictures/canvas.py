"""A canvas with a sky, hills and water; drawn at twice its size, then reduced to be smooth."""

from __future__ import annotations

from dataclasses import dataclass
from math import pi, sin
from random import Random

from PIL import Image, ImageDraw, ImageFilter

WIDTH, HEIGHT = 1600, 900
W, H = WIDTH * 2, HEIGHT * 2
_BLUR_REDUCTION = 8

Colour = tuple[int, int, int]
Ridge = list[tuple[float, float]]

WHITE: Colour = (255, 255, 255)
BLACK: Colour = (0, 0, 0)


def mix(one: Colour, other: Colour, share: float) -> Colour:
    """`one` with `share` (0 to 1) of `other` in it."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue


@dataclass(frozen=True)
class Palette:
    """The colours of a landscape, from the top of the sky to the nearest ground."""

    sky: Colour
    horizon: Colour
    far: Colour
    near: Colour
    light: Colour

    def ground(self, share: float) -> Colour:
        """The colour of what stands at `share` of the way from far to near."""
        return mix(self.far, self.near, share)


class Canvas:
    """A picture in the making. Lengths and places are shares of its width or height."""

    def __init__(self, palette: Palette, seed: int, *, light: tuple[float, float]) -> None:
        """Paint the sky, with the sun at `light` (shares of width and height)."""
        self.palette = palette
        # The same picture at each run is what a seed is for.
        self.random = Random(seed)  # noqa: S311
        self.light = light
        column = Image.new("RGB", (1, H))
        for y in range(H):
            column.putpixel((0, y), mix(palette.sky, palette.horizon, min(1.0, y / (H * 0.6))))
        self.image = column.resize((W, H))
        self.draw = ImageDraw.Draw(self.image)
        self._sun()

    def finished(self) -> Image.Image:
        """The picture at its size."""
        return self.image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)

    def ridges(self, count: int, *, top: float, bottom: float, nearest: float = 1.0) -> list[Ridge]:
        """Paint `count` hills behind each other; the last is `nearest` of the way to near."""
        ridges = []
        for number in range(count):
            share = number / (count - 1)
            base = H * (top + (bottom - top) * share**1.15)
            waves = [
                (self.random.uniform(0.7, 1.5) * factor, self.random.uniform(0, 2 * pi), height)
                for factor, height in ((1.0, 0.045), (2.3, 0.018), (5.1, 0.005))
            ]
            ridge: Ridge = [
                (x, base + H * sum(h * sin(f * 2 * pi * x / W + p) for f, p, h in waves))
                for x in range(0, W + 20, 20)
            ]
            self.hill(ridge, self.palette.ground(share * nearest))
            ridges.append(ridge)
        return ridges

    def hill(self, ridge: Ridge, colour: Colour) -> None:
        """Fill everything below `ridge`."""
        self.draw.polygon([(0, H), *ridge, (W, H)], fill=colour)

    def water(self, top: float, *, far: Colour, near: Colour, ripples: int) -> None:
        """Paint water from `top` down, with the light's trail and `ripples` on it."""
        first = int(H * top)
        for y in range(first, H):
            share = (y - first) / (H - first)
            self.draw.line([(0, y), (W, y)], fill=mix(far, near, share**0.7))
        self._trail(first)
        for _ in range(ripples):
            depth = self.random.random() ** 0.8
            y = first + 8 + depth * (H - first)
            x, length = self.random.uniform(-0.1, 1) * W, W * (0.012 + 0.08 * depth)
            tone = mix(mix(far, near, depth**0.7), WHITE, 0.25)
            self.draw.line([(x, y), (x + length, y)], fill=tone, width=int(2 + 5 * depth))

    def _sun(self) -> None:
        x, y = self.light[0] * W, self.light[1] * H
        glow = Image.new("L", (W // _BLUR_REDUCTION, H // _BLUR_REDUCTION), 0)
        spot = ImageDraw.Draw(glow)
        for radius, strength in ((0.34, 60), (0.22, 90), (0.13, 120)):
            around = radius * H / _BLUR_REDUCTION
            cx, cy = x / _BLUR_REDUCTION, y / _BLUR_REDUCTION
            spot.ellipse([cx - around, cy - around, cx + around, cy + around], fill=strength)
        self._shine(glow.filter(ImageFilter.GaussianBlur(22)))
        radius = 0.062 * H
        self.draw.ellipse(
            [x - radius, y - radius, x + radius, y + radius],
            fill=mix(self.palette.light, WHITE, 0.45),
        )

    def _trail(self, first: int) -> None:
        """The sun's trail on the water that starts at the row `first`."""
        mask = Image.new("L", (W // _BLUR_REDUCTION, H // _BLUR_REDUCTION), 0)
        x, top, bottom = self.light[0] * mask.width, first / _BLUR_REDUCTION, mask.height
        ImageDraw.Draw(mask).polygon(
            [(x - 14, top), (x + 14, top), (x + 60, bottom), (x - 60, bottom)], fill=95
        )
        mask = mask.filter(ImageFilter.GaussianBlur(16))
        ImageDraw.Draw(mask).rectangle([0, 0, mask.width, top], fill=0)
        self._shine(mask)

    def _shine(self, mask: Image.Image) -> None:
        """Let the light through where `mask` is bright."""
        mask = mask.resize((W, H), Image.Resampling.BICUBIC)
        self.image.paste(Image.new("RGB", (W, H), self.palette.light), (0, 0), mask)
