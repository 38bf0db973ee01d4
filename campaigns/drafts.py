"""The versions of a fiche: writing one, and which one somebody may read."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry, TaskState

from . import access, deadlines
from .enums import REVIEW_STATUSES
from .errors import CallClosed, EditConflict, NotAllowed, OutOfTurn
from .models import Action

if TYPE_CHECKING:
    from wagtail.models import Revision

    from accounts.models import User
    from establishments.models import Establishment

    from .models import CampaignPage


ONE_SITTING = timedelta(minutes=10)
"""How long a version kept while typing gives way to the next one."""


def start_draft(
    establishment: Establishment,
    campaign: CampaignPage,
    *,
    by: User,
    title: str = "",
    now: datetime | None = None,
) -> Action:
    """Begin a fiche of `establishment` in `campaign`; nobody else sees it before it is handed in.

    Args:
        now: the instant of the act; the clock's unless named.

    Raises:
        NotAllowed: `by` does not sign in for `establishment`, or the edition is another
            académie's.
        CallClosed: the edition takes no fiche of `establishment` at `now`.
    """
    action = Action(
        campaign=campaign,
        establishment=establishment,
        title=title,
        live=False,
        has_unpublished_changes=True,
    )
    site = establishment.academy.site
    if not access.acts_for(by, action) or site is None:
        raise NotAllowed
    if not campaign.is_descendant_of(site.root_page) or not campaign.live:
        raise NotAllowed
    calendar = deadlines.calendar_for(establishment, campaign)
    if not calendar.accepts_submissions(now or timezone.now()):
        raise CallClosed
    with transaction.atomic():
        action.save()
        revision = action.save_revision(user=by, clean=False)
        log(instance=action, action="wagtail.create", user=by, revision=revision)
    return action


def save_draft(
    action: Action,
    *,
    by: User,
    expected_revision: int | None = None,
    now: datetime | None = None,
    is_autosave: bool = False,
) -> Revision:
    """Keep `action`, a version in memory with its rows, as the fiche's latest revision.

    Until the first hand-in the row and its child rows are saved too; afterwards they stay as
    reviewers and the public know them.

    Args:
        expected_revision: the revision that the writer started from; nothing is compared
            without it.
        now: the instant of the act; the clock's unless named.
        is_autosave: nobody pressed a button: the log says nothing of it, and the next version
            of the same writer takes its place.

    Raises:
        NotAllowed: `by` does not write this fiche.
        CallClosed: the call has closed and the fiche was not sent back.
        OutOfTurn: reviewers hold the fiche, or its path has ended.
        EditConflict: another version was saved since `expected_revision`.
        ValidationError: a value does not fit its field.
    """
    with transaction.atomic():
        row = locked(action)
        require_writable(row, by=by, now=now or timezone.now())
        require_revision(row, expected_revision)
        action.keep_facts_of(row)
        action.live = row.live
        action.first_published_at = row.first_published_at
        action.full_clean(exclude=[] if action.title.strip() else ["title"])
        if row.submitted_at is None and not row.live:
            # Before the revision, so that its child rows carry their numbers.
            action.save()
        former = passing_revision(row, by=by, now=timezone.now())
        revision = action.save_revision(user=by, clean=False, log_action=not is_autosave)
        if former is not None:
            former.delete()
        return revision


def passing_revision(row: Action, *, by: User, now: datetime) -> Revision | None:
    """The latest revision, where `by` has not pressed a button for it and it is a moment old.

    A version that was saved by its writer, handed in, reviewed or published is in the log, on the
    path of a review or on the site: it is never taken for one. The next version has a number of
    its own, so that another tab learns of it.
    """
    latest = row.latest_revision
    if latest is None or latest.user_id != by.pk or latest.created_at < now - ONE_SITTING:
        return None
    is_told = ModelLogEntry.objects.filter(revision=latest).exists()
    is_on_the_path = TaskState.objects.filter(revision=latest).exists()
    is_public = latest.pk == row.live_revision_id
    return None if is_told or is_on_the_path or is_public else latest


def locked(action: Action) -> Action:
    """The fiche's row as it is now, locked until the transaction ends."""
    return (
        Action.objects.select_for_update(of=("self",))
        .select_related("campaign", "establishment__academy__site", "establishment__network")
        .get(pk=action.pk)
    )


def require_writable(action: Action, *, by: User, now: datetime) -> None:
    """Raise what `save_draft` documents unless `by` may write the fiche at `now`."""
    if not access.is_author(by, action):
        raise NotAllowed
    if access.is_writable(action, now):
        return
    if access.is_writable(action, action.campaign.call_closes_at):
        raise CallClosed
    raise OutOfTurn


def require_revision(row: Action, expected: int | None) -> None:
    """Raise `EditConflict` where the fiche's latest revision is not the one the actor saw."""
    if expected is not None and expected != row.latest_revision_id:
        raise EditConflict


def latest_version(action: Action) -> Action:
    """The version that the fiche's authors work on: an instance in memory, with its rows."""
    return Action.objects.get(pk=action.pk).get_latest_revision_as_object()


def reviewed_version(action: Action) -> Action:
    """The version that reviewers judge or judged, never what was written since."""
    row = Action.objects.get(pk=action.pk)
    if row.status in REVIEW_STATUSES:
        return row.get_latest_revision_as_object()
    state = row.current_workflow_state
    if row.live and state is not None and state.current_task_state is not None:
        # Changes to a published fiche, sent back: the row is the public version.
        return state.current_task_state.revision.as_object()
    return row


def version_for(user: User | AnonymousUser, action: Action) -> Action:
    """The newest version of the fiche that `user`, who may see it, may read."""
    if access.is_author(user, action):
        return latest_version(action)
    if access.is_submitted(action) and (access.leads(user, action) or access.edits(user, action)):
        return reviewed_version(action)
    return Action.objects.get(pk=action.pk)
