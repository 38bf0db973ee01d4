"""Reminds a school of a fiche or follow-up sent back that it has left alone for a week."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Final

from django.db.models import Q

from . import hand_ins, notifications
from .commenting import label_of_part, open_comments
from .enums import Status
from .models import Action
from .once import once
from .phases import local_day
from .waiting import UNTOUCHED_FOR, days_since

if TYPE_CHECKING:
    from django.db.models import QuerySet

KIND = "return_reminder"

FOLLOW_UP_NOT_LATER: Final = timedelta(days=30)
"""A follow-up sent back so long ago is let be: editions of the past write to nobody."""


def send_due(now: datetime) -> int:
    """Remind each school once of each return; once the edition's Week is over, of follow-ups only.

    Returns:
        The number of mails.
    """
    count = 0
    for action in _left_alone(now).iterator(chunk_size=500):
        since = action.status_changed_at
        occasion = f"fiche {action.pk} returned {since.isoformat() if since else ''}"
        count += once(KIND, occasion, partial(_remind, action, now))
    return count


def _left_alone(now: datetime) -> QuerySet[Action]:
    limit = now - UNTOUCHED_FOR
    of_the_present = Q(campaign__week_last_day__gte=local_day(now))
    of_follow_up = Q(
        **{hand_ins.LAST: hand_ins.FOLLOW_UP},
        live=True,
        status_changed_at__gt=now - FOLLOW_UP_NOT_LATER,
    )
    return (
        hand_ins.with_last_hand_in(Action.objects.all())
        .filter(
            of_the_present | of_follow_up,
            status=Status.CHANGES_REQUESTED,
            status_changed_at__lte=limit,
            latest_revision__created_at__lte=limit,
        )
        .select_related("campaign", "establishment__academy__site", "establishment__network")
        .order_by("pk")
    )


def _remind(action: Action, now: datetime) -> None:
    notifications.remind_of_return(
        action,
        days=days_since(action.status_changed_at or now, now),
        parts=[(label_of_part(item.part), item.text) for item in open_comments(action)],
    )
