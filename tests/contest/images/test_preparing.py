"""The clean master and its renditions."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageStat

from contest.images import child, sandbox
from contest.images.examination import ProblemCode
from contest.images.preparation import MASTER_SIDE, WIDTHS
from contest.images.sandbox import Unpreparable, prepare, rendition_widths

from . import corpus, other_files, pdf_files
from .posters import A4, poster, saved

FileOf = Callable[[bytes], Path]


@pytest.fixture
def _here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "ask_child", child.answer_to)


@given(st.integers(1, MASTER_SIDE))
def test_the_widths_are_those_that_the_master_has(master_width: int) -> None:
    widths = rendition_widths(master_width)
    assert widths
    assert list(widths) == sorted(widths, reverse=True)
    assert all(width <= master_width for width in widths)
    assert set(widths) == {width for width in WIDTHS if width <= master_width} or widths == (
        master_width,
    )


@pytest.mark.usefixtures("_here")
def test_a_poster_becomes_a_master_and_pictures_of_each_width(
    file_of: FileOf, tmp_path: Path
) -> None:
    made = prepare(file_of(corpus.jpeg((1400, 1980))), tmp_path / "made")
    assert (made.master.name, made.master.width, made.master.height) == ("master.jpg", 1400, 1980)
    assert [(one.name, one.width, one.height) for one in made.renditions] == [
        ("1280.jpg", 1280, 1810), ("1280.avif", 1280, 1810),
        ("640.jpg", 640, 905), ("640.avif", 640, 905),
        ("320.jpg", 320, 453), ("320.avif", 320, 453),
    ]  # fmt: skip
    for one in (made.master, *made.renditions):
        path = tmp_path / "made" / one.name
        assert path.stat().st_size == one.bytes
        with Image.open(path) as image:
            assert (image.format, image.mode, image.size) == (
                one.format.upper(), "RGB", (one.width, one.height),
            )  # fmt: skip
    assert len(list((tmp_path / "made").iterdir())) == 7


@pytest.mark.usefixtures("_here")
@pytest.mark.parametrize("make", [corpus.jpeg, corpus.png, corpus.webp, corpus.heic])
def test_master_and_renditions_look_like_the_poster(
    file_of: FileOf, tmp_path: Path, make: Callable[[], bytes]
) -> None:
    made = prepare(file_of(make()), tmp_path / "made")
    for one in (made.master, *made.renditions):
        with Image.open(tmp_path / "made" / one.name) as image:
            expected = poster().resize(image.size, Image.Resampling.LANCZOS)
            difference = ImageStat.Stat(ImageChops.difference(image.convert("RGB"), expected))
        assert max(difference.mean) < 6, one.name


@pytest.mark.usefixtures("_here")
def test_a_poster_narrower_than_a_card_has_one_picture_of_its_own_width(
    file_of: FileOf, tmp_path: Path
) -> None:
    made = prepare(file_of(corpus.png((200, 283))), tmp_path / "made")
    assert [(one.name, one.width) for one in made.renditions] == [
        ("200.jpg", 200), ("200.avif", 200),
    ]  # fmt: skip


@pytest.mark.usefixtures("_here")
def test_a_page_is_drawn_for_printing_in_a3(file_of: FileOf, tmp_path: Path) -> None:
    made = prepare(file_of(pdf_files.pdf()), tmp_path / "made")
    assert (made.master.width, made.master.height) == (3508, 4961)
    assert [one.width for one in made.renditions[::2]] == [2400, 1280, 640, 320]


@pytest.mark.usefixtures("_here")
def test_a_master_is_never_larger_than_a3_at_300_dots_per_inch(
    file_of: FileOf, tmp_path: Path
) -> None:
    made = prepare(file_of(corpus.png((6_000, 60))), tmp_path / "made")
    assert (made.master.width, made.master.height) == (4961, 50)


@pytest.mark.usefixtures("_here")
@pytest.mark.parametrize(
    "make",
    [
        corpus.jpeg_with_everything_personal,
        corpus.png_with_everything_personal,
        corpus.webp_with_everything_personal,
        corpus.heic_with_everything_personal,
        corpus.motion_photo,
        pdf_files.pdf_with_a_script,
    ],
)
def test_nothing_but_the_picture_is_left(
    file_of: FileOf, tmp_path: Path, make: Callable[[], bytes]
) -> None:
    prepare(file_of(make()), tmp_path / "made")
    made = list((tmp_path / "made").iterdir())
    assert len(made) >= 3
    for path in made:
        data = path.read_bytes()
        for trace in (
            corpus.SECRET, corpus.SECRET[:12], b"Exif", b"ns.adobe.com", b"xmpmeta", b"ICC_PROFILE",
            b"Photoshop", b"8BIM", b"acsp", b"GPS", b"mp42", b"alert",
        ):  # fmt: skip
            assert trace not in data, (path.name, trace)
        if path.suffix == ".jpg":
            assert segments_of(data) <= {0xE0, 0xDB, 0xC0, 0xC2, 0xC4, 0xDA}
        with Image.open(path) as image:
            assert not image.getexif()
            assert not set(image.info) & {"exif", "xmp", "icc_profile", "comment", "photoshop"}


def segments_of(data: bytes) -> set[int]:
    """The kinds of segment ahead of the first scan of a JPEG, and that."""
    found, at = set(), 2
    while 0xDA not in found:
        found.add(data[at + 1])
        at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return found


@pytest.mark.usefixtures("_here")
def test_the_corpus_does_hold_what_must_not_be_left() -> None:
    for make in (
        corpus.jpeg_with_everything_personal,
        corpus.webp_with_everything_personal,
        corpus.heic_with_everything_personal,
    ):
        assert make().count(corpus.SECRET) >= 3, make
        assert b"acsp" in make()
    assert corpus.png_with_everything_personal().count(corpus.SECRET) >= 3


def test_a_poster_is_prepared_in_a_child(file_of: FileOf, tmp_path: Path) -> None:
    made = prepare(file_of(corpus.turned_jpeg(8)), tmp_path / "new" / "folder")
    assert (made.master.width, made.master.height) == A4
    assert (tmp_path / "new" / "folder" / "320.avif").exists()


@pytest.mark.usefixtures("_here")
def test_preparing_again_replaces_the_files(file_of: FileOf, tmp_path: Path) -> None:
    first = prepare(file_of(corpus.jpeg()), tmp_path / "made")
    again = prepare(file_of(saved(poster(seed=5), "PNG")), tmp_path / "made")
    assert again.master.bytes != first.master.bytes
    assert (tmp_path / "made" / "master.jpg").stat().st_size == again.master.bytes


@pytest.mark.usefixtures("_here")
@pytest.mark.parametrize(
    ("make", "code"),
    [
        (other_files.gif, ProblemCode.NOT_A_PICTURE),
        (lambda: b"", ProblemCode.NOT_A_PICTURE),
        (corpus.png_bomb, ProblemCode.TOO_MANY_PIXELS),
        (lambda: corpus.jpeg()[:5_000], ProblemCode.TRUNCATED),
        (lambda: pdf_files.encrypted_pdf(b"secret"), ProblemCode.ENCRYPTED),
    ],
)
def test_what_gives_no_picture_leaves_nothing(
    file_of: FileOf, tmp_path: Path, make: Callable[[], bytes], code: ProblemCode
) -> None:
    with pytest.raises(Unpreparable) as caught:
        prepare(file_of(make()), tmp_path / "made")
    assert caught.value.code == code
    assert list((tmp_path / "made").iterdir()) == []


@pytest.mark.usefixtures("_here")
def test_a_card_is_small(file_of: FileOf, tmp_path: Path) -> None:
    total = 0
    for seed in range(8):
        data = saved(poster(seed=seed), "JPEG", quality=90)
        made = prepare(file_of(data), tmp_path / str(seed))
        total += next(one.bytes for one in made.renditions if one.name == "320.avif")
    assert total < 200_000
