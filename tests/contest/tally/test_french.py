"""The verifier's words: every finding has its sentence, every step its reason."""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path

import pytest

from contest import tally
from contest.tally.definition import APPROVAL, MAJORITY, RANKING, Definition
from contest.tally.french import (
    SENTENCES,
    decimal,
    grade_of,
    place_of,
    printable,
    reason_of,
    sentence_of,
    title_of,
    unranked_of,
    value_of,
)
from contest.tally.standing import Line
from contest.tally.verification import GOOD, Finding
from tests.contest.tally.juries import criteria_round, make_contest, plain_round

FOLDER = Path(tally.__file__).parent
RULES = criteria_round([1, 2])


def line(step: str, criterion: str = "", ex_aequo: tuple[int, ...] = ()) -> Line:
    return Line(1, 2, step, criterion, ex_aequo, Fraction(3))


def test_every_finding_has_a_sentence() -> None:
    codes: set[str] = set()
    for module in ("verification", "reading", "archive", "assembly", "publication", "tallying"):
        text = (FOLDER / f"{module}.py").read_text(encoding="utf-8")
        codes |= set(re.findall(r'(?:BadPublication|BadSeed)\(\s*"(\w+)"', text))
        codes |= set(re.findall(r'Finding\((?:GOOD|WRONG|REMARK|UNREADABLE), "(\w+)"', text))
    assert len(codes) > 20
    assert codes <= set(SENTENCES)


def test_a_sentence_names_the_round_as_people_do() -> None:
    definition, _ballots = make_contest()
    finding = Finding(GOOD, "withheld_matches", {"round": "ecole-1"})
    told = sentence_of(finding, definition)
    assert told == "École, Finale\u00a0: les bulletins réservés ont l’empreinte publiée."
    assert sentence_of(finding, None).startswith("ecole-1\u00a0:")


def test_a_sentence_says_so_where_a_detail_is_missing_and_a_code_is_never_lost() -> None:
    assert "n°\u00a0–" in sentence_of(Finding(GOOD, "place_differs"), None)
    assert sentence_of(Finding(GOOD, "a_new_code"), None) == "a_new_code"
    lists = Finding(GOOD, "entries_differ", {"round": "r", "added": [3, 4], "left_out": []})
    assert "ajoutées\u00a0: 3, 4\u202f; absentes\u00a0: –" in sentence_of(lists, None)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (line("method"), ""),
        (line("median"), "départagée par la médiane de ses notes"),
        (
            line("criterion", "drawing"),
            "départagée par le critère «\u202fQualité du dessin\u202f»",
        ),
        (line("duels"), "départagée par les duels\u00a0: plus de jurés la préfèrent que l’inverse"),
        (line("lot"), "départagée par le tirage au sort annoncé"),
        (line("ex_aequo", ex_aequo=(3, 4)), "ex æquo avec n°\u00a03, n°\u00a04"),
    ],
)
def test_every_step_has_its_reason(given: Line, expected: str) -> None:
    assert reason_of(RULES, given) == expected


@pytest.mark.parametrize(
    ("value", "places", "expected"),
    [
        (Fraction(17, 4), 3, "4,25"),
        (Fraction(4), 3, "4"),
        (Fraction(13, 3), 3, "≈ 4,333"),
        (Fraction(2, 3), 1, "≈ 0,7"),
        (Fraction(-9, 8), 3, "-1,125"),
        (Fraction(-2, 3), 1, "≈ -0,7"),
        (Fraction(1999, 1000), 2, "≈ 2"),
    ],
)
def test_a_fraction_is_shown_as_a_decimal_that_says_when_it_is_rounded(
    value: Fraction, places: int, expected: str
) -> None:
    assert decimal(value, places) == expected


def test_values_and_grades_are_said_as_their_method_does() -> None:
    assert value_of(RULES, Fraction(7, 2)) == "note 3,5"
    assert value_of(plain_round(APPROVAL, [1]), Fraction(3, 4)) == "75\u00a0% de oui"
    assert value_of(plain_round(MAJORITY, [1]), Fraction(5)) == "Excellent"
    assert grade_of(plain_round(MAJORITY, [1]), 0) == "Insuffisant"
    assert [grade_of(plain_round(APPROVAL, [1]), one) for one in (1, 0, -1)] == [
        "oui",
        "non",
        "abstention",
    ]
    assert grade_of(plain_round(RANKING, [1]), 2) == "rang 2"
    assert grade_of(RULES, 4) == "4"


def test_places_and_posters_without_one_are_said_in_french() -> None:
    assert [place_of(rank) for rank in (1, 2, 11)] == ["1re", "2e", "11e"]
    assert unranked_of("no_ballot", 0) == "sans place\u00a0: aucun bulletin"
    assert unranked_of("below_minimum", 1).endswith("1 bulletin, moins que le minimum")
    assert unranked_of("below_minimum", 2).endswith("2 bulletins, moins que le minimum")


def test_a_correction_says_what_it_corrects() -> None:
    corrected = Definition("Concours", (), version=2, note="une note mal saisie")
    assert title_of(corrected) == "Concours, version 2 (une note mal saisie)"


def test_control_characters_are_taken_out() -> None:
    assert printable("a\x1b[2J\u202eb\u202f;") == "a?[2J?b\u202f;"
