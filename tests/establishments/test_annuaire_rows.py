"""A line as typed values, and several lines of one UAI as one establishment."""

from __future__ import annotations

from contextlib import suppress
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from establishments.annuaire_columns import Cells, Columns
from establishments.annuaire_rows import DirectoryRow, RowFault, merge_rows, parse_row
from establishments.enums import Kind, Sector
from tests.establishments.annuaire_files import Line, a_line, sample_lines


def parse(line: Line) -> DirectoryRow:
    return parse_row(Cells(Columns(list(line)), list(line.values())))


def rows_of(uai: str) -> list[DirectoryRow]:
    return [parse(line) for line in sample_lines() if line["Identifiant_de_l_etablissement"] == uai]


def test_a_line_of_the_real_extract_is_read() -> None:
    row = parse(a_line())

    assert (row.uai, row.name) == ("0350122T", "Ecole primaire publique les Lucioles")
    assert (row.kind, row.sector, row.department) == (Kind.PRIMARY, Sector.PUBLIC, "35")
    assert (row.address, row.postcode, row.commune) == ("6 rue PHILIPPE", "35580", "Baulon")
    assert row.latitude == pytest.approx(47.986145)
    assert row.longitude == pytest.approx(-1.929490)
    assert row.phone == "02 99 85 38 02"
    assert row.email == "ecole.0350122t@ac-rennes.fr"
    assert row.is_open


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        ({"Identifiant_de_l_etablissement": ""}, "UAI"),
        ({"Identifiant_de_l_etablissement": "0350122A"}, "0350122A"),
        ({"Nom_etablissement": " "}, "nom|name"),
        ({"Nom_etablissement": "x" * 201}, "200"),
        ({"Nom_commune": "x" * 81}, "80"),
        ({"Code_departement": "988"}, "988"),
    ],
)
def test_a_line_that_cannot_be_kept_says_why(cells: dict[str, str], message: str) -> None:
    with pytest.raises(RowFault, match=message):
        parse(a_line(**cells))


def test_without_a_department_the_uai_tells_it() -> None:
    assert parse(a_line(Code_departement="")).department == "35"


def test_the_complement_of_the_address_is_kept_but_not_its_repeated_postcode() -> None:
    row = parse(a_line(Adresse_2="CS 77118", Adresse_3="35580 BAULON"))

    assert row.address == "6 rue PHILIPPE, CS 77118"


@pytest.mark.parametrize(
    ("uai", "name", "commune"),
    [
        ("0352072M", "Lycée polyvalent Institution Saint-Malo La Providence", "Saint-Malo"),
        ("0350852L", "Collège Saint-Joseph", "Bruz"),
        ("0350778F", "Lycée Assomption", "Rennes"),
    ],
)
def test_the_main_line_wins_over_the_annexe_in_either_order(
    uai: str, name: str, commune: str
) -> None:
    rows = rows_of(uai)
    assert len(rows) == 2

    for order in permutations(rows):
        merged = merge_rows(order)
        assert (merged.name, merged.commune) == (name, commune)


def test_other_lines_lend_what_the_main_one_lacks() -> None:
    main = parse(a_line(Telephone="", Mail=""))
    annex = parse(a_line(Nom_etablissement="Annexe", Nom_commune="Goven"))

    merged = merge_rows([annex, main])

    assert merged.commune == "Baulon"
    assert merged.phone == "02 99 85 38 02"
    assert merged.email == "ecole.0350122t@ac-rennes.fr"


def test_an_open_line_wins_over_a_closed_one() -> None:
    closed = parse(a_line(etat="FERME", Nom_etablissement="Ancienne école"))

    assert merge_rows([closed, parse(a_line())]).is_open


def test_general_and_vocational_lines_make_a_comprehensive_lycee() -> None:
    lines = [a_line(code_nature=code) for code in ("302", "320")]

    assert merge_rows(map(parse, lines)).kind == Kind.LYCEE_POLYVALENT


CELLS = st.fixed_dictionaries(
    {
        "Nom_etablissement": st.sampled_from(["Lycée A", "Lycée A, annexe", "Lycée B"]),
        "Nom_commune": st.sampled_from(["Bruz", "Rennes"]),
        "Telephone": st.sampled_from(["", "0299000001", "0299000002"]),
        "Mail": st.sampled_from(["", "a@ac-rennes.fr", "b@ac-rennes.fr"]),
        "code_nature": st.sampled_from(["", "302", "306", "320"]),
        "Voie_generale": st.sampled_from(["", "0", "1"]),
        "etat": st.sampled_from(["OUVERT", "FERME"]),
        "date_maj_ligne": st.sampled_from(["", "2023-06-08", "09/06/2023"]),
        "latitude": st.sampled_from(["", "48.1", "48.2"]),
    }
)


@given(st.lists(CELLS, min_size=2, max_size=4), st.randoms())
def test_no_order_of_lines_changes_what_they_make(lines: list[Line], random: object) -> None:
    rows = [parse(a_line(**line)) for line in lines]
    shuffled = list(rows)
    random.shuffle(shuffled)  # type: ignore[attr-defined]

    assert merge_rows(shuffled) == merge_rows(rows)


@given(st.dictionaries(st.sampled_from(list(a_line())), st.text(), max_size=8))
def test_a_line_is_read_or_refused_whatever_it_holds(cells: dict[str, str]) -> None:
    with suppress(RowFault):
        row = parse({**a_line(), **cells})
        assert 0 < len(row.name) <= 200
        assert len(row.phone) <= 20
        assert len(row.postcode) <= 5
