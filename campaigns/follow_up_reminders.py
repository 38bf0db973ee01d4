"""Two reminders by mail to establishments whose published fiches have no follow-up.

One mail an establishment and an edition, however many fiches it names.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta
from typing import Final

from django.db import IntegrityError, transaction

from . import establishment_mails
from .enums import Status
from .models import Action, CampaignPage, Reminder
from .phases import local_day

KIND: Final = "follow_up_due"
DAYS_AFTER: Final = (7, 21)
"""How many days after the last day of the Week each reminder is due."""

NOT_LATER_THAN: Final = timedelta(days=10)
"""A reminder that could not be sent for so long is not sent any more: an installation that wakes
up does not write about editions of the past."""


def send_due(now: datetime) -> int:
    """Send the reminders due at `now`, each once; safe to call as often as one likes.

    Returns:
        The number of mails queued.
    """
    return sum(
        _remind(campaign, days, now, is_last=days == DAYS_AFTER[-1])
        for days in DAYS_AFTER
        for campaign in _editions_due(days, now)
    )


def _editions_due(days: int, now: datetime) -> list[CampaignPage]:
    ended_by = local_day(now) - timedelta(days=days)
    return list(
        CampaignPage.objects.live().filter(
            week_last_day__lte=ended_by, week_last_day__gt=ended_by - NOT_LATER_THAN
        )
    )


def _remind(campaign: CampaignPage, days: int, now: datetime, *, is_last: bool) -> int:
    waiting: dict[int, list[Action]] = defaultdict(list)
    fiches = (
        Action.objects.shown_in_editions()
        .filter(
            campaign=campaign,
            status=Status.PUBLISHED,
            pupils_actual=None,
            establishment__is_open=True,
        )
        .select_related("establishment__academy__site")
        .order_by("pk")
    )
    for action in fiches:
        waiting[action.establishment_id].append(action)
    sent = 0
    for key, actions in waiting.items():
        establishment = actions[0].establishment
        if not establishment.mailbox:
            continue
        occasion = f"establishment {key}, edition {campaign.pk}, {days} days after the Week"
        # The note and the mail together: neither is kept without the other.
        with transaction.atomic():
            if _is_first(occasion, now):
                establishment_mails.follow_up_due(establishment, campaign, actions, is_last=is_last)
                sent += 1
    return sent


def _is_first(occasion: str, now: datetime) -> bool:
    """Note that the reminder is sent; two workers at once note it once."""
    try:
        with transaction.atomic():
            _row, is_new = Reminder.objects.get_or_create(
                kind=KIND, occasion=occasion, defaults={"sent_at": now}
            )
    except IntegrityError:
        return False
    return is_new
