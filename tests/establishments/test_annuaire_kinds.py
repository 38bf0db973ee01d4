"""From the annuaire's natures to our kinds."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from establishments.annuaire import AnnuaireFile, GoodRow
from establishments.annuaire_kinds import kind_of
from establishments.enums import Kind
from tests.establishments.annuaire_files import as_file, sample_lines

NOTHING: dict[str, Any] = {
    "nature": "",
    "label": "",
    "type_name": "",
    "nursery": False,
    "elementary": False,
    "general": False,
    "technological": False,
    "vocational": False,
}


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ({"nature": "101"}, Kind.NURSERY),
        ({"nature": "151"}, Kind.ELEMENTARY),
        ({"nature": "151", "elementary": True}, Kind.ELEMENTARY),
        ({"nature": "151", "nursery": True, "elementary": True}, Kind.PRIMARY),
        ({"nature": "300"}, Kind.LYCEE_GT),
        ({"nature": "302"}, Kind.LYCEE_GT),
        ({"nature": "306"}, Kind.LYCEE_POLYVALENT),
        ({"nature": "320"}, Kind.LYCEE_PRO),
        ({"nature": "340"}, Kind.COLLEGE),
        ({"nature": "370"}, Kind.EREA),
        ({"nature": "380"}, Kind.MFR),
        ({"nature": "841"}, Kind.CIO),
        ({"nature": "240"}, Kind.MEDICAL),
        ({"nature": "809"}, Kind.ADMINISTRATION),
        ({"label": "LYCEE PROFESSIONNEL"}, Kind.LYCEE_PRO),
        ({"label": "LYCEE POLYVALENT", "type_name": "Lycée"}, Kind.LYCEE_POLYVALENT),
        ({"label": "CENTRE DE FORMATION D'APPRENTIS"}, Kind.CFA),
        ({"label": "CIRCONSCRIPTIONS INSPECTION EDUC NAT"}, Kind.ADMINISTRATION),
        ({"type_name": "Lycée", "general": True}, Kind.LYCEE_GT),
        ({"type_name": "Lycée", "vocational": True}, Kind.LYCEE_PRO),
        ({"type_name": "Lycée", "technological": True, "vocational": True}, Kind.LYCEE_POLYVALENT),
        ({"type_name": "Ecole", "nursery": True}, Kind.NURSERY),
        ({"type_name": "École"}, Kind.PRIMARY),
        ({"type_name": "Médico-social"}, Kind.MEDICAL),
        ({"type_name": "Information et orientation"}, Kind.CIO),
        ({"nature": "400"}, Kind.OTHER),
        ({}, Kind.OTHER),
    ],
)
def test_nature_then_label_then_type_decide(said: dict[str, Any], kind: Kind) -> None:
    assert kind_of(**{**NOTHING, **said}) == kind


def test_the_real_extract_falls_into_kinds() -> None:
    source = AnnuaireFile(as_file(sample_lines()))
    kinds = Counter(item.row.kind for item in source.rows() if isinstance(item, GoodRow))

    assert kinds == {
        Kind.PRIMARY: 454,
        Kind.ELEMENTARY: 119,
        Kind.COLLEGE: 117,
        Kind.NURSERY: 112,
        Kind.LYCEE_PRO: 43,
        Kind.ADMINISTRATION: 42,
        Kind.MEDICAL: 39,
        Kind.LYCEE_GT: 30,
        Kind.LYCEE_POLYVALENT: 13,
        Kind.MFR: 11,
        Kind.OTHER: 9,
        Kind.CIO: 5,
        Kind.EREA: 2,
    }


@given(st.text(), st.text(), st.text(), st.booleans(), st.booleans())
def test_no_text_makes_it_raise(
    nature: str, label: str, type_name: str, nursery: bool, vocational: bool
) -> None:
    said = {
        **NOTHING,
        "nature": nature,
        "label": label,
        "type_name": type_name,
        "nursery": nursery,
        "vocational": vocational,
    }

    assert kind_of(**said) in Kind
