"""Where a fiche stands, in the words of the establishment that wrote it, and what comes next."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext as _
from wagtail.models import ModelLogEntry

from . import access, deadlines, hand_ins
from .dates import day_in_words, hour_in_words
from .enums import Status
from .phases import local_day

if TYPE_CHECKING:
    from .models import Action

COMMENTED_STATUSES = (Status.CHANGES_REQUESTED, Status.REFUSED, Status.WITHDRAWN)
COMMENTED_ACTS = ("campaigns.request_changes", "campaigns.refuse", "campaigns.withdraw")


@dataclass(frozen=True)
class Standing:
    """What to tell an establishment of its fiche.

    `badge` is the design system's colour: info, success, warning, error or new.
    """

    badge: str
    label: str
    meaning: str
    is_writable: bool
    may_discard: bool


def standing_of(action: Action, now: datetime) -> Standing:
    """Where the fiche stands at `now`; asks no query of one with its edition, its
    network, its deadline (`campaigns.deadlines.with_deadlines`) and its last hand-in
    (`campaigns.hand_ins.with_last_hand_in`).
    """
    badge, meaning = _BADGE[Status(action.status)], _meaning(action, now)
    label = str(Status(action.status).label)
    if hand_ins.is_follow_up(action):
        # Where the follow-up stands is told beside (`campaigns.follow_up.state_of`).
        badge, label = _BADGE[Status.PUBLISHED], str(Status.PUBLISHED.label)
    elif action.live and action.status != Status.PUBLISHED:
        label = _("Published, with changes: %(status)s") % {"status": label.lower()}
    return Standing(
        badge=badge,
        label=label,
        meaning=meaning,
        is_writable=access.is_writable(action, now),
        may_discard=action.submitted_at is None and not action.live,
    )


_BADGE = {
    Status.DRAFT: "new",
    Status.NETWORK_REVIEW: "info",
    Status.ACADEMY_REVIEW: "info",
    Status.CHANGES_REQUESTED: "warning",
    Status.PUBLISHED: "success",
    Status.REFUSED: "error",
    Status.WITHDRAWN: "error",
    Status.ARCHIVED: "info",
}


def _meaning(action: Action, now: datetime) -> str:
    if action.status == Status.DRAFT:
        return _meaning_of_draft(action, now)
    if hand_ins.is_follow_up(action):
        if action.status == Status.CHANGES_REQUESTED:
            return _("Read the comment, correct the follow-up, then hand it in again.")
        return _("The académie reads its follow-up before publishing it. You have nothing to do.")
    if action.status == Status.PUBLISHED and action.has_unpublished_changes:
        return _("Everybody can read it. You have started changes that are not handed in yet.")
    network = action.establishment.network
    return {
        Status.NETWORK_REVIEW: _(
            "The lead of the network %(network)s reads it and gives the visa. You have nothing to "
            "do: a message will tell you."
        )
        % {"network": network.name if network else ""},
        Status.ACADEMY_REVIEW: _(
            "The académie reads it before publishing it. You have nothing to do: a message will "
            "tell you."
        ),
        Status.CHANGES_REQUESTED: _(
            "Read the comment, correct the fiche, then hand it in again. You may do so even after "
            "the deadline."
        ),
        Status.PUBLISHED: _("Everybody can read it in the catalogue."),
        Status.REFUSED: _("It will not be published in this edition."),
        Status.WITHDRAWN: _("It is no longer on the site."),
        Status.ARCHIVED: _("It is kept, and no longer shown."),
    }[Status(action.status)]


def _meaning_of_draft(action: Action, now: datetime) -> str:
    calendar = deadlines.calendar_of(action)
    if calendar.accepts_submissions(now):
        return _("Nobody else sees it. Hand it in before %(day)s at %(hour)s.") % deadline_words(
            calendar.call_closes_at
        )
    if now < calendar.call_opens_at:
        return _("Nobody else sees it. It can be handed in once the call opens.")
    return _(
        "It was not handed in before the deadline. It is kept here to be read, and nobody else "
        "sees it."
    )


def deadline_words(instant: datetime) -> dict[str, str]:
    """The values `day` and `hour` of a sentence about the instant of a deadline."""
    return {
        "day": day_in_words(local_day(instant), weekday=True),
        "hour": hour_in_words(instant),
    }


def reviewers_comments(actions: Iterable[Action]) -> dict[int, str]:
    """The comment that explains where each of `actions` stands, by its id; one query at most."""
    concerned = [action.pk for action in actions if action.status in COMMENTED_STATUSES]
    if not concerned:
        return {}
    content_type = ContentType.objects.get_by_natural_key("campaigns", "action")
    entries = ModelLogEntry.objects.filter(
        content_type=content_type,
        object_id__in=[str(pk) for pk in concerned],
        action__in=COMMENTED_ACTS,
    ).order_by("timestamp", "pk")
    # The latest of each fiche comes last, and stays.
    return {int(entry.object_id): entry.data.get("comment", "") for entry in entries}
