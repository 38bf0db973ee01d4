"""What an establishment handed in last: the fiche as a whole, or its follow-up alone.

The log says it: both verbs write one line in the transaction of the act.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.db.models import CharField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Cast
from wagtail.models import ModelLogEntry

from .enums import REVIEW_STATUSES, Status

if TYPE_CHECKING:
    from .models import Action

WHOLE: Final = "campaigns.submit"
FOLLOW_UP: Final = "campaigns.follow_up"

LAST: Final = "last_hand_in"
"""Under which name `with_last_hand_in` says which of the two acts came last."""


def with_last_hand_in(actions: QuerySet[Action]) -> QuerySet[Action]:
    """`actions`, each with what `is_follow_up` would else ask the database for."""
    entries = ModelLogEntry.objects.filter(
        content_type=actions.model.get_base_content_type(),
        object_id=Cast(OuterRef("pk"), CharField()),
        action__in=(WHOLE, FOLLOW_UP),
    )
    return actions.annotate(**{LAST: Subquery(entries.order_by("-pk").values("action")[:1])})


def last_hand_in(action: Action) -> ModelLogEntry | None:
    """The line of the log that tells of the latest hand-in; None before the first."""
    entries = ModelLogEntry.objects.for_instance(action).filter(action__in=(WHOLE, FOLLOW_UP))
    # Not by its instant, which the clock decides: lines come in their order.
    return entries.order_by("-pk").first()


def is_follow_up(action: Any) -> bool:
    """Whether what reviewers hold of a public fiche, or sent back, is its follow-up.

    No query of a fiche of `with_last_hand_in`.
    """
    if not action.live or action.status not in (*REVIEW_STATUSES, Status.CHANGES_REQUESTED):
        return False
    if LAST in vars(action):
        return vars(action)[LAST] == FOLLOW_UP
    entry = last_hand_in(action)
    return entry is not None and entry.action == FOLLOW_UP
