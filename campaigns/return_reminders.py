"""Reminds a school of a fiche that was sent back and that it has left alone for a week."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from . import notifications
from .commenting import label_of_part, open_comments
from .enums import Status
from .models import Action
from .once import once
from .phases import local_day
from .waiting import UNTOUCHED_FOR, days_since

if TYPE_CHECKING:
    from django.db.models import QuerySet

KIND = "return_reminder"


def send_due(now: datetime) -> int:
    """Remind each school once of each return; nobody once the edition's week is over.

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
    return (
        Action.objects.filter(
            status=Status.CHANGES_REQUESTED,
            status_changed_at__lte=limit,
            latest_revision__created_at__lte=limit,
            campaign__week_last_day__gte=local_day(now),
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
