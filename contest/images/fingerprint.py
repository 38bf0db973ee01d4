"""A short number that pictures that look alike have nearly in common (difference hash)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import Image

NEAR = 8
"""Up to this distance two pictures are worth a look, as copies of one another.

Measured on 300 drawn posters. Of copies saved at a JPEG quality of 40, made four times smaller or
cropped by 1 % on each side, 99 in 100 are within 7; cropped by 2 %, 95 in 100 within 7. Of the
44,850 pairs of different posters 4 are within 8, and 38 within 10.
"""


def fingerprint_of(image: Image.Image) -> str:
    """16 hexadecimal digits: for 8 × 8 cells, whether each is brighter than its right neighbour."""
    from PIL import Image as Images

    small = image.convert("L").resize((9, 8), Images.Resampling.BOX)
    cells = small.tobytes()
    bits = 0
    for row in range(8):
        for column in range(8):
            left, right = cells[9 * row + column], cells[9 * row + column + 1]
            bits = bits << 1 | (left > right)
    return f"{bits:016x}"


def distance(a: str, b: str) -> int:
    """How many of 64 bits differ; 64 where either picture has no fingerprint."""
    return (int(a, 16) ^ int(b, 16)).bit_count() if a and b else 64
