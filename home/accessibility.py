"""How far a site conforms to the RGAA, computed from its audit.

Source: arrêté du 20 septembre 2019 (RGAA 4) and its model declaration. A site without a valid
audit, or that meets less than half of the criteria, is "non conforme"; one that meets all of them
is "totalement conforme". A declaration is worth three years.
"""

from __future__ import annotations

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

PARTIAL_FROM_RATE = 50
FULL_RATE = 100
YEARS_OF_AN_AUDIT = 3


class Conformity(models.TextChoices):
    """The three states that a declaration may announce."""

    NONE = "none", _("not compliant")
    PARTIAL = "partial", _("partially compliant")
    FULL = "full", _("fully compliant")


def conformity_of(audited_on: date | None, rate: int | None) -> Conformity:
    """The state after an audit on `audited_on` that found `rate` % of the criteria met."""
    if audited_on is None or rate is None or rate < PARTIAL_FROM_RATE:
        return Conformity.NONE
    return Conformity.FULL if rate >= FULL_RATE else Conformity.PARTIAL


def expires_on(audited_on: date) -> date:
    """The day from which an audit of `audited_on` must have been renewed."""
    year = audited_on.year + YEARS_OF_AN_AUDIT
    try:
        return audited_on.replace(year=year)
    except ValueError:  # 29 February
        return date(year, 3, 1)
