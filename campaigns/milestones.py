"""Key dates in order, with what is behind and what is ahead: an edition's. Pure values.

Other apps have key dates of their own, made and ordered by the same functions.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from campaigns.phases import Calendar, local_day


class MilestoneKind(StrEnum):
    """What happens at a key date."""

    CALL_OPENS = "call_opens"
    CALL_CLOSES = "call_closes"
    PUBLICATION = "publication"
    WEEK = "week"


class Progress(StrEnum):
    """Where a key date stands from today."""

    DONE = "done"
    NOW = "now"
    AHEAD = "ahead"


@dataclass(frozen=True)
class Milestone:
    """One key date: an instant where the hour counts, else the days from first to last."""

    kind: StrEnum
    progress: Progress
    first_day: date
    last_day: date
    instant: datetime | None = None


def milestone_at(kind: StrEnum, instant: datetime, now: datetime) -> Milestone:
    """A key date whose hour counts, as it looks at `now`."""
    day = local_day(instant)
    return Milestone(kind, Progress.DONE if now > instant else Progress.AHEAD, day, day, instant)


def milestone_over(kind: StrEnum, first: date, last: date, now: datetime) -> Milestone:
    """Key days, from the first to the last, as they look at `now`."""
    today = local_day(now)
    if today > last:
        return Milestone(kind, Progress.DONE, first, last)
    return Milestone(kind, Progress.NOW if first <= today else Progress.AHEAD, first, last)


def in_order(found: Iterable[Milestone]) -> tuple[Milestone, ...]:
    """Key dates, the earliest first; those of one day in the order of their kinds."""
    return tuple(sorted(found, key=lambda one: (one.first_day, _rank(one.kind))))


def _rank(kind: StrEnum) -> int:
    """Where `kind` stands in its enumeration."""
    return list(type(kind).__members__.values()).index(kind)


def milestones(
    calendar: Calendar, publication_on: date | None, now: datetime
) -> tuple[Milestone, ...]:
    """The key dates of an edition as they look at `now`, the earliest first."""
    found = [
        milestone_at(MilestoneKind.CALL_OPENS, calendar.call_opens_at, now),
        milestone_at(MilestoneKind.CALL_CLOSES, calendar.call_closes_at, now),
        milestone_over(MilestoneKind.WEEK, calendar.week_first_day, calendar.week_last_day, now),
    ]
    if publication_on:
        found.append(milestone_over(MilestoneKind.PUBLICATION, publication_on, publication_on, now))
    return in_order(found)
