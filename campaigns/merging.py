"""Two fiches about one action: one is kept, the other is withdrawn and leads to it."""

from __future__ import annotations

from datetime import datetime
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from wagtail.log_actions import LogContext, log

from . import access, notifications, status
from .drafts import latest_version, locked
from .enums import REVIEW_STATUSES, Status
from .errors import NotAllowed, OutOfTurn
from .models import Action, AssociatedEstablishment
from .models.dialogue import LONGEST_MESSAGE

if TYPE_CHECKING:
    from accounts.models import User

CANDIDATES = 10
COMPARED = 2_000
"""Titles compared to find the likeliest; beyond, one searches by words."""

KEEPABLE = (*REVIEW_STATUSES, Status.PUBLISHED)


def may_merge(user: User, action: Action) -> bool:
    """Whether `user`, an editor, may withdraw the fiche as the duplicate of another."""
    return (
        access.is_submitted(action)
        and action.status not in (Status.ARCHIVED, Status.WITHDRAWN)
        and access.edits(user, action)
    )


def candidates(user: User, duplicate: Action, words: str = "") -> list[Action]:
    """The fiches of the same edition that could be kept instead, the likeliest titles first.

    Args:
        words: found in a title, or the name or UAI of an establishment; all are compared without.
    """
    fiches = (
        Action.objects.reviewable_by(user)
        .filter(campaign=duplicate.campaign_id, status__in=KEEPABLE, merged_into=None)
        .filter(establishment__academy=duplicate.establishment.academy_id)
        .exclude(pk=duplicate.pk)
    )
    for word in words.split():
        fiches = fiches.filter(
            Q(title__icontains=word)
            | Q(establishment__name__icontains=word)
            | Q(establishment__uai__icontains=word)
        )
    title = duplicate.title.casefold()
    titles = fiches.order_by("-pk").values_list("pk", "title")[:COMPARED]
    likeliest = sorted(
        titles,
        key=lambda row: SequenceMatcher(None, title, row[1].casefold()).ratio(),
        reverse=True,
    )[:CANDIDATES]
    found = Action.objects.select_related("establishment").in_bulk([pk for pk, _title in likeliest])
    return [found[pk] for pk, _title in likeliest]


def merge(duplicate: Action, *, into: Action, by: User, now: datetime, comment: str = "") -> Action:
    """Withdraw `duplicate`, lead its address to `into`, and tell both schools.

    The school of the duplicate becomes an associated establishment of the fiche kept.

    Returns:
        The fiche kept, as it now stands.

    Raises:
        NotAllowed: `by` does not edit the académie of both.
        ValidationError: they are one fiche, or of two editions, under the key `into`; the comment
            is too long, under the key `comment`.
        OutOfTurn: one of them is where its school writes it, or its path has ended.
    """
    comment = comment.strip()
    if len(comment) > LONGEST_MESSAGE:
        raise ValidationError(
            {
                "comment": _("Shorten your message: %(count)d characters at most.")
                % {"count": LONGEST_MESSAGE}
            }
        )
    with transaction.atomic(), LogContext(user=by):
        # One order, so that two merges never wait for each other.
        first, second = sorted((duplicate, into), key=lambda action: action.pk)
        rows = {action.pk: locked(action) for action in (first, second)}
        gone, kept = rows[duplicate.pk], rows[into.pk]
        if not access.edits(by, gone) or not access.edits(by, kept):
            raise NotAllowed
        if gone.pk == kept.pk or gone.campaign_id != kept.campaign_id:
            raise ValidationError({"into": _("Choose another fiche of the same edition.")})
        if not may_merge(by, gone) or not access.may_revise(by, kept):
            raise OutOfTurn
        _withdraw(gone, kept, by, now)
        _associate(kept, gone, by)
        told = {"comment": comment}
        log(instance=gone, action="campaigns.merge", user=by, data=told)
        log(instance=kept, action="campaigns.merge_received", user=by, data=told)
        gone, kept = status.refresh(gone.pk), status.refresh(kept.pk)
        notifications.fiches_merged(gone, kept, comment)
        return kept


def _withdraw(gone: Action, kept: Action, by: User, now: datetime) -> None:
    state = gone.current_workflow_state
    if state is not None:
        state.cancel(user=by)
    Action.objects.filter(pk=gone.pk).update(
        withdrawn_at=now, merged_into=kept.pk, featured_at=None
    )
    # What led to the duplicate leads to what it has become, in one step.
    Action.objects.filter(merged_into=gone.pk).update(merged_into=kept.pk)
    if gone.live:
        # Read again: Wagtail saves the whole instance.
        Action.objects.get(pk=gone.pk).unpublish(user=by, log_action=False)


def _associate(kept: Action, gone: Action, by: User) -> None:
    """Let the school of the duplicate take part, in the public version and in the latest."""
    school = gone.establishment_id
    if school == kept.establishment_id or kept.associated.filter(establishment=school).exists():
        return
    # The row first: a revision whose child rows have no number would add them again.
    row = AssociatedEstablishment.objects.create(action_id=kept.pk, establishment_id=school)
    version = latest_version(kept)
    version.associated.add(row)
    revision = version.save_revision(user=by, clean=False)
    if kept.status == Status.PUBLISHED:
        revision.publish(user=by)
