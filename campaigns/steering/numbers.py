"""All that a dashboard is made of, asked of the database in five queries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from .comparing import same_point
from .counting import (
    Fiches,
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


def read_numbers(
    scope: Scope, edition: CampaignPage, previous: CampaignPage | None, now: datetime
) -> Numbers:
    """Ask the database: five queries, however many fiches there are."""
    then = same_point(edition, previous, now) if previous else None
    if now > edition.calendar.week_ends_at + AFTER:
        then = None  # long over: two whole editions
    return Numbers(
        scope,
        edition,
        previous,
        now,
        then,
        count_fiches(scope, edition, previous, then=then, now=now),
        count_schools(scope, edition, previous, then=then),
        count_days(scope, edition, previous),
        count_terms(scope, edition),
    )
