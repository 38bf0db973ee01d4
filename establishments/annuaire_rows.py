"""A line of the annuaire as typed values, and how several lines of one UAI become one.

No ORM, no request. An establishment with several sites or tracks has one line for each, all with
its UAI (`etablissement_multi_lignes`). `merge_rows` gives the same whatever the order of lines.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _

from .academies import ACADEMY_OF_DEPARTMENT
from .annuaire_cells import (
    clean_text,
    department_of_uai,
    is_true,
    parse_date,
    parse_department,
    parse_is_open,
    parse_mailbox,
    parse_phone,
    parse_position,
    parse_postcode,
)
from .annuaire_columns import Cells
from .annuaire_kinds import kind_of
from .enums import Kind, Sector
from .folding import fold
from .uai import is_valid_uai, normalise_uai

UNREADABLE = "\ufffd"
"""What stands for a byte that the file's encoding does not know."""

NAME_LENGTH, COMMUNE_LENGTH, ADDRESS_LENGTH, BASIN_LENGTH = 200, 80, 255, 120


class RowFault(ValueError):
    """A line that cannot be an establishment; its text says why, for the person who imports."""


@dataclass(frozen=True, slots=True)
class DirectoryRow:
    """One establishment as the annuaire describes it.

    `department` is a code of `academies.DEPARTMENT_NAMES`; coordinates are degrees (WGS 84), both
    or none; `basin` is empty in most vintages; `updated_on` is the day the ministry last changed
    the line. `is_annex`, `ways` (of study offered) and `filled` (cells) only serve the merge.
    """

    uai: str
    name: str
    kind: Kind
    sector: str
    department: str
    basin: str
    basin_code: str
    address: str
    postcode: str
    commune: str
    latitude: float | None
    longitude: float | None
    phone: str
    email: str
    is_open: bool
    updated_on: date | None
    is_annex: bool
    ways: int
    filled: int


def parse_row(cells: Cells) -> DirectoryRow:
    """The establishment that `cells` describe.

    Raises:
        RowFault: no valid UAI, no name, a department of no académie, or a text too long to keep.
    """
    uai = normalise_uai(cells["uai"])
    if not uai:
        raise RowFault(_("the UAI is missing"))
    if not is_valid_uai(uai):
        raise RowFault(_("“%(uai)s” is not a UAI") % {"uai": clean_text(cells["uai"])[:20]})
    name = _bounded(cells["name"], NAME_LENGTH)
    if not name:
        raise RowFault(_("the name is missing"))
    department = _department(cells["department"], uai)
    general, technological, vocational = (
        is_true(cells[way]) for way in ("general", "technological", "vocational")
    )
    position = parse_position(cells["latitude"], cells["longitude"], cells["position"])
    return DirectoryRow(
        uai=uai,
        name=name,
        kind=kind_of(
            nature=cells["nature"],
            label=cells["nature_label"],
            type_name=cells["type"],
            nursery=is_true(cells["nursery"]),
            elementary=is_true(cells["elementary"]),
            general=general,
            technological=technological,
            vocational=vocational,
        ),
        sector=_sector(cells["sector"]),
        department=department,
        basin=_bounded(cells["basin"], BASIN_LENGTH),
        basin_code=clean_text(cells["basin_code"])[:10],
        address=_address(cells),
        postcode=parse_postcode(cells["postcode"]),
        commune=_bounded(cells["commune"], COMMUNE_LENGTH),
        latitude=position[0] if position else None,
        longitude=position[1] if position else None,
        phone=parse_phone(cells["phone"]),
        email=parse_mailbox(cells["mailbox"]),
        is_open=parse_is_open(cells["state"]),
        updated_on=parse_date(cells["updated_on"]),
        is_annex="annexe" in fold(name).split(),
        ways=general + technological + vocational,
        filled=cells.filled,
    )


def merge_rows(rows: Iterable[DirectoryRow]) -> DirectoryRow:
    """The one establishment that several lines of the same UAI describe, in whatever order.

    The main line gives name, place and state: an open line before a closed one, then one that
    does not call itself an annexe, then the one changed last, then the one with the most ways of
    study, then the fullest; what still ties is settled by alphabetical order. Where the main line
    has no telephone, mailbox, sector or basin, the next ones lend theirs. Lines of a general and
    of a vocational lycée make a comprehensive one; the establishment is open if a line is.
    """
    ranked = sorted(set(rows), key=_rank)
    main = ranked[0]
    kinds = {row.kind for row in ranked}
    return replace(
        main,
        kind=Kind.LYCEE_POLYVALENT if kinds >= {Kind.LYCEE_GT, Kind.LYCEE_PRO} else main.kind,
        phone=_first(row.phone for row in ranked),
        email=_first(row.email for row in ranked),
        sector=_first(row.sector for row in ranked),
        basin=_first(row.basin for row in ranked),
        basin_code=_first(row.basin_code for row in ranked),
    )


def _first(texts: Iterable[str]) -> str:
    return next((text for text in texts if text), "")


def _rank(row: DirectoryRow) -> tuple[object, ...]:
    return (
        not row.is_open,
        row.is_annex,
        -(row.updated_on or date.min).toordinal(),
        -row.ways,
        -row.filled,
        # Every other value, so that no tie is left to the order of lines.
        row.name,
        row.commune,
        row.postcode,
        row.address,
        str(row.kind),
        row.sector,
        row.department,
        row.basin,
        row.basin_code,
        row.phone,
        row.email,
        str(row.latitude),
        str(row.longitude),
    )


def _bounded(cell: str, length: int) -> str:
    text = clean_text(cell)
    if len(text) > length:
        raise RowFault(
            _("“%(start)s…” is longer than %(length)d characters")
            % {"start": text[:40], "length": length}
        )
    if UNREADABLE in text:
        raise RowFault(_("“%(text)s” holds a byte that is no letter") % {"text": text})
    return text


def _department(cell: str, uai: str) -> str:
    # The UAI keeps the number of the department that the establishment was founded in, which the
    # column, where there is one, puts right.
    code = parse_department(cell) if cell.strip() else department_of_uai(uai)
    if code not in ACADEMY_OF_DEPARTMENT:
        raise RowFault(
            _("the department “%(code)s” belongs to no académie")
            % {"code": clean_text(cell)[:20] or uai[:3]}
        )
    return code


def _sector(cell: str) -> str:
    return {"public": Sector.PUBLIC, "prive": Sector.PRIVATE}.get(fold(cell), "")


def _address(cells: Cells) -> str:
    """Street and complement; the third line only repeats postcode and commune."""
    postcode = clean_text(cells["postcode"])
    lines = [clean_text(cells[f"address_{number}"]) for number in (1, 2, 3)]
    kept = [line for line in lines if line and not (postcode and line.startswith(postcode))]
    return ", ".join(kept)[:ADDRESS_LENGTH]
