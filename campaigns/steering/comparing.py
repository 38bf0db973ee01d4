"""Two editions at the same number of days from their deadlines. Pure: no ORM, no clock."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from campaigns.phases import local_day

if TYPE_CHECKING:
    from campaigns.models import CampaignPage


def same_point(edition: CampaignPage, previous: CampaignPage, now: datetime) -> datetime:
    """The instant of `previous` that is as far from its deadline as `now` is from `edition`'s."""
    return previous.call_closes_at + (now - edition.call_closes_at)


def days_from_deadline(edition: CampaignPage, day: date) -> int:
    """How many days `day` is after the deadline; negative before."""
    return (day - local_day(edition.call_closes_at)).days


def day_at(edition: CampaignPage, days: int) -> date:
    """The day `days` after the deadline of `edition`."""
    return local_day(edition.call_closes_at) + timedelta(days=days)
