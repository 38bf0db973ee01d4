"""Text as it is compared."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from establishments.folding import fold, search_words


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Évreux", "evreux"),
        ("Val-d’Arques", "val d arques"),
        ("CŒUR de l'Aÿ", "coeur de l ay"),
        ("Straße", "strasse"),
        ("  — ", ""),
    ],
)
def test_accents_case_and_punctuation_go(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_short_saints_are_written_in_full() -> None:
    assert search_words("St-Malo, Ste Anne") == ["saint", "malo", "sainte", "anne"]


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)
