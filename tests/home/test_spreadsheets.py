"""Workbooks, read back with openpyxl."""

from __future__ import annotations

import io
import tempfile
import tracemalloc
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.utils.translation import gettext_lazy
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from home import spreadsheets
from home.spreadsheets import Column, Kind, Sheet, TooManyRows, sheet_titles, write_workbook

NAME = Column("Nom", 40)


def read(*sheets: Sheet) -> Any:
    target = io.BytesIO()
    write_workbook(target, sheets)
    return load_workbook(target)


def cell(value: object, kind: Kind = Kind.TEXT) -> Any:
    return read(Sheet("Feuille", [Column("Colonne", kind=kind)], [[value]])).active["A2"]


def test_rows_are_read_back_as_they_were_written() -> None:
    columns = [NAME, Column("Élèves", 8, Kind.INTEGER)]
    page = read(Sheet("Inscriptions", columns, iter([("Collège A", 3), ("Collège B", None)])))
    assert page.sheetnames == ["Inscriptions"]
    assert [[one.value for one in row] for row in page.active.rows] == [
        ["Nom", "Élèves"],
        ["Collège A", 3],
        ["Collège B", None],
    ]


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        '=HYPERLINK("https://mechant.example","Cliquez")',
        "=cmd|' /C calc'!A0",
        "+33 2 35 00 00 00",
        "-2+3",
        "@SUM(A1:A9)",
        "|calc",
        "%0A=1",
        "\t=1+1",
        "\r=1+1",
        "\n=1+1",
        "  =1+1",
    ],
)
def test_what_a_spreadsheet_could_run_is_text_and_stays_so_when_edited(text) -> None:
    read_back = cell(text)
    assert read_back.data_type == "s"
    assert read_back.value == text.replace("\r", "\n")
    assert read_back.quotePrefix
    for kind in Kind:
        assert cell(text, kind).data_type == "s"


def test_a_head_is_no_formula_either() -> None:
    head = read(Sheet("Feuille", [Column("=1+1")], [])).active["A1"]
    assert (head.value, head.data_type, bool(head.quotePrefix)) == ("=1+1", "s", True)


@given(st.text(max_size=40))
@settings(max_examples=60, deadline=None)
def test_no_text_whatever_becomes_a_formula_or_spoils_the_file(text) -> None:
    read_back = cell(text)
    assert read_back.data_type in {"s", "n"}
    assert isinstance(read_back.value, str | None)
    assert not (read_back.data_type == "n" and read_back.value)


@pytest.mark.parametrize(
    ("value", "kind", "expected", "shown"),
    [
        (24, Kind.INTEGER, 24, "0"),
        (-3, Kind.INTEGER, -3, "0"),
        (4.5, Kind.DECIMAL, 4.5, "0.00"),
        (Decimal("12.30"), Kind.DECIMAL, 12.3, "0.00"),
        (date(2023, 4, 3), Kind.DATE, datetime(2023, 4, 3), "dd/mm/yyyy"),
        (date(2023, 4, 3), Kind.DATE_TIME, datetime(2023, 4, 3), "dd/mm/yyyy"),
        (
            datetime(2023, 4, 3, 22, 30, tzinfo=UTC),
            Kind.DATE_TIME,
            datetime(2023, 4, 4, 0, 30),
            "dd/mm/yyyy hh:mm",
        ),
        (datetime(2023, 4, 3, 22, 30, tzinfo=UTC), Kind.DATE, datetime(2023, 4, 4), "dd/mm/yyyy"),
        (datetime(2023, 1, 3, 8), Kind.DATE_TIME, datetime(2023, 1, 3, 8), "dd/mm/yyyy hh:mm"),
    ],
)
def test_numbers_and_dates_stay_numbers_and_dates(value, kind, expected, shown) -> None:
    read_back = cell(value, kind)
    assert (read_back.value, read_back.number_format) == (expected, shown)


@pytest.mark.parametrize(
    ("value", "kind", "expected"),
    [
        ("0760095R", Kind.INTEGER, "0760095R"),
        (76000, Kind.TEXT, "76000"),
        ("02100", Kind.INTEGER, "02100"),
        (True, Kind.INTEGER, "Oui"),
        (False, Kind.TEXT, "Non"),
        (10**16, Kind.INTEGER, "10000000000000000"),
        (float("nan"), Kind.DECIMAL, "nan"),
        (float("inf"), Kind.DECIMAL, "inf"),
        (Decimal("NaN"), Kind.DECIMAL, "NaN"),
        (date(1850, 1, 2), Kind.DATE, "1850-01-02"),
        (datetime(2023, 4, 3, 22, 30, tzinfo=UTC), Kind.TEXT, "2023-04-04 00:30"),
        (gettext_lazy("French"), Kind.TEXT, "Français"),
        ("#N/A", Kind.TEXT, "#N/A"),
        ("#persévérance", Kind.TEXT, "#persévérance"),
        ("_x0041_ et _x", Kind.TEXT, "_x005F_x0041_ et _x"),
        ("deux\nlignes", Kind.TEXT, "deux\nlignes"),
        ("a\x00b\x0bc\ud800d\ufffe", Kind.TEXT, "abcd"),
    ],
)
def test_all_else_is_text(value, kind, expected) -> None:
    read_back = cell(value, kind)
    assert (read_back.value, read_back.data_type) == (expected, "s")


@pytest.mark.parametrize("value", [None, "", "\x00"])
def test_nothing_is_an_empty_cell(value) -> None:
    for kind in Kind:
        assert cell(value, kind).value is None


def test_a_text_longer_than_a_cell_is_cut() -> None:
    assert cell("é" * 40_000).value == "é" * 32_766 + "…"
    assert len(cell("🎉" * 20_000).value.encode("utf-16-le")) <= 2 * 32_767


def test_the_head_is_bold_frozen_and_filters_all_rows() -> None:
    page = read(Sheet("Feuille", [NAME, Column("B")], [("a", "b"), ("c", "d")])).active
    assert [one.font.bold for one in page[1]] == [True, True]
    assert not page["A2"].font.bold
    assert page.freeze_panes == "A2"
    assert page.auto_filter.ref == "A1:B3"
    assert page.column_dimensions["A"].width == 40


@pytest.mark.parametrize(
    ("typed", "accepted"),
    [
        (["Affiches"], ["Affiches"]),
        (["A/B:C\\D?[E]*"], ["A B C D E"]),
        (["x" * 40], ["x" * 30 + "…"]),
        (["🎉" * 20], ["🎉" * 15 + "…"]),
        (["'Été'"], ["Été"]),
        (["", "[]", "'"], ["Feuille", "Feuille (2)", "Feuille (3)"]),
        (["Jury", "JURY", "jury"], ["Jury", "JURY (2)", "jury (3)"]),
        (["y" * 31, "y" * 31], ["y" * 31, "y" * 26 + "… (2)"]),
        (["History"], ["History (2)"]),
        (["a\x00\n\tb"], ["a b"]),
    ],
)
def test_titles_are_those_that_spreadsheets_accept(typed, accepted) -> None:
    assert sheet_titles(typed) == accepted
    assert read(*(Sheet(title, [NAME], []) for title in typed)).sheetnames == accepted


@given(st.lists(st.text(max_size=40), min_size=1, max_size=6))
@settings(max_examples=40, deadline=None)
def test_any_titles_make_a_workbook(typed) -> None:
    names = read(*(Sheet(title, [NAME], []) for title in typed)).sheetnames
    assert len({name.casefold() for name in names}) == len(typed)
    assert all(len(name.encode("utf-16-le")) <= 62 for name in names)


def test_a_row_has_a_value_for_each_column() -> None:
    for row in ([], ["a", "b"]):
        with pytest.raises(ValueError, match="zip"):
            read(Sheet("Feuille", [NAME], [row]))


def test_a_workbook_has_a_sheet() -> None:
    with pytest.raises(ValueError, match="at least one"):
        read()


def test_more_rows_than_spreadsheets_read_are_refused(monkeypatch) -> None:
    monkeypatch.setattr(spreadsheets, "MOST_ROWS", 3)
    assert read(Sheet("Feuille", [NAME], [["a"]] * 2)).active.max_row == 3
    with pytest.raises(TooManyRows):
        read(Sheet("Feuille", [NAME], [["a"]] * 3))


def test_the_file_names_the_site_and_stays_open() -> None:
    target = io.BytesIO()
    write_workbook(target, [Sheet("Feuille", [NAME], [])])
    assert not target.closed
    assert load_workbook(target).properties.creator == "Persévérance"
    assert zipfile.ZipFile(target).testzip() is None


def test_memory_does_not_grow_with_the_rows() -> None:
    def peak(count: int) -> int:
        with tempfile.TemporaryFile() as target:
            tracemalloc.start()
            rows = ((f"=Collège {number}", number) for number in range(count))
            columns = [NAME, Column("Élèves", kind=Kind.INTEGER)]
            write_workbook(target, [Sheet("Feuille", columns, rows)])
            most = tracemalloc.get_traced_memory()[1]
            tracemalloc.stop()
            return most

    peak(10)
    assert peak(3000) < peak(300) + 300_000


def test_what_was_begun_is_removed_when_rows_fail(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    def failing() -> Any:
        yield ["a"]
        raise RuntimeError("the database went away")

    with pytest.raises(RuntimeError, match="went away"):
        read(Sheet("Un", [NAME], [["a"]]), Sheet("Deux", [NAME], failing()))
    assert list(tmp_path.iterdir()) == []
