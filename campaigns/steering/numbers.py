"""All that a dashboard is made of, asked of the database in a few queries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

from django.core.cache import cache
from django.db.models import Count, Max

from campaigns.models import Action

from .comparing import same_point
from .counting import (
    Fiches,
    Place,
    Schools,
    Tally,
    Used,
    add_up,
    count_fiches,
    count_schools,
    count_terms,
)
from .timeline import AFTER, Days, count_days

if TYPE_CHECKING:
    from campaigns.models import CampaignPage

    from .scope import Scope


LARGE: Final = 2_000
"""Fiches from which an edition's numbers are kept."""
KEPT_SECONDS: Final = 60


@dataclass(frozen=True)
class Numbers:
    """All that a dashboard is made of, as the database counted it."""

    scope: Scope
    edition: CampaignPage
    previous: CampaignPage | None
    now: datetime
    then: datetime | None
    fiches: list[Fiches]
    schools: list[Schools]
    days: Days
    terms: Mapping[str, list[Used]]

    @property
    def total(self) -> Tally:
        """The whole scope."""
        return add_up(self.fiches, self.schools, self.edition, lambda _place: "").get("", Tally())


@dataclass(frozen=True)
class _Counted:
    """What is kept of `Numbers`: what the database said, and when."""

    now: datetime
    then: datetime | None
    fiches: list[Fiches]
    schools: list[Schools]
    days: Days
    terms: Mapping[str, list[Used]]


def read_numbers(
    scope: Scope, edition: CampaignPage, previous: CampaignPage | None, now: datetime
) -> Numbers:
    """The numbers of `edition` at `now`, or less than a minute before where it is a large one.

    A large edition takes the database some 150 ms to count. Its numbers are kept until a fiche is
    handed in or changes its status, a minute at most, and say of when they are. Five queries,
    however many fiches there are; one while they are kept.
    """
    state = Action.objects.filter(campaign=edition.pk).aggregate(
        number=Count("pk"), changed=Max("status_changed_at")
    )
    if state["number"] < LARGE:
        return _numbers(scope, edition, previous, _count(scope, edition, previous, now))
    key = _key(scope, edition, previous, state)
    counted: _Counted | None = cache.get(key)
    if counted is None:
        counted = _count(scope, edition, previous, now)
        cache.set(key, counted, KEPT_SECONDS)
    return _numbers(scope, edition, previous, counted)


def _key(
    scope: Scope, edition: CampaignPage, previous: CampaignPage | None, state: dict[str, Any]
) -> str:
    parts = (
        [field.name for field in fields(Place)],  # what an earlier release kept is not read
        scope.role,
        scope.academy.pk,
        sorted(scope.keys),
        edition.pk,
        edition.call_closes_at,
        previous and (previous.pk, previous.call_closes_at),
        sorted(state.items()),
    )
    return f"steering-{sha256(repr(parts).encode()).hexdigest()}"


def _count(
    scope: Scope, edition: CampaignPage, previous: CampaignPage | None, now: datetime
) -> _Counted:
    then = same_point(edition, previous, now) if previous else None
    if now > edition.calendar.week_ends_at + AFTER:
        then = None  # long over: two whole editions
    return _Counted(
        now,
        then,
        count_fiches(scope, edition, previous, then=then, now=now),
        count_schools(scope, edition, previous, then=then),
        count_days(scope, edition, previous),
        count_terms(scope, edition),
    )


def _numbers(
    scope: Scope, edition: CampaignPage, previous: CampaignPage | None, counted: _Counted
) -> Numbers:
    return Numbers(
        scope,
        edition,
        previous,
        counted.now,
        counted.then,
        counted.fiches,
        counted.schools,
        counted.days,
        counted.terms,
    )
