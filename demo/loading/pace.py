"""When each act of a fiche's story took place. Pure values: no clock, no ORM.

In a past edition the establishment hands in before the call closes, reviewers decide in the weeks
after. In the edition whose call is open everything has happened since it opened, yesterday at the
latest. Acts fall in office hours, rarely at a weekend.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from campaigns.phases import PARIS
from demo.dating import in_paris
from demo.records import CampaignRecord

LAST_WEEKDAY = 4


@dataclass(frozen=True)
class Pace:
    """The instants of one fiche's story, in their order."""

    started: datetime
    submitted: datetime
    visa: datetime
    decided: datetime
    ended: datetime
    followed_up: datetime
    archived: datetime


def pace_of(title: str, campaign: CampaignRecord, today: date) -> Pace:
    """The pace of the fiche `title`: always the same for the same title, edition and day."""
    # Drawn from the title, so that a fiche added to the content moves no other.
    random = Random(f"{campaign.slug} {title}")  # noqa: S311
    opens = campaign.call_opens_at.astimezone(PARIS).date()
    closes = campaign.call_closes_at.astimezone(PARIS).date()
    is_past = closes < today
    if is_past:
        days = _days_of_a_past_call(random, opens, closes, campaign.week_first_day)
    else:
        days = _days_of_an_open_call(random, opens)
    instants: list[datetime] = []
    for day in days:
        instants.append(_office_hour(random, day, opens, instants[-1] if instants else None))
    after = campaign.week_last_day + timedelta(days=random.randint(40, 56))
    followed_up = _office_hour(random, after, opens, instants[-1])
    archived = followed_up + timedelta(weeks=12) if is_past else instants[-1]
    started, submitted, visa, decided, ended = instants
    return Pace(started, submitted, visa, decided, ended, followed_up, archived)


def _days_of_an_open_call(random: Random, opens: date) -> list[date]:
    """At most nineteen days after the call opened, twenty days ago."""
    day, days = opens, []
    for longest in (8, 4, 3, 3, 1):
        day += timedelta(days=random.randint(1, longest))
        days.append(day)
    return days


def _days_of_a_past_call(random: Random, opens: date, closes: date, week: date) -> list[date]:
    length = (closes - opens).days
    started = opens + timedelta(days=random.randint(2, int(length * 0.7)))
    submitted = min(started + timedelta(days=random.randint(1, 12)), closes)
    visa = closes + timedelta(days=random.randint(2, 8))
    decided = min(visa + timedelta(days=random.randint(2, 12)), week - timedelta(days=5))
    return [started, submitted, visa, decided, week - timedelta(days=3)]


def _office_hour(random: Random, day: date, opens: date, previous: datetime | None) -> datetime:
    """An hour of work on `day`, or on the Friday before a weekend, after `previous`."""
    weekend = max(0, day.weekday() - LAST_WEEKDAY)
    friday = day - timedelta(days=weekend)
    if friday > opens:
        day = friday
    instant = in_paris(day, time(random.randint(8, 16), random.randint(0, 59)))
    soonest = previous + timedelta(minutes=random.randint(20, 90)) if previous else instant
    return max(instant, soonest)
