"""One cell of the annuaire at a time."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from establishments import annuaire_cells as cells


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("035", "35"),
        ("35", "35"),
        ("02A", "2A"),
        ("2a", "2A"),
        ("974", "974"),
        ("01", "01"),
        ("1", "01"),
        ("", ""),
        ("35000", ""),
        ("2C", ""),
    ],
)
def test_departments_come_with_two_or_three_characters(cell: str, code: str) -> None:
    assert cells.parse_department(cell) == code


@pytest.mark.parametrize(
    ("uai", "code"),
    [("0350122T", "35"), ("6200088B", "2A"), ("7200001X", "2B"), ("9740002J", "974")],
)
def test_a_uai_tells_its_department(uai: str, code: str) -> None:
    assert cells.department_of_uai(uai) == code


@pytest.mark.parametrize(
    "cell", ["2023-06-08", "08/06/2023", "2023-06-08T00:00:00+02:00", "8/6/2023"]
)
def test_dates_come_in_two_orders(cell: str) -> None:
    assert cells.parse_date(cell) == date(2023, 6, 8)


@pytest.mark.parametrize("cell", ["", "31/02/2023", "2023", "06-08-2023"])
def test_what_is_no_date_is_none(cell: str) -> None:
    assert cells.parse_date(cell) is None


@pytest.mark.parametrize(
    ("cell", "phone"),
    [
        ("0299853802", "02 99 85 38 02"),
        ("299853802", "02 99 85 38 02"),
        ("02.99.85.38.02", "02 99 85 38 02"),
        ("+33 2 99 85 38 02", "02 99 85 38 02"),
        ("0033299853802", "02 99 85 38 02"),
        ("3646", "3646"),
        ("", ""),
        ("sans", ""),
        ("le matin au 02 99 85 38 02 sauf le mardi", ""),
    ],
)
def test_phones_get_their_zero_back(cell: str, phone: str) -> None:
    assert cells.parse_phone(cell) == phone


@pytest.mark.parametrize(
    ("cell", "postcode"),
    [("35580", "35580"), ("1000", "01000"), ("35706 CEDEX 7", "35706"), ("", "")],
)
def test_postcodes_get_their_zero_back(cell: str, postcode: str) -> None:
    assert cells.parse_postcode(cell) == postcode


@pytest.mark.parametrize(
    ("latitude", "longitude", "position", "found"),
    [
        ("47.98", "-1.92", "", (47.98, -1.92)),
        ("47,98", "-1,92", "", (47.98, -1.92)),
        ("", "", "47.98, -1.92", (47.98, -1.92)),
        ("", "", "", None),
        ("47.98", "", "", None),
        ("0", "0", "", None),
        ("nan", "inf", "", None),
        ("147.98", "-1.92", "", None),
    ],
)
def test_coordinates_are_both_there_or_none(
    latitude: str, longitude: str, position: str, found: tuple[float, float] | None
) -> None:
    assert cells.parse_position(latitude, longitude, position) == found


@pytest.mark.parametrize(
    ("cell", "mailbox"),
    [
        ("Ce.0350122T@ac-rennes.fr", "ce.0350122t@ac-rennes.fr"),
        (" ce.a@ac-rennes.fr ; direction@b.fr", "ce.a@ac-rennes.fr"),
        ("voir le site", ""),
        ("", ""),
        (f"{'a' * 60}@{'.'.join(['b' * 60] * 4)}.fr", ""),
    ],
)
def test_the_first_valid_mailbox_is_kept(cell: str, mailbox: str) -> None:
    assert cells.parse_mailbox(cell) == mailbox


@pytest.mark.parametrize(
    ("cell", "is_open"),
    [("OUVERT", True), ("", True), ("A FERMER", True), ("FERMÉ", False), ("Ferme", False)],
)
def test_only_what_is_closed_is_closed(cell: str, is_open: bool) -> None:
    assert cells.parse_is_open(cell) is is_open


def test_text_loses_what_nobody_sees() -> None:
    assert cells.clean_text("\ufeffCollège\u00a0 des\x00\tTilleuls\n") == "Collège des Tilleuls"
    assert cells.clean_text("Colle\u0300ge") == "Collège"


@given(st.text())
def test_no_cell_makes_any_of_it_raise(cell: str) -> None:
    cells.parse_department(cell)
    cells.parse_date(cell)
    cells.parse_phone(cell)
    cells.parse_postcode(cell)
    cells.parse_position(cell, cell, cell)
    cells.parse_mailbox(cell)
    cells.parse_is_open(cell)
    cells.is_true(cell)
    cleaned = cells.clean_text(cell)
    assert cells.clean_text(cleaned) == cleaned
    assert cleaned.isprintable()


@given(st.dates(min_value=date(1800, 1, 1)))
def test_a_day_written_either_way_is_read_back(day: date) -> None:
    assert cells.parse_date(day.isoformat()) == day
    assert cells.parse_date(day.strftime("%d/%m/%Y")) == day


@given(st.integers(100_000_000, 999_999_999))
def test_any_national_number_is_read_back_with_or_without_its_zero(number: int) -> None:
    assert cells.parse_phone(f"0{number}") == cells.parse_phone(str(number))
    assert cells.parse_phone(f"0{number}").replace(" ", "") == f"0{number}"


@given(
    st.floats(-90, 90, allow_nan=False).filter(lambda degrees: degrees != 0),
    st.floats(-180, 180, allow_nan=False),
)
def test_coordinates_are_read_back_exactly(latitude: float, longitude: float) -> None:
    assert cells.parse_position(repr(latitude), repr(longitude), "") == (latitude, longitude)
