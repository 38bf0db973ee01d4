"""What a decoded picture becomes: its colours, its way up, its size."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageStat

from contest.images.examining import opened, picture_of
from contest.images.formats import HEAD, format_of

from . import corpus, pdf_files
from .posters import A4, poster, saved

FileOf = Callable[[bytes], Path]


def finished(file_of: FileOf, data: bytes, long_side: int = 594) -> Image.Image:
    """The plain picture made of a file."""
    format_ = format_of(data[:HEAD])
    assert format_ is not None
    return picture_of(opened(file_of(data), format_, []), long_side, long_side)[0]


def difference(one: Image.Image, other: Image.Image) -> float:
    """The mean difference of two pictures, in levels of 255."""
    return max(ImageStat.Stat(ImageChops.difference(one, other)).mean)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photo_taken_sideways_comes_out_upright(file_of: FileOf, orientation: int) -> None:
    image = finished(file_of, corpus.turned_jpeg(orientation))
    assert image.size == A4
    assert difference(image, poster()) < 4


@pytest.mark.parametrize(
    "make",
    [
        corpus.jpeg,
        corpus.png,
        corpus.webp,
        corpus.heic,
        corpus.heic_burst,
        corpus.animated_png,
        corpus.animated_webp,
        corpus.multi_picture_jpeg,
        corpus.cmyk_jpeg_as_adobe_writes_it,
        corpus.cmyk_jpeg_without_adobe_marker,
    ],
)
def test_the_picture_looks_as_it_was_drawn(file_of: FileOf, make: Callable[[], bytes]) -> None:
    assert difference(finished(file_of, make()), poster()) < 5


def test_sixteen_bits_are_scaled_and_not_clipped(file_of: FileOf) -> None:
    image = finished(file_of, corpus.png_of_16_bits())
    assert [image.getpixel((9, y))[0] for y in (0, 148, 297, 445, 593)] == [0, 63, 128, 192, 255]


@pytest.mark.parametrize("mode", ["RGBA", "LA"])
def test_what_is_transparent_becomes_white(file_of: FileOf, mode: str) -> None:
    image = finished(file_of, corpus.png_half_transparent(mode))
    assert (image.getpixel((5, 5)), image.getpixel((A4[0] - 5, 5))) == ((255,) * 3, (0,) * 3)


def test_a_transparent_palette_colour_becomes_white(file_of: FileOf) -> None:
    image = finished(file_of, corpus.png_of_a_palette_with_a_transparent_colour())
    assert image.getpixel((0, 0)) == (255, 255, 255)


def test_a_half_transparent_colour_is_mixed_with_white(file_of: FileOf) -> None:
    data = saved(Image.new("RGBA", A4, (0, 0, 0, 128)), "PNG")
    assert finished(file_of, data).getpixel((5, 5)) == (127, 127, 127)


def test_colours_of_another_space_are_converted(file_of: FileOf) -> None:
    red = Image.new("RGB", A4, (200, 60, 60))
    data = saved(red, "PNG", icc_profile=corpus.wide_gamut_profile())
    pixel = finished(file_of, data).getpixel((9, 9))
    assert pixel == pytest.approx((60, 200, 60), abs=4)


@pytest.mark.parametrize("profile", [b"nonsense", bytes(200), corpus.wide_gamut_profile()[:300]])
def test_a_profile_that_makes_no_sense_is_ignored(file_of: FileOf, profile: bytes) -> None:
    data = corpus.png(icc_profile=profile)
    assert difference(finished(file_of, data), poster()) == 0


def test_a_profile_of_another_kind_of_colours_is_ignored(file_of: FileOf) -> None:
    data = saved(poster(mode="L"), "JPEG", icc_profile=corpus.wide_gamut_profile())
    assert difference(finished(file_of, data), poster(mode="L").convert("RGB")) < 5


@pytest.mark.parametrize(
    ("size", "long_side", "expected"),
    [
        ((420, 594), 800, (420, 594)),
        ((420, 594), 297, (210, 297)),
        ((2000, 3), 500, (500, 1)),
        ((1, 1), 800, (1, 1)),
    ],
)
def test_a_picture_is_made_smaller_and_never_larger(
    file_of: FileOf, size: tuple[int, int], long_side: int, expected: tuple[int, int]
) -> None:
    assert finished(file_of, corpus.png(size), long_side).size == expected


@pytest.mark.parametrize(
    ("entries", "where"),
    [
        (b"", (200, pdf_files.A4[1] - 150)),
        (b"/Rotate 180", (pdf_files.A4[0] - 200, 150)),
        (b"/Rotate 90", (150, 200)),
    ],
)
def test_a_page_is_drawn_the_way_up_that_readers_show(
    file_of: FileOf, entries: bytes, where: tuple[float, float]
) -> None:
    red = b"0.8 0.2 0.2 rg 100 100 200 100 re f"
    image = finished(file_of, pdf_files.pdf(page_entries=entries, drawing=red))
    scale = 594 / pdf_files.A4[1]
    assert image.getpixel((0, 0)) == (255, 255, 255)
    assert image.getpixel((int(where[0] * scale), int(where[1] * scale))) == (204, 51, 51)


def test_a_large_jpeg_is_decoded_at_a_part_of_its_size(file_of: FileOf) -> None:
    data = corpus.jpeg((1680, 2376))
    source = opened(file_of(data), format_of(data), [])  # type: ignore[arg-type]
    assert source.decode(500).size == (420, 594)
