"""Reading an export of the annuaire, in every vintage."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from establishments.annuaire import AnnuaireFile, BadRow, GoodRow, UnreadableDirectory
from establishments.annuaire_rows import DirectoryRow
from establishments.uai import is_valid_uai
from tests.establishments.annuaire_files import (
    SAMPLE,
    Line,
    a_line,
    as_file,
    renamed,
    sample_lines,
)

LINES = sample_lines(40)


def read(stream: io.BytesIO) -> list[DirectoryRow]:
    items = list(AnnuaireFile(stream).rows())
    assert not [item for item in items if isinstance(item, BadRow)]
    return [item.row for item in items if isinstance(item, GoodRow)]


def changed(lines: list[Line], heading: str, change: Callable[[str], str]) -> list[Line]:
    return [{**line, heading: change(line[heading])} for line in lines]


def test_the_real_extract_has_996_lines_and_993_uais() -> None:
    with SAMPLE.open("rb") as stream:
        source = AnnuaireFile(stream)
        assert (source.encoding, source.separator) == ("utf-8-sig", ";")
        rows = [item.row for item in source.rows() if isinstance(item, GoodRow)]
        repeated = source.repeated_uais()

    assert len(rows) == 996
    assert len({row.uai for row in rows}) == 993
    assert repeated == {"0352072M", "0350852L", "0350778F"}


HEADINGS = list(LINES[0])
VINTAGES = {
    "headings with underscores": lambda: as_file(renamed(LINES, {"Code postal": "Code_postal"})),
    "names of the API": lambda: as_file(
        renamed(LINES, {heading: heading.lower().replace(" ", "_") for heading in HEADINGS})
    ),
    "headings in capitals": lambda: as_file(
        renamed(LINES, {heading: heading.upper() for heading in HEADINGS})
    ),
    "headings with accents": lambda: as_file(
        renamed(LINES, {"Telephone": "Téléphone", "etat": "État"})
    ),
    "columns in another order": lambda: as_file(
        [{heading: line[heading] for heading in reversed(HEADINGS)} for line in LINES]
    ),
    "no byte order mark": lambda: as_file(LINES, encoding="utf-8"),
    "Windows-1252": lambda: as_file(LINES, encoding="cp1252"),
    "commas": lambda: as_file(LINES, separator=","),
    "tabs": lambda: as_file(LINES, separator="\t"),
    "bars": lambda: as_file(LINES, separator="|"),
    "Windows line ends": lambda: io.BytesIO(as_file(LINES).getvalue().replace(b"\n", b"\r\n")),
    "Macintosh line ends": lambda: io.BytesIO(as_file(LINES).getvalue().replace(b"\n", b"\r")),
    "bare department codes": lambda: as_file(
        changed(LINES, "Code_departement", lambda code: code.lstrip("0"))
    ),
    "French dates": lambda: as_file(
        changed(LINES, "date_maj_ligne", lambda day: "/".join(reversed(day.split("-"))))
    ),
    "phones that lost their zero": lambda: as_file(
        changed(LINES, "Telephone", lambda phone: phone.replace(" ", "").lstrip("0"))
    ),
    "UAIs that lost their zero": lambda: as_file(
        changed(LINES, "Identifiant_de_l_etablissement", lambda uai: uai.lstrip("0"))
    ),
    "coordinates with commas": lambda: as_file(
        changed(
            changed(LINES, "latitude", lambda degrees: degrees.replace(".", ",")),
            "longitude",
            lambda degrees: degrees.replace(".", ","),
        )
    ),
    "coordinates in one column": lambda: as_file(
        changed(changed(LINES, "latitude", lambda _: ""), "longitude", lambda _: "")
    ),
    "empty type": lambda: as_file(changed(LINES, "Type_etablissement", lambda _: "")),
    "empty cells cut off at the ends of lines": lambda: io.BytesIO(
        b"\n".join(line.rstrip(b";") for line in as_file(LINES).getvalue().splitlines())
    ),
}


@pytest.mark.parametrize("vintage", VINTAGES)
def test_every_vintage_reads_like_the_real_extract(vintage: str) -> None:
    def without_filling(rows: list[DirectoryRow]) -> list[dict[str, object]]:
        # How many cells are filled is the vintage's business.
        names = [name for name in DirectoryRow.__slots__ if name != "filled"]
        return [{name: getattr(row, name) for name in names} for row in rows]

    assert without_filling(read(VINTAGES[vintage]())) == without_filling(read(as_file(LINES)))


def test_empty_coordinates_are_none() -> None:
    lines = changed(LINES, "latitude", lambda _: "")
    rows = read(as_file(changed(lines, "position", lambda _: "")))

    assert {(row.latitude, row.longitude) for row in rows} == {(None, None)}


def test_bad_lines_are_reported_by_their_number_and_the_good_ones_kept() -> None:
    lines = [a_line(), a_line(Identifiant_de_l_etablissement="0350122A"), a_line()]

    items = list(AnnuaireFile(as_file(lines)).rows())

    assert [type(item) for item in items] == [GoodRow, BadRow, GoodRow]
    assert [item.line for item in items] == [2, 3, 4]


def test_a_cell_over_several_lines_does_not_shift_the_numbers() -> None:
    lines = [a_line(Adresse_1="6 rue Philippe\nBâtiment B"), a_line(Nom_etablissement="")]

    good, bad = AnnuaireFile(as_file(lines)).rows()

    assert isinstance(good, GoodRow)
    assert good.row.address == "6 rue Philippe Bâtiment B"
    assert isinstance(bad, BadRow)
    assert bad.line == 4


def test_empty_lines_are_no_lines() -> None:
    content = as_file(LINES).getvalue() + b"\n;;;;\n   \n"

    assert len(read(io.BytesIO(content))) == len(LINES)


@pytest.mark.parametrize("extra", ["0350122T;Ecole coupée", "0350122T" + ";x" * 80])
def test_a_line_that_is_cut_or_too_long_is_refused(extra: str) -> None:
    content = as_file(LINES[:1]).getvalue() + f"{extra}\n".encode()

    *_good, bad = AnnuaireFile(io.BytesIO(content)).rows()

    assert isinstance(bad, BadRow)
    assert bad.line == 3


def test_a_quotation_mark_that_is_never_closed_costs_its_lines_and_no_more() -> None:
    filler = as_file(sample_lines()).getvalue().split(b"\n", 1)[1]
    content = as_file(LINES[:1]).getvalue() + b'0350122T;"Ecole\n' + filler

    items = list(AnnuaireFile(io.BytesIO(content)).rows())

    assert isinstance(items[1], BadRow)
    assert items[1].line == 3
    assert sum(isinstance(item, GoodRow) for item in items) > 700


@pytest.mark.parametrize(
    "content", [b"", b"\n\n", b"nom;commune\nA;B\n", b"%PDF-1.7\n", b"PK\x03\x04\x00\x00", b'"']
)
def test_what_is_no_export_is_refused(content: bytes) -> None:
    with pytest.raises(UnreadableDirectory):
        AnnuaireFile(io.BytesIO(content))


def test_a_damaged_byte_costs_its_line_and_no_other() -> None:
    content = as_file(LINES).getvalue().replace("élémentaire".encode(), b"\xc3l\xc3\xa9m", 1)

    items = list(AnnuaireFile(io.BytesIO(content)).rows())

    assert [item.line for item in items if isinstance(item, BadRow)] == [3]


def test_the_stream_stays_open_for_its_owner() -> None:
    stream = as_file(LINES)

    read(stream)

    assert not stream.closed


@given(st.binary(max_size=4_000))
def test_any_bytes_are_refused_with_a_reason_or_read(content: bytes) -> None:
    lines, refusal = [], None
    try:
        lines = [row.line for row in AnnuaireFile(io.BytesIO(content)).rows()]
    except UnreadableDirectory as error:
        refusal = error

    assert all(line >= 2 for line in lines)
    assert refusal is None or str(refusal)


@settings(max_examples=50)
@given(st.binary(max_size=2_000))
def test_any_bytes_after_a_good_header_are_read(content: bytes) -> None:
    header = as_file(LINES[:1]).getvalue().split(b"\n")[0]
    source = AnnuaireFile(io.BytesIO(header + b"\n" + content))

    for item in source.rows():
        assert item.line >= 2
    assert all(is_valid_uai(uai) for uai in source.repeated_uais())


@given(
    st.text(st.characters(categories=["L", "N", "P", "Zs"]), min_size=1, max_size=100).filter(
        lambda name: name.strip()
    ),
    st.sampled_from(";,\t|"),
)
def test_any_name_is_read_back_whatever_the_separator(name: str, separator: str) -> None:
    (row,) = read(as_file([a_line(Nom_etablissement=name)], separator=separator))

    assert row.name == " ".join(unicodedata.normalize("NFC", name).split())
