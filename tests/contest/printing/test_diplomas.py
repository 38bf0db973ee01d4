"""Diplomas: what they say, that they lie on A4, that assistive software reads them."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from contest.printing.diplomas import Diploma, diplomas_pdf
from tests.contest.printing.reading import characters, opened, sizes, structure, texts

LAUREATE = Diploma(
    number=12,
    title="Un pas après l’autre",
    establishment="Collège des Tilleuls",
    commune="Le Havre",
    category="Collèges",
    class_label="3e B",
    pupils=24,
    prize="Premier prix",
    picture="affiche.jpg",
    alternative="Un grimpeur sur un mur.",
)
PARTICIPANT = Diploma(number=3, title="Ose", establishment="École Jean-Moulin", pupils=1)
LONGEST = Diploma(
    number=99_999,
    title="Nous ne lâchons rien et nous le disons " * 3,
    establishment="Lycée général, technologique et professionnel des Fontenelles " * 3,
    commune="Saint-Étienne-de-la-Vallée-sur-Seine",
    category="Lycées généraux, technologiques et professionnels, CFA et EREA",
    class_label="Groupe interclasses de 5e, de 4e et de SEGPA",
    pupils=12_345,
    prize="Prix spécial de la commission pour la force du message " * 2,
    is_shared=True,
    reason="Pour la justesse de son slogan, que toute la commission a voulu saluer. " * 5,
    picture="affiche.jpg",
    alternative="Un grimpeur.",
)


def picture() -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (70, 99), "navy").save(stream, "JPEG")
    return stream.getvalue()


def made(*diplomas: Diploma) -> bytes:
    return diplomas_pdf(
        diplomas,
        {"affiche.jpg": picture()},
        contest="Concours d’affiches",
        edition="Semaine 2023",
        issuer=["Académie", "de Normandie"],
        published_on="6 avril 2023",
    )


def test_each_lies_on_a_page_of_a4_and_says_who_has_won_what() -> None:
    content = made(LAUREATE, PARTICIPANT)

    assert sizes(content) == [(297, 210), (297, 210)]
    first, second = texts(content)
    for words in (
        "ACADÉMIE DE NORMANDIE",
        "DIPLÔME",
        "Premier prix",
        "Collèges",
        "Collège des Tilleuls",
        "Le\u00a0Havre",
        "3e B · 24 élèves",
        "Un pas après l’autre",
        "N°\u00a012",
        "6 avril 2023",
    ):
        assert words in first or words.replace("\u00a0", " ") in first, words
    assert "Diplôme de participation" in second
    assert "École Jean-Moulin" in second
    assert "1 élève" in second


def test_headings_and_the_picture_are_there_for_assistive_software() -> None:
    elements = structure(made(LAUREATE))

    assert [one.kind for one in elements].count("H1") == 1
    assert "Un grimpeur sur un mur." in [one.alternative for one in elements]


def test_the_longest_texts_stay_on_their_page() -> None:
    content = made(LONGEST)

    with opened(content) as document:
        assert len(document) == 1
        page = document[0]
        for letter, left, top, right, bottom in characters(page):
            assert 20 <= left <= right <= 297 - 8, (letter, left, right)
            assert 8 <= top <= bottom <= 210 - 8, (letter, top, bottom)


def test_there_is_something_to_print() -> None:
    with pytest.raises(ValueError, match="no diploma"):
        made()
