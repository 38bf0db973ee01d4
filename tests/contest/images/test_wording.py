"""Each refusal says what is wrong, with its figures, and what to do about it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.utils import translation

from contest.images.examination import Note, Problem, ProblemCode
from contest.images.formats import Appearance, Format
from contest.images.limits import problems_of_shape
from contest.images.wording import note_sentence, sentence_of

from .conftest import LIMITS

C = ProblemCode
CONTEST = replace(LIMITS, min_short_side=1_754, min_long_side=2_480)

PROBLEMS = [
    Problem(C.EMPTY),
    Problem(C.TOO_HEAVY, {"bytes": 12_000_000, "max_bytes": 10_485_760, "format": "jpeg"}),
    Problem(C.TOO_HEAVY, {"bytes": 12_000_000, "max_bytes": 10_485_760, "format": "pdf"}),
    *(Problem(C.NOT_ACCEPTED, {"format": one.value}) for one in (*Format, *Appearance)),
    Problem(C.NOT_A_PICTURE),
    Problem(C.TRUNCATED),
    Problem(C.DAMAGED),
    Problem(C.TOO_MANY_PIXELS, {"width": 9_000, "height": 12_000, "largest": 52_000_000}),
    *problems_of_shape(1_000, 1_333, CONTEST),
    *problems_of_shape(1_600, 1_000, CONTEST),
    *problems_of_shape(2_000, 3_000, replace(CONTEST, ratio=1.2)),
    *problems_of_shape(2_000, 3_000, replace(CONTEST, orientation="landscape")),
    Problem(C.NO_PAGE),
    Problem(C.SEVERAL_PAGES, {"pages": 12}),
    Problem(C.ENCRYPTED),
    Problem(C.ANIMATED),
    *(Problem(C.POLYGLOT, {"contains": one.value}) for one in (*Format, *Appearance)),
    Problem(C.TOO_SLOW),
]


def test_every_problem_is_among_those_worded_here() -> None:
    assert {problem.code for problem in PROBLEMS} == set(C)


@pytest.mark.parametrize("problem", PROBLEMS)
def test_every_problem_has_a_sentence_in_french(problem: Problem) -> None:
    with translation.override("fr"):
        french = sentence_of(problem, CONTEST)
    with translation.override("en"):
        english = sentence_of(problem, CONTEST)
    assert french.endswith(".")
    assert french != english
    assert "%" not in french.replace("\u00a0%", "")
    assert "None" not in french


@pytest.mark.parametrize("note", list(Note))
def test_every_note_has_a_sentence_in_french(note: Note) -> None:
    with translation.override("fr"):
        french = note_sentence(note.value)
    assert french.endswith(".")
    assert french != note_sentence(note) or translation.get_language() == "fr"


def french(problem: Problem) -> str:
    with translation.override("fr"):
        return sentence_of(problem.as_json(), CONTEST).replace("\u202f", " ").replace("\u00a0", " ")


def test_a_wrong_shape_is_told_with_its_figures() -> None:
    (problem,) = problems_of_shape(3_024, 4_032, CONTEST)
    assert french(problem) == (
        "Cette affiche n’a pas la forme d’une feuille A3 ou A4 : son grand côté fait 1,33 fois son "
        "petit côté, au lieu de 1,41. Elle est trop large de 5,7 % : rognez-la à gauche ou à "
        "droite. Vous pouvez aussi régler la page sur A3 ou A4 dans le logiciel, puis exporter de "
        "nouveau."
    )


def test_two_ratios_that_nearly_agree_are_told_apart() -> None:
    limits = replace(CONTEST, ratio_tolerance=0.001)
    (problem,) = problems_of_shape(10_000, 14_120, limits)
    assert "1,412 fois son petit côté, au lieu de 1,414" in french(problem)


def test_two_ratios_that_agree_to_the_third_decimal_are_told_with_four() -> None:
    limits = replace(CONTEST, ratio_tolerance=0.0)
    (problem,) = problems_of_shape(10_000, 14_144, limits)
    assert "1,4144 fois son petit côté, au lieu de 1,4142" in french(problem)


def test_a_document_is_to_be_exported_in_a_format_that_is_taken() -> None:
    problem = Problem(C.NOT_ACCEPTED, {"format": "text-document"})
    assert "exportez-le en PDF d’une page" in french(problem)
    with translation.override("fr"):
        pictures = replace(CONTEST, formats=frozenset([Format.JPEG, Format.PNG]))
        assert "exportez sa page au format JPEG ou PNG" in sentence_of(problem, pictures)
        only = replace(CONTEST, formats=frozenset([Format.JPEG]))
        assert "exportez sa page au format JPEG." in sentence_of(problem, only)


def test_a_weight_over_the_limit_by_a_hair_is_told_by_how_much() -> None:
    details = {"bytes": 10_485_760 + 14_000, "max_bytes": 10_485_760, "format": "jpeg"}
    assert "13,7" in french(Problem(C.TOO_HEAVY, details))


def test_pixels_are_told_in_millions() -> None:
    text = french(Problem(C.TOO_MANY_PIXELS, {"width": 9_000, "height": 6_000, "largest": 5e7}))
    assert "9 000 × 6 000 pixels, soit 54 millions" in text
    assert "peut en avoir 50 millions" in text
