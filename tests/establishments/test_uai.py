"""The UAI: seven digits and the letter they give."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from establishments.uai import KEY_ALPHABET, is_valid_uai, normalise_uai, validate_uai
from tests.establishments.annuaire_files import sample_lines


@pytest.mark.parametrize(
    "uai",
    [
        "0760372S",
        "0760083C",
        "0760095R",
        "0770934X",
        "0312198W",
        "0301674G",
        "0921921N",
        "0170071K",
        "0511296G",
        "6200088B",
        "9740002J",
    ],
)
def test_codes_seen_in_public_data_are_valid(uai: str) -> None:
    assert is_valid_uai(uai)
    assert validate_uai(uai) is None


@pytest.mark.parametrize(
    "uai", ["0352211A", "0271234X", "", "0350001", "03500011", "0350001l", "035000¹L", "X350001L"]
)
def test_a_wrong_letter_or_shape_is_refused(uai: str) -> None:
    assert not is_valid_uai(uai)
    with pytest.raises(ValidationError):
        validate_uai(uai)


def test_every_code_of_the_real_extract_is_valid() -> None:
    codes = {line["Identifiant_de_l_etablissement"] for line in sample_lines()}

    assert len(codes) == 993
    assert all(is_valid_uai(code) for code in codes)


@pytest.mark.parametrize("typed", ["0760372S", " 0760372s ", "760372S", "076 0372 S", "0760372s"])
def test_what_people_and_spreadsheets_make_of_a_code_is_put_right(typed: str) -> None:
    assert normalise_uai(typed) == "0760372S"


@given(st.integers(0, 9_999_999))
def test_exactly_one_letter_is_right_for_a_number(number: int) -> None:
    codes = [f"{number:07d}{letter}" for letter in KEY_ALPHABET]

    assert sum(is_valid_uai(code) for code in codes) == 1


@given(st.text())
def test_no_text_makes_it_raise(text: str) -> None:
    code = normalise_uai(text)

    assert normalise_uai(code) == code or not is_valid_uai(code)
