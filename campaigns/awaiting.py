"""What the lists, the digests and the panels of reviewers single out among fiches."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import BooleanField, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from .enums import REVIEW_STATUSES, Status
from .models import ActionMessage
from .phases import local_day
from .waiting import CALL_IS_NEAR, UNTOUCHED_FOR, WEEK_IS_NEAR

if TYPE_CHECKING:
    from .querysets import ActionQuerySet


def with_unanswered(fiches: ActionQuerySet) -> ActionQuerySet:
    """The fiches, each told by `is_unanswered` whether its establishment has the last word."""
    latest = (
        ActionMessage.objects.filter(action=OuterRef("pk"), is_note=False)
        .order_by("-sent_at", "-pk")
        .values("is_from_establishment")[:1]
    )
    return fiches.annotate(
        is_unanswered=Coalesce(Subquery(latest, output_field=BooleanField()), False)
    )


def untouched(now: datetime) -> Q:
    """Sent back, or waiting for its reviewers, and not written since, for a week."""
    limit = now - UNTOUCHED_FOR
    return Q(
        status__in=[*REVIEW_STATUSES, Status.CHANGES_REQUESTED],
        status_changed_at__lte=limit,
        latest_revision__created_at__lte=limit,
    )


def with_near_deadline(now: datetime) -> Q:
    """In review or sent back, in an edition whose call closes soon or whose week is near or on."""
    today = local_day(now)
    return Q(status__in=[*REVIEW_STATUSES, Status.CHANGES_REQUESTED]) & (
        Q(campaign__call_closes_at__range=(now, now + CALL_IS_NEAR))
        | Q(
            campaign__week_first_day__lte=today + WEEK_IS_NEAR,
            campaign__week_last_day__gt=today - timedelta(days=1),
        )
    )
