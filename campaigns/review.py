"""What reviewers decide about a fiche: visa, publication, correction, and its ends."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import LogContext, log
from wagtail.models import TaskState

from . import access, commenting, notifications, status
from .drafts import locked, require_revision
from .enums import Decision, Status
from .errors import NotAllowed, OutOfTurn
from .models import Action
from .workflow import review_workflow

if TYPE_CHECKING:
    from accounts.models import User

LEAD_DECISIONS = frozenset({Decision.VISA, Decision.REQUEST_CHANGES})
NEEDS_COMMENT = frozenset({Decision.REQUEST_CHANGES, Decision.REFUSE, Decision.WITHDRAW})

AT_STATUS: dict[Status, tuple[Decision, ...]] = {
    Status.NETWORK_REVIEW: (Decision.VISA, Decision.REQUEST_CHANGES, Decision.REFUSE),
    Status.ACADEMY_REVIEW: (Decision.PUBLISH, Decision.REQUEST_CHANGES, Decision.REFUSE),
    Status.CHANGES_REQUESTED: (Decision.REFUSE, Decision.ARCHIVE),
    Status.PUBLISHED: (),
    Status.REFUSED: (Decision.REOPEN, Decision.ARCHIVE),
    Status.WITHDRAWN: (Decision.REOPEN, Decision.ARCHIVE),
}
"""What each status allows, in the order in which reviewers are offered it."""


def available_decisions(action: Action, user: User | AnonymousUser) -> list[Decision]:
    """What `user` may decide about the fiche as its row stands, the likeliest first.

    The leads of its network give the visa or send back, while the visa is awaited. The editors of
    its académie may do all that its status allows, the visa included.
    """
    offered = _decisions_at(action)
    if access.edits(user, action):
        return offered
    if action.status == Status.NETWORK_REVIEW and access.leads(user, action):
        return [decision for decision in offered if decision in LEAD_DECISIONS]
    return []


def _decisions_at(action: Action) -> list[Decision]:
    offered = AT_STATUS.get(Status(action.status), ())
    if not action.live:
        return list(offered)
    # A published fiche is not refused or archived: what is public is withdrawn first.
    kept = [item for item in offered if item not in (Decision.REFUSE, Decision.ARCHIVE)]
    return [*kept, Decision.WITHDRAW]


def decide(
    action: Action,
    decision: Decision,
    *,
    by: User,
    comment: str = "",
    field_comments: Mapping[str, str] | None = None,
    expected_revision: int | None = None,
) -> Action:
    """Carry out `decision` on the fiche, through Wagtail's workflow.

    The row is locked first, so that of two decisions taken at once the second finds the fiche
    where the first has put it.

    Args:
        comment: what the establishment is told; some decisions need it.
        field_comments: what is to be corrected, by part (`campaigns.commenting`); heard only
            where the fiche is sent back, and enough to say why.
        expected_revision: the revision that the reviewer has read; nothing is compared without
            it.

    Returns:
        The fiche as it now stands.

    Raises:
        NotAllowed: `by` has no such right over this fiche.
        OutOfTurn: the fiche's status does not, or no longer, allow it.
        EditConflict: another version came since `expected_revision`.
        ValidationError: the comment is missing, its key is `comment`; or a comment on a part
            cannot be kept, its key is the part.
    """
    comment = comment.strip()
    with transaction.atomic(), LogContext(user=by):
        row = locked(action)
        _require_right(row, decision, by)
        require_revision(row, expected_revision)
        asked = {}
        if decision == Decision.REQUEST_CHANGES:
            asked = commenting.cleaned(field_comments, commenting.parts_to_comment_on(row))
        if decision in NEEDS_COMMENT and not comment and not asked:
            raise ValidationError(
                {"comment": _("Say why: the establishment will read this comment.")}
            )
        if asked:
            commenting.record(row, asked, by=by)
        in_stead = decision == Decision.VISA and not access.leads(by, row)
        _ACTS[decision](row, by, comment)
        log(
            instance=row,
            action="campaigns.visa_in_stead" if in_stead else f"campaigns.{decision}",
            user=by,
            data={"comment": comment, "parts": asked} if asked else {"comment": comment},
            revision=row.latest_revision,
        )
        row = status.refresh(row.pk)
        notifications.decision_taken(row, decision, comment, asked)
        return row


def _require_right(row: Action, decision: Decision, by: User) -> None:
    if not access.is_submitted(row) and not row.live:
        raise NotAllowed
    is_theirs = access.edits(by, row) or (decision in LEAD_DECISIONS and access.leads(by, row))
    if not is_theirs:
        raise NotAllowed
    if decision not in available_decisions(row, by):
        raise OutOfTurn


def give_visa(action: Action, *, by: User, comment: str = "") -> Action:
    """Pass the fiche on to the académie. Raises as `decide` does."""
    return decide(action, Decision.VISA, by=by, comment=comment)


def publish(action: Action, *, by: User, comment: str = "") -> Action:
    """Make the version under review public. Raises as `decide` does."""
    return decide(action, Decision.PUBLISH, by=by, comment=comment)


def request_changes(
    action: Action,
    *,
    by: User,
    comment: str = "",
    field_comments: Mapping[str, str] | None = None,
) -> Action:
    """Send the fiche back to its establishment, which may correct it even after the call has
    closed; handed in again, it returns to the same step. Raises as `decide` does.
    """
    return decide(
        action, Decision.REQUEST_CHANGES, by=by, comment=comment, field_comments=field_comments
    )


def refuse(action: Action, *, by: User, comment: str) -> Action:
    """Leave the fiche out of this edition, with a reason. Raises as `decide` does."""
    return decide(action, Decision.REFUSE, by=by, comment=comment)


def withdraw(action: Action, *, by: User, comment: str) -> Action:
    """Take a published fiche off the site, with a reason. Raises as `decide` does."""
    return decide(action, Decision.WITHDRAW, by=by, comment=comment)


def reopen(action: Action, *, by: User, comment: str = "") -> Action:
    """Put a refused or withdrawn fiche back before the académie. Raises as `decide` does."""
    return decide(action, Decision.REOPEN, by=by, comment=comment)


def archive(action: Action, *, by: User, comment: str = "") -> Action:
    """Put away for good a fiche that is not public. Raises as `decide` does."""
    return decide(action, Decision.ARCHIVE, by=by, comment=comment)


def _approve(row: Action, by: User, comment: str) -> None:
    _current_task_state(row).approve(user=by, comment=comment)


def _reject(row: Action, by: User, comment: str) -> None:
    _current_task_state(row).reject(user=by, comment=comment)


def _current_task_state(row: Action) -> TaskState:
    task_state = row.current_workflow_task_state
    if task_state is None:
        raise OutOfTurn
    # An editor may have revised the fiche since it was handed in: the decision is about that.
    task_state.revision = row.latest_revision
    task_state.save(update_fields=["revision"])
    return task_state


def _cancel_workflow(row: Action, by: User) -> None:
    state = row.current_workflow_state
    if state is not None:
        state.cancel(user=by)


def _refuse(row: Action, by: User, comment: str) -> None:
    _cancel_workflow(row, by)
    Action.objects.filter(pk=row.pk).update(refused_at=timezone.now())


def _withdraw(row: Action, by: User, comment: str) -> None:
    _cancel_workflow(row, by)
    Action.objects.filter(pk=row.pk).update(withdrawn_at=timezone.now(), featured_at=None)
    # Read again: Wagtail saves the whole instance.
    Action.objects.get(pk=row.pk).unpublish(user=by, log_action=False)


def _reopen(row: Action, by: User, comment: str) -> None:
    Action.objects.filter(pk=row.pk).update(refused_at=None, withdrawn_at=None, merged_into=None)
    reopened = Action.objects.get(pk=row.pk)
    # What is judged is the row, as its reviewers know it.
    reopened.save_revision(user=by, clean=False)
    review_workflow(with_visa=False).start(reopened, by)


def _archive(row: Action, by: User, comment: str) -> None:
    _cancel_workflow(row, by)
    Action.objects.filter(pk=row.pk).update(archived_at=timezone.now())


_ACTS = {
    Decision.VISA: _approve,
    Decision.PUBLISH: _approve,
    Decision.REQUEST_CHANGES: _reject,
    Decision.REFUSE: _refuse,
    Decision.WITHDRAW: _withdraw,
    Decision.REOPEN: _reopen,
    Decision.ARCHIVE: _archive,
}
