"""Copies are near one another, different posters are not."""

from __future__ import annotations

import io
from itertools import combinations

from PIL import Image

from contest.images.fingerprint import NEAR, distance, fingerprint_of

from .posters import poster

POSTERS = [poster(seed=seed) for seed in range(60)]
FINGERPRINTS = [fingerprint_of(image) for image in POSTERS]


def near_copies(copies: list[Image.Image]) -> float:
    """The part of `copies` that are near their originals."""
    pairs = zip(FINGERPRINTS, copies, strict=True)
    return sum(distance(one, fingerprint_of(copy)) <= NEAR for one, copy in pairs) / len(copies)


def test_a_copy_saved_badly_is_near() -> None:
    def badly(image: Image.Image) -> Image.Image:
        stream = io.BytesIO()
        image.save(stream, "JPEG", quality=30)
        return Image.open(stream)

    assert near_copies([badly(image) for image in POSTERS]) > 0.98


def test_a_copy_three_times_smaller_is_near() -> None:
    assert near_copies([image.resize((140, 198)) for image in POSTERS]) > 0.98


def test_a_copy_cropped_a_little_is_near() -> None:
    def cropped(image: Image.Image) -> Image.Image:
        return image.crop((6, 9, image.width - 6, image.height - 9))

    assert near_copies([cropped(image) for image in POSTERS]) > 0.95


def test_different_posters_are_not_near() -> None:
    pairs = list(combinations(FINGERPRINTS, 2))
    assert sum(distance(*pair) <= NEAR for pair in pairs) / len(pairs) < 0.002


def test_the_distance_is_the_number_of_bits_that_differ() -> None:
    assert distance("0000000000000000", "000000000000000f") == 4
    assert distance("ffffffffffffffff", "0000000000000000") == 64
    assert distance("00ff00ff00ff00ff", "00ff00ff00ff00ff") == 0


def test_a_picture_that_was_not_read_is_near_no_other() -> None:
    assert distance("", "") == 64
    assert distance("0000000000000000", "") == 64
