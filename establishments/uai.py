"""The UAI, the code of an establishment: seven digits and a key letter. No ORM, no request."""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

KEY_ALPHABET = "ABCDEFGHJKLMNPRSTUVWXYZ"
"""The letter is `KEY_ALPHABET[number mod 23]`: no I, O or Q. Held for all 993 codes of the
Ille-et-Vilaine export of 2023."""

_SHAPE = re.compile(r"[0-9]{7}[A-Z]")


def normalise_uai(text: str) -> str:
    """`text` without spaces, in upper case, with the zeros back that a spreadsheet dropped."""
    compact = re.sub(r"\s+", "", text).upper()
    return compact.zfill(8) if compact else ""


def is_valid_uai(uai: str) -> bool:
    """Whether `uai`, already normalised, has the right shape and the right key letter."""
    return bool(_SHAPE.fullmatch(uai)) and KEY_ALPHABET[int(uai[:7]) % 23] == uai[7]


def validate_uai(uai: str) -> None:
    """Raise ValidationError where `uai` is not a UAI."""
    if not is_valid_uai(uai):
        raise ValidationError(
            _(
                "“%(uai)s” is not a UAI: seven digits and the matching letter are needed, "
                "as in 0350001L."
            ),
            code="invalid_uai",
            params={"uai": uai},
        )
