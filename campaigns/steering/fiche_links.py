"""Addresses of the reader's own list of fiches, narrowed down to what a number counts. Pure.

Each is the end of an address: `?campaign=4&status=refused`. What the list does not show somebody
has no link: an observer's holds public fiches only.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from campaigns.enums import REVIEW_STATUSES, Status

from .scope import Role

if TYPE_CHECKING:
    from .numbers import Numbers

ANYWHERE: Final[Mapping[str, object]] = MappingProxyType({})
IN_HAND: Final = (*REVIEW_STATUSES, Status.CHANGES_REQUESTED)
LEFT_OUT: Final = (Status.REFUSED, Status.WITHDRAWN, Status.ARCHIVED)
NARROWED_BY: Final = {Role.LEAD: "network", Role.OBSERVER: "department"}
PUBLIC: Final = "public"
NOT_PUBLIC: Final = "hidden"


def fiches(
    numbers: Numbers, *statuses: str, only: str = "", place: Mapping[str, object] = ANYWHERE
) -> str:
    """The list of the edition's fiches in those statuses and that place; empty if not listed."""
    if not numbers.scope.sees_progress:
        if only != PUBLIC:
            return ""
        only = ""  # an observer's list holds nothing else
    scope = numbers.scope
    if len(scope.keys) == 1:
        # Whoever leads and observes has both in their list.
        place = {NARROWED_BY[scope.role]: min(scope.keys), **place}
    asked: list[tuple[str, object]] = [("campaign", numbers.edition.pk)]
    asked += [("status", str(status)) for status in statuses]
    asked += [("only", only)] if only else []
    asked += [(name, key) for name, key in place.items() if key]
    return f"?{urlencode(asked)}"


def of_group(numbers: Numbers, place: Mapping[str, object] = ANYWHERE) -> list[str]:
    """The links of a group's numbers: handed in, public, under review, left out."""
    return [
        fiches(numbers, place=place),
        fiches(numbers, only=PUBLIC, place=place),
        fiches(numbers, *IN_HAND, only=NOT_PUBLIC, place=place),
        fiches(numbers, *LEFT_OUT, only=NOT_PUBLIC, place=place),
    ]
