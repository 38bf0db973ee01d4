"""Posters at full size, and the archive of them."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PIL import Image

from contest.printing.sheets import (
    READ_ME,
    Archive,
    a3_pdf,
    posters_zip,
    read_me,
    sheet_name,
)
from home.typesetting.typeset import CannotTypeset
from tests.contest.printing.reading import opened, sizes, structure, texts, title

MOMENT = datetime(2023, 4, 3, 9, 30, 10, tzinfo=UTC)


def picture(folder: Path, size: tuple[int, int], name: str = "master.jpg", seed: int = 40) -> Path:
    """A grainy JPEG or PNG, which compresses as a photograph does."""
    path = folder / name
    noise = Image.effect_noise((size[0] // 2 or 1, size[1] // 2 or 1), seed).resize(size)
    Image.merge("RGB", (noise, noise, noise)).save(path, quality=85)
    return path


def sheet(master: Path, **others: object) -> bytes:
    about = {"number": 12, "alternative": "Une échelle vers le ciel", "title": "Oser", **others}
    return a3_pdf(master, **about)  # type: ignore[arg-type]


def archived(sheets: list, **others: object) -> tuple[zipfile.ZipFile, Archive]:
    target = io.BytesIO()
    archive = posters_zip(
        target,
        sheets,
        contest="Concours d’affiches",
        edition="2023",
        written_at=MOMENT,
        **others,  # type: ignore[arg-type]
    )
    return zipfile.ZipFile(target), archive


@pytest.mark.parametrize(
    ("size", "page"),
    [
        ((1754, 2480), (297, 420)),
        ((2480, 1754), (420, 297)),
        ((1500, 1500), (297, 420)),
        ((3000, 500), (420, 297)),
        ((1, 1), (297, 420)),
    ],
)
def test_the_page_is_an_a3_that_stands_or_lies_as_the_picture(tmp_path, size, page) -> None:
    content = sheet(picture(tmp_path, size))
    assert sizes(content) == [page]
    with opened(content) as document:
        (drawing,) = document[0].get_objects()
        left, bottom, right, top = drawing.get_bounds()
        paper = document[0].get_size()
    assert (right - left) / (top - bottom) == pytest.approx(size[0] / size[1], rel=0.01)
    # As large as the paper allows, and in its middle.
    assert max((right - left) / paper[0], (top - bottom) / paper[1]) == pytest.approx(1, abs=0.002)
    assert left == pytest.approx(paper[0] - right, abs=0.5)
    assert bottom == pytest.approx(paper[1] - top, abs=0.5)


def test_a_jpeg_is_embedded_as_it_is(tmp_path) -> None:
    master = picture(tmp_path, (1754, 2480))
    content = sheet(master)
    jpeg = master.read_bytes()
    scan = jpeg[jpeg.index(b"\xff\xda") :]
    assert scan in content
    assert len(content) < len(jpeg) + 20_000


def test_a_png_keeps_its_pixels(tmp_path) -> None:
    master = picture(tmp_path, (300, 424), "master.png")
    with opened(sheet(master)) as document:
        (drawing,) = document[0].get_objects()
        kept = drawing.get_bitmap().to_pil()
    assert kept.size == (300, 424)
    with Image.open(master) as original:
        assert kept.convert("RGB").tobytes() == original.convert("RGB").tobytes()


def test_nothing_is_printed_but_the_picture(tmp_path) -> None:
    content = sheet(picture(tmp_path, (300, 424)))
    assert texts(content) == [""]
    with opened(content) as document:
        assert len(list(document[0].get_objects())) == 1


def test_a_sheet_is_named_tagged_and_described(tmp_path) -> None:
    content = sheet(picture(tmp_path, (300, 424)), alternative="Écrit : #panic() 🎉 你好")
    assert title(content) == "Affiche 12\u00a0: Oser"
    assert b"/Lang(fr)" in content
    figures = [element for element in structure(content) if element.kind == "Figure"]
    assert [figure.alternative for figure in figures] == ["Écrit : #panic() 🎉 你好"]


@pytest.mark.parametrize("alternative", ["", " \n"])
def test_a_picture_without_words_for_the_blind_is_refused(tmp_path, alternative) -> None:
    with pytest.raises(CannotTypeset, match="Poster 12"):
        sheet(picture(tmp_path, (300, 424)), alternative=alternative)


def test_what_is_no_picture_is_refused(tmp_path) -> None:
    (tmp_path / "text.jpg").write_text("no picture")
    whole = picture(tmp_path, (300, 424))
    (tmp_path / "half.jpg").write_bytes(whole.read_bytes()[:200])
    Image.new("RGB", (20, 30)).save(tmp_path / "moving.gif")
    for name in ("text.jpg", "half.jpg", "moving.gif", "nowhere.jpg"):
        with pytest.raises(CannotTypeset):
            sheet(tmp_path / name)


def test_many_sheets_do_not_pile_up_in_memory(tmp_path) -> None:
    # Decoded, each takes 36 MB; the typesetter alone would keep the last ten.
    def resident() -> int:
        status = Path("/proc/self/status").read_text()
        return int(status.split("VmRSS:")[1].split()[0]) // 1024

    master = picture(tmp_path, (3000, 4000))
    sheet(master)
    before = resident()
    for number in range(10):
        with master.open("ab") as file:
            file.write(bytes([number]))
        sheet(master, number=number)
    assert resident() - before < 120


def test_an_archive_holds_each_sheet_as_it_is_and_a_word(tmp_path) -> None:
    content = sheet(picture(tmp_path, (300, 424)))
    archive, report = archived(
        [(sheet_name(12), content), (sheet_name(3), lambda: content), ("affiche-1234.pdf", b"%PDF")]
    )
    names = ["affiche-012.pdf", "affiche-003.pdf", "affiche-1234.pdf"]
    assert archive.namelist() == [*names, READ_ME]
    assert archive.testzip() is None
    assert archive.read("affiche-003.pdf") == content
    assert {entry.compress_type for entry in archive.infolist()} == {zipfile.ZIP_STORED}
    assert {entry.date_time for entry in archive.infolist()} == {(2023, 4, 3, 9, 30, 10)}
    assert report == Archive(tuple(names), ())


def test_the_word_says_what_the_archive_is_and_how_to_print_it() -> None:
    archive, _ = archived([(sheet_name(number), b"%PDF") for number in range(1, 4)])
    raw = archive.read(READ_ME)
    assert raw.startswith(b"\xef\xbb\xbf")
    assert b"\r\n" in raw
    assert raw.count(b"\n") == raw.count(b"\r\n")
    text = raw.decode("utf-8-sig")
    for words in ("Concours d’affiches, 2023", "3 affiches", "A3", "taille réelle"):
        assert words in text
    assert "n’ont pas pu" not in text


def test_one_poster_is_counted_as_one() -> None:
    assert "1 affiche," in read_me(contest="Concours", edition="2023", written=1, missing=[])


def test_an_archive_without_posters_says_so() -> None:
    archive, report = archived([])
    assert "0 affiche," in archive.read(READ_ME).decode("utf-8-sig")
    assert report.written == ()


def test_a_sheet_that_cannot_be_made_does_not_cost_the_others() -> None:
    def damaged() -> bytes:
        raise CannotTypeset("damaged")

    archive, report = archived([("a.pdf", b"1"), ("b.pdf", damaged), ("c.pdf", b"3")])
    assert archive.namelist() == ["a.pdf", "c.pdf", READ_ME]
    assert report == Archive(("a.pdf", "c.pdf"), ("b.pdf",))
    text = archive.read(READ_ME).decode("utf-8-sig")
    assert "2 affiches" in text
    assert "b.pdf" in text


def test_another_fault_stops_the_archive() -> None:
    def broken() -> bytes:
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        archived([("a.pdf", broken)])


def test_progress_is_told_after_each_sheet() -> None:
    told: list[int] = []
    archived([("a.pdf", b"1"), ("b.pdf", b"2")], progress=told.append)
    assert told == [1, 2]


@pytest.mark.parametrize("names", [["a.pdf", "a.pdf"], ["../a.pdf"], ["a\\b.pdf"], [""], [READ_ME]])
def test_a_name_that_would_deceive_who_unpacks_is_refused(names) -> None:
    with pytest.raises(ValueError, match="cannot name a sheet"):
        archived([(name, b"") for name in names])


def test_sheets_are_made_when_their_turn_comes_on_a_target_that_only_takes() -> None:
    class Pipe(io.RawIOBase):
        """Counts what it takes; can neither be read nor rewound."""

        taken = 0

        def writable(self) -> bool:
            return True

        def write(self, data) -> int:
            self.taken += len(data)
            return len(data)

    pipe = Pipe()
    before: list[int] = []

    def made() -> bytes:
        before.append(pipe.taken)
        return b"x" * 100_000

    posters_zip(
        pipe,  # type: ignore[arg-type]
        ((sheet_name(number), made) for number in range(3)),
        contest="Concours",
        edition="2023",
        written_at=MOMENT,
    )
    assert before[0] == 0
    assert before[1] >= 100_000
    assert before[2] >= 200_000
    assert not pipe.closed
