"""One cell of the annuaire at a time: what it says, or nothing. No function here ever raises."""

from __future__ import annotations

import math
import re
import unicodedata
from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from .folding import fold

_DEPARTMENT = re.compile(r"0?(2[AB]|[0-9]{2})|9[78][0-9]")
_DEPARTMENT_OF_CORSE = {"620": "2A", "720": "2B"}
_ISO_DATE = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:[T ].*)?")
_FRENCH_DATE = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})(?: .*)?")
_TRUE = {"1", "oui", "o", "true", "vrai", "x"}


def clean_text(cell: str) -> str:
    """`cell` on one line, composed (NFC), without control characters or doubled spaces."""
    if not cell.isascii():
        cell = unicodedata.normalize("NFC", cell)
    if not cell.isprintable():
        # Format characters (a stray BOM, a soft hyphen) would make equal names differ.
        cell = "".join(
            " " if character.isspace() else character
            for character in cell
            if character.isprintable() or character.isspace()
        )
    return " ".join(cell.split())


def is_true(cell: str) -> bool:
    """Whether a flag says yes: "1" in the exports, "Oui" in hand-made files."""
    return cell.strip().lower() in _TRUE


def parse_department(cell: str) -> str:
    """The code of a department from "035", "35", "02A", "2A", "974" or "1"; else ""."""
    code = clean_text(cell).upper()
    if len(code) == 1:
        code = f"0{code}"
    if not _DEPARTMENT.fullmatch(code):
        return ""
    return code[1:] if len(code) == 3 and code.startswith("0") else code


def department_of_uai(uai: str) -> str:
    """The department whose number a valid UAI starts with; 620 and 720 are those of Corse."""
    return _DEPARTMENT_OF_CORSE.get(uai[:3]) or parse_department(uai[:3])


def parse_date(cell: str) -> date | None:
    """The day in "2023-06-08" (whatever time follows) or "08/06/2023"; else None."""
    text = cell.strip()
    if match := _ISO_DATE.fullmatch(text):
        year, month, day = match.groups()
    elif match := _FRENCH_DATE.fullmatch(text):
        day, month, year = match.groups()
    else:
        return None
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def parse_phone(cell: str) -> str:
    """The number as "02 99 85 38 02", with the zero back that a spreadsheet dropped.

    Other shapes (short numbers, foreign ones) stay as written; over 20 characters they are noise.
    """
    text = clean_text(cell)
    digits = re.sub(r"[\s.\-/()]", "", text)
    digits = re.sub(r"^(?:\+|00)33(?=[1-9])", "0", digits)
    if re.fullmatch(r"[1-9][0-9]{8}", digits):
        digits = f"0{digits}"
    if re.fullmatch(r"0[1-9][0-9]{8}", digits):
        return " ".join(digits[start : start + 2] for start in range(0, 10, 2))
    return text if len(text) <= 20 and any(character.isdigit() for character in text) else ""


def parse_postcode(cell: str) -> str:
    """The five digits, with the zero back that a spreadsheet dropped; else ""."""
    match = re.match(r"[0-9]{4,5}\b", clean_text(cell), re.ASCII)
    return match[0].zfill(5) if match else ""


def parse_coordinate(cell: str, limit: float) -> float | None:
    """Degrees between -`limit` and `limit`, written with a point or a comma; else None."""
    text = cell.strip()
    if not text:
        return None
    try:
        degrees = float(text.replace(",", "."))
    except ValueError:
        return None
    return degrees if math.isfinite(degrees) and abs(degrees) <= limit else None


def parse_position(latitude: str, longitude: str, position: str) -> tuple[float, float] | None:
    """Latitude and longitude in degrees from their cells, or from "48.28, -1.88"; else None.

    Both or none; (0, 0) lies in the Gulf of Guinea and means that nothing was located.
    """
    if not latitude.strip() and not longitude.strip():
        latitude, _, longitude = position.partition(",")
    north, east = parse_coordinate(latitude, 90), parse_coordinate(longitude, 180)
    if north is None or east is None or (north == 0 and east == 0):
        return None
    return north, east


def parse_mailbox(cell: str) -> str:
    """The first valid address of the cell, in lower case; else "".

    Case varies from one export to the next and means nothing in official mailboxes.
    """
    for candidate in re.split(r"[\s;,]+", clean_text(cell).lower()):
        try:
            validate_email(candidate)
        except ValidationError:
            continue
        if len(candidate) <= 254:
            return candidate
    return ""


def parse_is_open(cell: str) -> bool:
    """False for "FERME" and "FERMÉ"; "OUVERT", "A FERMER" and an empty cell are open."""
    return not fold(cell).startswith("ferme")
