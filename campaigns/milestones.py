"""The key dates of an edition, in order, with what is behind and what is ahead. Pure values."""

from __future__ import annotations

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

    kind: MilestoneKind
    progress: Progress
    first_day: date
    last_day: date
    instant: datetime | None = None


def milestones(
    calendar: Calendar, publication_on: date | None, now: datetime
) -> tuple[Milestone, ...]:
    """The key dates of an edition as they look at `now`, the earliest first."""
    today = local_day(now)

    def at(kind: MilestoneKind, instant: datetime) -> Milestone:
        day = local_day(instant)
        progress = Progress.DONE if now > instant else Progress.AHEAD
        return Milestone(kind, progress, day, day, instant)

    def over(kind: MilestoneKind, first: date, last: date) -> Milestone:
        if today > last:
            return Milestone(kind, Progress.DONE, first, last)
        progress = Progress.NOW if first <= today else Progress.AHEAD
        return Milestone(kind, progress, first, last)

    found = [
        at(MilestoneKind.CALL_OPENS, calendar.call_opens_at),
        at(MilestoneKind.CALL_CLOSES, calendar.call_closes_at),
        over(MilestoneKind.WEEK, calendar.week_first_day, calendar.week_last_day),
    ]
    if publication_on:
        found.append(over(MilestoneKind.PUBLICATION, publication_on, publication_on))
    order = list(MilestoneKind)
    return tuple(sorted(found, key=lambda one: (one.first_day, order.index(one.kind))))
