"""How long it takes to examine a poster and to prepare its pictures, and how much memory."""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PIL import Image

from contest.images import sandbox
from contest.images.formats import Format
from contest.images.limits import Limits

LIMITS = Limits(
    formats=frozenset(Format),
    max_bytes=50 * 1024 * 1024,
    min_short_side=1_754,
    min_long_side=2_480,
    ratio=None,
    ratio_tolerance=0.02,
    orientation="either",
)
TIMES = 5


def measure() -> list[tuple[str, str]]:
    """Label and figure; times include the start of the child, memory is the child's alone."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        photo = folder / "photo.jpg"
        drawing = folder / "drawing.png"
        picture((3_024, 4_032)).save(photo, quality=93)
        picture((4_200, 5_940)).save(drawing, compress_level=1)
        size = photo.stat().st_size / 1_000_000
        jpeg = f"12-megapixel JPEG of {size:.1f} MB"
        png = "25-megapixel PNG"
        return [
            *_examination(jpeg, photo, folder),
            *_preparation(jpeg, photo, folder / "photo"),
            *_examination(png, drawing, folder),
            *_preparation(png, drawing, folder / "drawing"),
        ]


def picture(size: tuple[int, int]) -> Image.Image:
    """As busy as a photo: large and small shapes, and some grain."""
    width, height = size
    coarse = Image.effect_mandelbrot((width // 8, height // 8), (-2, -1.2, 1, 1.2), 80)
    shades = [
        Image.effect_noise((width // part, height // part), 90).resize(coarse.size)
        for part in (20, 60, 120)
    ]
    bands = [Image.blend(coarse, shade, 0.5).resize(size) for shade in shades]
    grain = Image.effect_noise(size, 24)
    return Image.merge("RGB", [Image.blend(band, grain, 0.3) for band in bands])


def _examination(label: str, path: Path, folder: Path) -> list[tuple[str, str]]:
    preview = folder / "preview.jpg"
    seconds = _median(lambda: sandbox.examine(path, LIMITS, preview))
    task = {
        "path": str(path),
        "format": "jpeg" if path.suffix == ".jpg" else "png",
        "limits": LIMITS.as_json(),
        "preview": str(preview),
    }
    return [
        (f"Examination of a {label}, with its preview", f"{seconds:.2f} s"),
        (f"Memory of the child, examining a {label}", _memory("examine", task)),
    ]


def _preparation(label: str, path: Path, folder: Path) -> list[tuple[str, str]]:
    seconds = _median(lambda: sandbox.prepare(path, folder))
    task = {"original": str(path), "folder": str(folder)}
    return [
        (f"Master and eight renditions of a {label}", f"{seconds:.2f} s"),
        (f"Memory of the child, preparing a {label}", _memory("prepare", task)),
    ]


def _median(act: Callable[[], Any]) -> float:
    taken = []
    for _number in range(TIMES):
        start = time.perf_counter()
        act()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def _memory(act: str, task: dict[str, Any]) -> str:
    return f"{sandbox.ask_child(act, task)['memory'] / 1_000_000:.0f} MB"
