"""The corpus, file by file: the exact verdict of each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import pytest

from contest.images.examination import Note, Problem, ProblemCode
from contest.images.formats import Format

from . import corpus, other_files, pdf_files
from .conftest import LIMITS, Examine
from .posters import poster, saved

Make = Callable[[], bytes]

FINE: list[tuple[Make, Format, tuple[Note, ...]]] = [
    (corpus.jpeg, Format.JPEG, ()),
    (corpus.progressive_jpeg, Format.JPEG, ()),
    (corpus.grey_jpeg, Format.JPEG, ()),
    (corpus.motion_photo, Format.JPEG, ()),
    (corpus.samsung_photo, Format.JPEG, ()),
    (corpus.multi_picture_jpeg, Format.JPEG, ()),
    (corpus.cmyk_jpeg_as_adobe_writes_it, Format.JPEG, (Note.CMYK_CONVERTED,)),
    (corpus.cmyk_jpeg_without_adobe_marker, Format.JPEG, (Note.CMYK_CONVERTED,)),
    (corpus.jpeg_in_another_space, Format.JPEG, (Note.PROFILE_CONVERTED,)),
    (partial(corpus.turned_jpeg, 1), Format.JPEG, ()),
    *((partial(corpus.turned_jpeg, n), Format.JPEG, (Note.STRAIGHTENED,)) for n in range(2, 9)),
    (corpus.png, Format.PNG, ()),
    (partial(corpus.png, mode="1"), Format.PNG, ()),
    (partial(corpus.png, mode="LA"), Format.PNG, ()),
    (corpus.png_of_16_bits, Format.PNG, ()),
    (corpus.png_half_transparent, Format.PNG, (Note.TRANSPARENCY_FLATTENED,)),
    (
        corpus.png_of_a_palette_with_a_transparent_colour,
        Format.PNG,
        (Note.TRANSPARENCY_FLATTENED,),
    ),
    (partial(corpus.png_with_a_text_bomb, b"zTXt"), Format.PNG, ()),
    (partial(corpus.png_with_a_text_bomb, b"iTXt"), Format.PNG, ()),
    (corpus.png_with_a_profile_bomb, Format.PNG, ()),
    (corpus.png_of_one_colour, Format.PNG, (Note.ONE_COLOUR,)),
    (lambda: corpus.png()[:-2], Format.PNG, ()),
    (corpus.webp, Format.WEBP, ()),
    (partial(corpus.webp, lossless=True), Format.WEBP, ()),
    (corpus.heic, Format.HEIC, ()),
    (corpus.heic_burst, Format.HEIC, ()),
    (corpus.heic_with_boxes_behind, Format.HEIC, ()),
    (lambda: corpus.heic() + bytes(40), Format.HEIC, ()),
    (pdf_files.pdf, Format.PDF, ()),
    (pdf_files.pdf_with_a_script, Format.PDF, ()),
    (pdf_files.pdf_with_a_form, Format.PDF, ()),
    (partial(pdf_files.encrypted_pdf, b""), Format.PDF, ()),
    (partial(pdf_files.pdf, box=(144_000, 203_647)), Format.PDF, ()),
    (partial(pdf_files.pdf, box=(841.89, 595.28), page_entries=b"/Rotate 90"), Format.PDF, ()),
    (pdf_files.pdf_with_a_picture_too_large, Format.PDF, (Note.ONE_COLOUR,)),
]


@pytest.mark.parametrize(("make", "format_", "notes"), FINE)
def test_what_is_a_poster_is_accepted(
    examined: Examine, make: Make, format_: Format, notes: tuple[Note, ...]
) -> None:
    found = examined(make())
    assert (found.problems, found.format, found.notes) == ((), format_, notes)
    assert found.is_acceptable
    assert found.has_preview
    assert len(found.fingerprint) == 16
    assert found.height / found.width == pytest.approx(2**0.5, abs=0.001)


C = ProblemCode
REFUSED: list[tuple[Make, list[Problem]]] = [
    (lambda: b"", [Problem(C.EMPTY)]),
    (other_files.random_bytes, [Problem(C.NOT_A_PICTURE)]),
    (other_files.gif, [Problem(C.NOT_ACCEPTED, {"format": "gif"})]),
    (partial(other_files.gif, 3), [Problem(C.NOT_ACCEPTED, {"format": "gif"})]),
    (other_files.tiff, [Problem(C.NOT_ACCEPTED, {"format": "tiff"})]),
    (other_files.avif, [Problem(C.NOT_ACCEPTED, {"format": "avif"})]),
    (other_files.svg, [Problem(C.NOT_ACCEPTED, {"format": "svg"})]),
    (other_files.html, [Problem(C.NOT_ACCEPTED, {"format": "html"})]),
    (other_files.archive, [Problem(C.NOT_ACCEPTED, {"format": "zip"})]),
    (other_files.docx, [Problem(C.NOT_ACCEPTED, {"format": "text-document"})]),
    (other_files.mp4, [Problem(C.NOT_ACCEPTED, {"format": "video"})]),
    (corpus.jpeg_of_many_scans, [Problem(C.TOO_SLOW)]),
    (corpus.jpeg_of_many_segments, [Problem(C.TOO_SLOW)]),
    (corpus.jpeg_without_a_picture, [Problem(C.DAMAGED)]),
    (corpus.jpeg_of_twelve_bits, [Problem(C.DAMAGED)]),
    (corpus.png_with_a_wrong_checksum, [Problem(C.DAMAGED)]),
    (corpus.png_of_many_chunks, [Problem(C.TOO_SLOW)]),
    (corpus.animated_png, [Problem(C.ANIMATED)]),
    (corpus.animated_webp, [Problem(C.ANIMATED)]),
    (corpus.heic_sequence, [Problem(C.ANIMATED)]),
    (partial(corpus.heic_of_declared_size, 640, 905), [Problem(C.DAMAGED)]),
    (pdf_files.pdf_without_a_page, [Problem(C.NO_PAGE)]),
    (partial(pdf_files.pdf, 2), [Problem(C.SEVERAL_PAGES, {"pages": 2})]),
    (partial(pdf_files.encrypted_pdf, b"secret"), [Problem(C.ENCRYPTED)]),
    (lambda: pdf_files.pdf().replace(b" obj", b" abc"), [Problem(C.DAMAGED)]),
]


@pytest.mark.parametrize(("make", "problems"), REFUSED)
def test_what_is_no_poster_is_refused_for_what_it_is(
    examined: Examine, make: Make, problems: list[Problem]
) -> None:
    found = examined(make())
    assert list(found.problems) == problems
    assert not found.is_acceptable


@pytest.mark.parametrize(
    ("make", "parts"),
    [
        (corpus.jpeg, (30, 0.2, 0.9, 0.999)),
        (corpus.progressive_jpeg, (30, 0.2, 0.9)),
        (corpus.png, (30, 0.5, 0.9)),
        (corpus.webp, (25, 0.5, 0.9)),
        (corpus.heic, (30, 0.3, 0.5, 0.9)),
        (pdf_files.pdf, (30, 0.5, 0.9)),
        (pdf_files.linearised_pdf, (0.9,)),
    ],
)
def test_a_file_that_stops_too_soon_is_said_to_be_cut(
    examined: Examine, make: Make, parts: tuple[float, ...]
) -> None:
    data = make()
    cuts = [int(part) if part > 1 else int(len(data) * part) for part in parts]
    for cut in cuts:
        assert examined(data[:cut]).problems == (Problem(C.TRUNCATED),), cut


@pytest.mark.parametrize(
    ("data", "contains"),
    [
        (corpus.jpeg() + other_files.archive(), "zip"),
        (corpus.png() + other_files.archive(), "zip"),
        (corpus.heic() + other_files.archive(), "zip"),
        (pdf_files.pdf() + other_files.archive(), "zip"),
        (corpus.motion_photo() + other_files.archive(), "zip"),
        (corpus.jpeg_with_a_comment(pdf_files.pdf()[:900]), "pdf"),
        (corpus.jpeg() + pdf_files.pdf(), "pdf"),
        (pdf_files.pdf() + corpus.jpeg(), "jpeg"),
        (corpus.png() + other_files.html(), "html"),
        (corpus.png() + bytes(100) + other_files.html(), "html"),
        (corpus.png() + other_files.random_bytes(500) + b"<?php system(1);", "script"),
        (corpus.webp() + b"\x7fELF" + bytes(60), "program"),
        (corpus.png() + other_files.gif(), "gif"),
        (corpus.png() + other_files.mp4(), "video"),
        (corpus.png() + corpus.png(), "png"),
    ],
)
def test_a_file_that_is_also_another_is_refused(
    examined: Examine, data: bytes, contains: str
) -> None:
    found = examined(data)
    assert list(found.problems) == [Problem(C.POLYGLOT, {"contains": contains})]
    assert found.has_preview


@pytest.mark.parametrize(
    "padding", [bytes(5_000), b"\xff" * 64, b"\r\n", other_files.random_bytes(900)]
)
@pytest.mark.parametrize("make", [corpus.jpeg, corpus.png, corpus.webp, pdf_files.pdf])
def test_what_nobody_takes_for_a_file_may_follow(
    examined: Examine, make: Make, padding: bytes
) -> None:
    assert examined(make() + padding).problems == ()


def test_a_polyglot_whose_archive_is_closed_by_a_comment_is_caught(examined: Examine) -> None:
    data = corpus.jpeg() + other_files.archive_with_a_comment(corpus.jpeg()[-400:])
    assert examined(data).problems == (Problem(C.POLYGLOT, {"contains": "zip"}),)


@pytest.mark.parametrize(
    ("make", "size"),
    [
        (corpus.png_bomb, (30_000, 30_000)),
        (partial(corpus.jpeg_of_declared_size, 65_500, 65_500), (65_500, 65_500)),
        (partial(corpus.heic_of_declared_size, 60_000, 60_000), (60_000, 60_000)),
        (partial(corpus.webp_of_declared_size, 16_000, 16_000), (16_000, 16_000)),
    ],
)
def test_a_bomb_is_refused_by_its_declared_size_and_never_decoded(
    examined: Examine, make: Make, size: tuple[int, int]
) -> None:
    found = examined(make())
    assert found.problems[0].code == C.TOO_MANY_PIXELS
    assert (found.width, found.height) == size
    assert found.problems[0].details["largest"] < size[0] * size[1]
    assert not found.has_preview


def test_the_name_of_a_file_says_nothing(examined: Examine) -> None:
    found = examined(corpus.png())  # written as "affiche.bin"
    assert found.format == Format.PNG


def test_a_format_that_the_contest_does_not_take_is_named(examined: Examine) -> None:
    found = examined(corpus.webp(), replace(LIMITS, formats=frozenset([Format.JPEG])))
    assert found.problems == (Problem(C.NOT_ACCEPTED, {"format": "webp"}),)
    assert found.format == Format.WEBP


def test_a_file_too_heavy_is_judged_all_the_same(examined: Examine) -> None:
    data = corpus.jpeg((594, 420))
    found = examined(data, replace(LIMITS, max_bytes=1_000))
    assert [problem.code for problem in found.problems] == [C.TOO_HEAVY, C.WRONG_ORIENTATION]
    assert found.problems[0].details == {
        "bytes": len(data), "max_bytes": 1_000, "format": "jpeg",
    }  # fmt: skip


def test_a_page_has_no_least_size_but_a_shape(examined: Examine) -> None:
    limits = replace(LIMITS, min_short_side=100_000, min_long_side=100_000)
    assert examined(pdf_files.pdf(), limits).problems == ()
    (problem,) = examined(pdf_files.pdf(box=(600, 600)), limits).problems
    assert problem.code == C.WRONG_RATIO


@pytest.mark.parametrize("box", [(0.01, 0.0141421), (1e-30, 1e-30), (14_400, 0.01), (0, 0)])
def test_a_page_of_an_absurd_size_breaks_nothing(
    examined: Examine, box: tuple[float, float]
) -> None:
    found = examined(pdf_files.pdf(box=box))
    assert found.format == Format.PDF
    assert max(found.width, found.height) <= 4_961


def test_a_wrong_shape_still_has_its_preview_and_the_cut_to_show(examined: Examine) -> None:
    found = examined(saved(poster((400, 400)), "PNG"))
    (problem,) = found.problems
    assert problem.code == C.WRONG_RATIO
    assert problem.details["cut_left"] == pytest.approx((1 - 2**-0.5) / 2, abs=1e-4)
    assert found.has_preview
