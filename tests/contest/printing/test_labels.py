"""Exhibition labels: what they say, that nothing overflows, and where their QR codes lead."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import combinations

import pypdfium2
import pytest
import segno
from PIL import Image

from contest.printing.labels import (
    PER_PAGE,
    Label,
    labels_pdf,
    short_address,
    symbol_of,
)
from tests.contest.printing.reading import (
    MILLIMETRE,
    characters,
    opened,
    sizes,
    structure,
    texts,
    title,
)

WIDE, HIGH, BESIDE, ABOVE = 99, 68, 6, 12.5
"""Of a label, and of the page's margins, in millimetres."""

PLAIN = Label(
    number=12,
    title="Un pas après l’autre",
    establishment="Collège des Tilleuls",
    commune="Le Havre",
    category="Collèges",
    class_label="3e B",
    pupils=24,
    technique="Collage",
    address="https://perseverance.example.fr/2023/concours/galerie/12/",
)
LONGEST = Label(
    number=99_999,
    title="Nous ne lâchons rien et nous le disons à toute la ville " * 5,
    establishment="Lycée général, technologique et professionnel des Fontenelles " * 3,
    commune="Saint-Étienne-de-la-Vallée-sur-Seine",
    category="Lycées généraux, technologiques et professionnels, CFA et EREA " * 2,
    class_label="Groupe interclasses de 5e, de 4e et de SEGPA",
    pupils=12_345,
    technique="Linogravure, encre de Chine, typographie au plomb, papiers découpés " * 3,
    address="https://perseverance.example.fr/" + "tres-long/" * 12,
)
UNBROKEN = Label(
    number=1,
    title="W" * 300,
    establishment="M" * 200,
    commune="Q" * 80,
    category="G" * 90,
    class_label="H" * 90,
    pupils=1,
    technique="Z" * 200,
    address="https://perseverance.example.fr/" + "x" * 150,
)
HOSTILE = replace(
    PLAIN,
    title='#panic() *gras* $x$ \\ " ] 🎉 <b>',
    establishment="É\u0323\u0323\u0323\u0323\u0323\u0323 مدرسة",
    technique="你好 \u202e \x00",
)
EMPTY = Label(1, "", "", "", "", "", None, "", "https://a.fr/1/")


def printed(*labels: Label) -> bytes:
    return labels_pdf(labels, contest="Concours d’affiches", edition="Édition 2023")


def test_a_label_says_all_of_its_poster() -> None:
    (text,) = texts(printed(PLAIN))
    for words in (
        "N° 12",
        "Un pas après l’autre",
        "Collège des Tilleuls (Le Havre)",
        "Collèges",
        "3e B · 24 élèves · Collage",
        "Concours d’affiches · Édition 2023",
        "perseverance.example.fr/2023/concours/ galerie/12",
    ):
        assert words in text


def test_what_nobody_said_leaves_no_trace() -> None:
    (text,) = texts(printed(replace(PLAIN, pupils=None, technique="", commune="")))
    assert "3e B perseverance" in text
    assert "Collège des Tilleuls 3e B" in text
    assert texts(printed(EMPTY)) == ["N° 1 Concours d’affiches · Édition 2023 a.fr/1"]


def test_one_pupil_is_counted_as_one() -> None:
    assert "1 élève ·" in texts(printed(replace(PLAIN, pupils=1)))[0]


@pytest.mark.parametrize(("count", "pages"), [(1, 1), (8, 1), (9, 2), (17, 3)])
def test_labels_come_eight_to_an_a4_page_in_their_order(count, pages) -> None:
    content = printed(*(replace(PLAIN, number=number) for number in range(101, 101 + count)))
    assert sizes(content) == [(210, 297)] * pages
    found = " ".join(texts(content))
    places = [found.index(f"N° {number}") for number in range(101, 101 + count)]
    assert places == sorted(places)
    assert math.ceil(count / PER_PAGE) == pages


def test_the_document_is_named_for_its_contest() -> None:
    assert (
        title(printed(PLAIN)) == "Étiquettes d’exposition\u00a0: Concours d’affiches, Édition 2023"
    )


def test_each_label_is_a_heading_its_facts_and_a_described_symbol() -> None:
    found = [element for element in structure(printed(PLAIN)) if element.kind != "Div"]
    assert [element.kind for element in found] == ["Document", "H1", *["P"] * 5, "Figure"]
    assert found[-1].alternative == (
        "QR code de la page de l’affiche, perseverance.example.fr/2023/concours/galerie/12"
    )


@pytest.mark.parametrize("label", [LONGEST, UNBROKEN, HOSTILE, EMPTY, PLAIN])
def test_nothing_overflows_its_label_or_its_symbol(label) -> None:
    content = printed(*[label] * PER_PAGE)
    assert len(sizes(content)) == 1
    with opened(content) as document:
        page = document[0]
        found = characters(page)
        picture = drawn(page)
    quiet = 4 * symbol_box(picture)[2] / symbol_of(label.address).symbol_size(border=0)[0]
    for character, left, top, right, bottom in found:
        column, row = (left - BESIDE) // WIDE, (top - ABOVE) // HIGH
        x, y, side = symbol_box(picture, column, row)
        cell = (BESIDE + column * WIDE, ABOVE + row * HIGH)
        # Two millimetres are left to the hand that cuts.
        assert cell[0] + 2 <= left <= right <= cell[0] + WIDE - 2, character
        assert cell[1] + 2 <= top <= bottom <= cell[1] + HIGH - 2, character
        beside = right <= x - quiet or left >= x + side + quiet
        assert beside or bottom <= y - quiet or top >= y + side + quiet, character


@pytest.mark.parametrize("label", [LONGEST, UNBROKEN, PLAIN])
def test_letters_of_a_label_never_cover_each_other(label) -> None:
    with opened(printed(label)) as document:
        found = characters(document[0])
    for one, other in combinations(found, 2):
        across = min(one[3], other[3]) - max(one[1], other[1])
        down = min(one[4], other[4]) - max(one[2], other[2])
        assert min(across, down) < 0.3, (one, other)


def test_a_long_title_is_set_smaller_before_it_is_cut() -> None:
    fitting = (
        "Vingt-huit portraits, vingt-huit rêves, une classe qui ne lâche rien et le dit à tous"
    )
    assert fitting in texts(printed(replace(PLAIN, title=fitting)))[0]
    cut = texts(printed(LONGEST))[0]
    assert "Nous ne lâchons rien" in cut
    assert "…" in cut


@pytest.mark.parametrize("label", [PLAIN, LONGEST, EMPTY])
def test_the_printed_symbol_is_the_qr_code_of_the_page(label) -> None:
    expected = [list(row) for row in segno.make_qr(label.address, error="m").matrix]
    with opened(printed(label)) as document:
        picture = drawn(document[0])
    assert modules(picture, symbol_box(picture), len(expected)) == expected


def test_a_symbol_is_large_enough_to_be_read_and_corrects_errors() -> None:
    symbol = symbol_of(PLAIN.address)
    assert symbol.error in {"M", "Q", "H"}
    with opened(printed(PLAIN)) as document:
        _, _, side = symbol_box(drawn(document[0]))
    assert side == pytest.approx(22, abs=0.2)
    assert side / symbol.symbol_size(border=0)[0] >= 0.5


@pytest.mark.parametrize(
    ("address", "short"),
    [
        (
            "https://perseverance.example.fr/2023/galerie/7/",
            "perseverance.example.fr/2023/galerie/7",
        ),
        ("http://localhost:8000/a/", "localhost:8000/a"),
        ("https://a.fr/", "a.fr"),
        ("https://a.fr/x/?p=1", "a.fr/x?p=1"),
    ],
)
def test_the_short_address_is_what_one_types(address, short) -> None:
    assert short_address(address) == short


def test_no_label_is_no_document() -> None:
    with pytest.raises(ValueError, match="no label"):
        printed()


def drawn(page: pypdfium2.PdfPage) -> Image.Image:
    """The page in black and white, ten points to a millimetre."""
    picture = page.render(scale=10 / MILLIMETRE).to_pil().convert("L")
    return picture.point(lambda grey: 255 if grey < 128 else 0)


def symbol_box(
    picture: Image.Image, column: float = 0, row: float = 0
) -> tuple[float, float, float]:
    """Left, top and side of a label's QR code, in mm; right of all text, below the title."""
    left, top = BESIDE + column * WIDE + 69, ABOVE + row * HIGH + 37
    within = picture.crop(tuple(round(side * 10) for side in (left, top, left + 28, top + 29)))
    box = within.getbbox()
    assert box is not None
    assert box[2] - box[0] == pytest.approx(box[3] - box[1], abs=2)
    return left + box[0] / 10, top + box[1] / 10, (box[2] - box[0]) / 10


def modules(picture: Image.Image, box: tuple[float, float, float], count: int) -> list[list[int]]:
    """The symbol in `picture` as rows of 0 and 1, read at the middle of each module."""
    left, top, side = box

    def at(column: int, row: int) -> int:
        x, y = (
            start + (place + 0.5) * side / count for start, place in ((left, column), (top, row))
        )
        return 1 if picture.getpixel((round(x * 10 - 0.5), round(y * 10 - 0.5))) else 0

    return [[at(column, row) for column in range(count)] for row in range(count)]
