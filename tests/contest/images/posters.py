"""Posters drawn by code, for the tests to wrap into files; the same for the same seed."""

from __future__ import annotations

import io
import random
from typing import Any

from PIL import Image, ImageDraw

A4 = (420, 594)
"""Pixels of a small upright A4."""


def poster(size: tuple[int, int] = A4, seed: int = 1, mode: str = "RGB") -> Image.Image:
    """A ground, some shapes, and blocks of lines where a poster has its words."""
    chance = random.Random(seed)
    width, height = size
    image = Image.new("RGB", size, _colour(chance))
    draw = ImageDraw.Draw(image)
    for _ in range(chance.randint(4, 9)):
        x, y = chance.randint(-width // 4, width), chance.randint(-height // 4, height)
        box = (x, y, x + chance.randint(8, 8 + width), y + chance.randint(8, 8 + height // 2))
        shape = chance.choice([draw.ellipse, draw.rectangle, draw.chord])
        if shape == draw.chord:
            draw.chord(box, chance.randint(0, 180), chance.randint(181, 360), _colour(chance))
        else:
            shape(box, _colour(chance))
    _write_slogan(draw, chance, size)
    return image.convert(mode)


def saved(image: Image.Image, format_: str, **options: Any) -> bytes:
    """`image` as a file."""
    stream = io.BytesIO()
    image.save(stream, format_, **options)
    return stream.getvalue()


def _write_slogan(draw: ImageDraw.ImageDraw, chance: random.Random, size: tuple[int, int]) -> None:
    width, height = size
    at, ink = chance.randint(0, height // 2), _colour(chance)
    line = max(2, height // chance.randint(9, 16))
    for _ in range(chance.randint(2, 4)):
        x = chance.randint(0, width // 6)
        while x < width * 0.9:
            letters = chance.randint(line // 2, 3 * line)
            draw.rectangle((x, at, min(x + letters, width * 0.95), at + line * 0.7), ink)
            x += letters + line // 2
        at += line


def _colour(chance: random.Random) -> tuple[int, int, int]:
    return (chance.randint(0, 255), chance.randint(0, 255), chance.randint(0, 255))
