"""School years, written "2026-2027"."""

from __future__ import annotations

import re
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

_PATTERN = re.compile(r"(\d{4})-(\d{4})", re.ASCII)


def validate_school_year(value: str) -> None:
    """Accept two consecutive years joined by a hyphen.

    Raises:
        ValidationError: it is written otherwise, or the years do not follow each other.
    """
    found = _PATTERN.fullmatch(value)
    if found is None or int(found[2]) != int(found[1]) + 1:
        raise ValidationError(
            _("Write two years that follow each other, as in 2026-2027."), code="school_year"
        )


def following(value: str) -> str:
    """The school year after `value`; empty when `value` is not one."""
    found = _PATTERN.fullmatch(value)
    return f"{int(found[1]) + 1}-{int(found[2]) + 1}" if found else ""


def contains(value: str, day: date) -> bool:
    """Whether `day` falls in the school year `value`, from 1 August to 31 August.

    August counts for both years: some overseas académies start before the end of it.
    """
    first, second = (int(year) for year in value.split("-"))
    return date(first, 8, 1) <= day <= date(second, 8, 31)
