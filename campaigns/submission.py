"""Handing a fiche in for review."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import LogContext, log

from . import access, commenting, hand_ins, notifications, status
from .drafts import latest_version, locked, require_revision, require_writable
from .enums import REVIEW_STATUSES, MediaKind, Moment, Status
from .errors import NotAllowed, OutOfTurn
from .models import Action
from .workflow import workflow_for

if TYPE_CHECKING:
    from accounts.models import User

REQUIRED_FIELDS = (
    "title",
    "coordinator_name",
    "coordinator_function",
    "audiences",
    "moment",
    "objectives",
    "course",
)
"""What a fiche needs to be handed in, in the order of its form."""


def submit(
    action: Action, *, by: User, now: datetime, expected_revision: int | None = None
) -> Action:
    """Hand the latest version of a fiche in for review.

    A first hand-in, and a change to a published fiche, must come while the call is open; a fiche
    that was sent back may return at any time, to the step that sent it back.

    Args:
        expected_revision: the revision that the actor has before their eyes; nothing is compared
            without it.

    Returns:
        The fiche as it now stands.

    Raises:
        NotAllowed: `by` does not sign in for the establishment that carries the fiche.
        CallClosed: the edition takes no more fiches at `now`.
        OutOfTurn: the fiche is already handed in, or its path has ended.
        EditConflict: another version was saved since `expected_revision`.
        ValidationError: parts are missing; keys are field names.
    """
    with transaction.atomic(), LogContext(user=by):
        row = locked(action)
        if not access.acts_for(by, row):
            raise NotAllowed
        if row.status in REVIEW_STATUSES or _is_published_as_it_is(row):
            raise OutOfTurn
        require_writable(row, by=by, now=now)
        require_revision(row, expected_revision)
        version = latest_version(row)
        missing = missing_parts(version)
        if missing:
            raise ValidationError(missing)
        if not row.live:
            # The row becomes what reviewers see, and the new revision knows its child rows.
            version.save()
            version.save_revision(user=by, clean=False)
        Action.objects.filter(pk=row.pk).update(submitted_at=now)
        commenting.close(row, now)
        _start_or_resume(row, by=by)
        log(instance=version, action=hand_ins.WHOLE, user=by, revision=version.latest_revision)
        row = status.refresh(row.pk)
        notifications.fiche_submitted(row)
        return row


def _is_published_as_it_is(row: Action) -> bool:
    return row.status == Status.PUBLISHED and not row.has_unpublished_changes


def _start_or_resume(row: Action, *, by: User) -> None:
    state = row.current_workflow_state
    if state is not None and row.status == Status.CHANGES_REQUESTED:
        state.resume(user=by)
        return
    workflow_for(row).start(Action.objects.get(pk=row.pk), by)


def missing_parts(action: Action) -> dict[str, list[str]]:
    """What keeps a version, as it is in memory, from being handed in.

    Returns:
        Messages by the name of the field or of the rows; empty where all is there.
    """
    missing: dict[str, list[str]] = {}
    for name in REQUIRED_FIELDS:
        value = getattr(action, name)
        is_empty = not value.strip() if isinstance(value, str) else not value.exists()
        if is_empty:
            missing[name] = [_("This part is needed before you hand the fiche in.")]
    if action.moment == Moment.WEEK and action.starts_on is None:
        missing["starts_on"] = [_("Give the day of an action that takes place during the Week.")]
    if action.starts_on and action.ends_on and action.ends_on < action.starts_on:
        missing["ends_on"] = [_("The last day comes before the first.")]
    if any(
        session.starts_at and session.ends_at and session.ends_at <= session.starts_at
        for session in action.sessions.all()
    ):
        missing["sessions"] = [_("A session ends before it starts.")]
    media = missing_of_media(action)
    if media:
        missing["media"] = media
    return missing


def missing_of_media(action: Action) -> list[str]:
    """What keeps the files of a version from being handed in."""
    media = [
        _("Describe each picture in words, for those who do not see it.")
        for medium in action.media.all()
        if medium.kind == MediaKind.IMAGE and not medium.alternative.strip()
    ][:1]
    if any(not medium.is_authorised for medium in action.media.all()):
        media.append(_("Confirm that you hold the written authorisations for each file."))
    return media
