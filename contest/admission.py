"""What editors decide about a poster: admission with its public number, correction, refusal."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import LogContext, log

from . import access, notifications, status, withdrawal
from .enums import Decision, PosterStatus, Reason
from .errors import ContestError, EditConflict, NotAllowed, NotPrepared, OutOfTurn
from .models import ContestPage, Poster
from .workflow import admission_workflow

if TYPE_CHECKING:
    from accounts.models import User

AT_STATUS: dict[PosterStatus, tuple[Decision, ...]] = {
    PosterStatus.SUBMITTED: (
        Decision.ADMIT,
        Decision.RETURN,
        Decision.REFUSE,
        Decision.WITHDRAW,
    ),
    PosterStatus.RETURNED: (Decision.REFUSE, Decision.WITHDRAW),
    PosterStatus.ADMITTED: (Decision.REOPEN, Decision.WITHDRAW),
    PosterStatus.REFUSED: (Decision.REOPEN, Decision.WITHDRAW),
}
"""What each status allows, in the order in which editors are offered it."""

NEEDS_REASON = frozenset({Decision.RETURN, Decision.REFUSE})


def available_decisions(poster: Poster, user: User | AnonymousUser) -> list[Decision]:
    """What `user` may decide about the poster as its row stands, the likeliest first."""
    if poster.submitted_at is None or not access.edits(user, poster):
        return []
    allowed = AT_STATUS.get(PosterStatus(poster.status), ())
    # What the jury has in hand is examined no more; consent may be withdrawn at any time.
    is_judged = poster.entries.filter(removed_at=None).exists()
    return [one for one in allowed if not (is_judged and one == Decision.REOPEN)]


def decide(
    poster: Poster,
    decision: Decision,
    *,
    by: User,
    now: datetime | None = None,
    reason: Reason | str = "",
    comment: str = "",
    expected_revision: int | None = None,
) -> Poster:
    """Carry out `decision` on the poster, through Wagtail's workflow.

    The contest is locked before the poster, so that two admissions at once give two numbers.

    Args:
        reason: one of the list, needed to send back or to refuse.
        comment: words added to it; needed where the reason is `Reason.OTHER`, and to withdraw.
        expected_revision: the revision that the editor has looked at; nothing is compared without.

    Returns:
        The poster as it now stands.

    Raises:
        NotAllowed: `by` does not edit its académie, or it was never handed in.
        OutOfTurn: its status does not, or no longer, allow it.
        EditConflict: its establishment changed it since `expected_revision`.
        NotPrepared: it cannot be admitted before its pictures are made.
        ValidationError: the reason or the comment is missing; keys are `reason` and `comment`.
    """
    now = now or timezone.now()
    comment = comment.strip()
    with transaction.atomic(), LogContext(user=by):
        ContestPage.objects.select_for_update(of=("self",), no_key=True).get(pk=poster.contest_id)
        row = (
            Poster.objects.select_for_update(of=("self",))
            .select_related("contest", "establishment__academy__site", "file", "category")
            .get(pk=poster.pk)
        )
        if row.submitted_at is None or not access.edits(by, row):
            raise NotAllowed
        if decision not in available_decisions(row, by):
            raise OutOfTurn
        if expected_revision is not None and expected_revision != row.latest_revision_id:
            raise EditConflict
        if decision == Decision.WITHDRAW:
            return withdrawal.withdraw(row, by=by, now=now, reason=comment)
        if decision in NEEDS_REASON:
            _require_reason(reason, comment)
        _ACTS[decision](row, by, comment)
        log(
            instance=row,
            action=f"contest.{decision}",
            user=by,
            data={"reason": str(reason), "comment": comment},
            revision=row.latest_revision,
        )
        row = status.refresh(row.pk)
        notifications.decision_taken(row, decision, reason=str(reason), comment=comment)
        return row


def _require_reason(reason: Reason | str, comment: str) -> None:
    if reason not in Reason.values:
        raise ValidationError({"reason": _("Choose a reason: the establishment will read it.")})
    if reason == Reason.OTHER and not comment:
        raise ValidationError({"comment": _("Say which: the establishment will read this.")})


def _admit(row: Poster, by: User, comment: str) -> None:
    if row.file is None or row.file.prepared_at is None:
        raise NotPrepared
    if row.number is None:
        highest = Poster.objects.filter(contest=row.contest_id).aggregate(Max("number"))
        row.number = (highest["number__max"] or 0) + 1
        Poster.objects.filter(pk=row.pk).update(number=row.number)
    _end_step(row, by, comment, approve=True)


def _return(row: Poster, by: User, comment: str) -> None:
    _end_step(row, by, comment, approve=False)


def _end_step(row: Poster, by: User, comment: str, *, approve: bool) -> None:
    task_state = row.current_workflow_task_state
    if task_state is None:
        raise OutOfTurn
    # The establishment may have changed the poster since it was handed in: this is about that.
    task_state.revision = row.latest_revision
    task_state.save(update_fields=["revision"])
    end = task_state.approve if approve else task_state.reject
    end(user=by, comment=comment)


def _refuse(row: Poster, by: User, comment: str) -> None:
    state = row.current_workflow_state
    if state is not None:
        state.cancel(user=by)
    Poster.objects.filter(pk=row.pk).update(refused_at=timezone.now())


def _reopen(row: Poster, by: User, comment: str) -> None:
    Poster.objects.filter(pk=row.pk).update(refused_at=None)
    reopened = Poster.objects.get(pk=row.pk)
    if reopened.live:
        reopened.unpublish(user=by, log_action=False)
        reopened = Poster.objects.get(pk=row.pk)
    reopened.save_revision(user=by, clean=False)
    admission_workflow().start(reopened, by)


_ACTS = {
    Decision.ADMIT: _admit,
    Decision.RETURN: _return,
    Decision.REFUSE: _refuse,
    Decision.REOPEN: _reopen,
}


@dataclass
class BulkOutcome:
    """What became of several posters admitted at once: their numbers, and who stayed behind."""

    admitted: list[Poster] = field(default_factory=list)
    left: list[tuple[Poster, ContestError]] = field(default_factory=list)


def admit_all(
    posters: Iterable[Poster], *, by: User, expected_revisions: dict[int, int] | None = None
) -> BulkOutcome:
    """Admit each of `posters` that may be, each in its own transaction.

    In an order drawn by lot: consecutive numbers must not tell the jury which posters come from
    one establishment.

    Args:
        expected_revisions: the revision that the editor has looked at, by the poster's key.
    """
    drawn = list(posters)
    random.SystemRandom().shuffle(drawn)
    outcome = BulkOutcome()
    for poster in drawn:
        expected = (expected_revisions or {}).get(poster.pk)
        try:
            outcome.admitted.append(
                decide(poster, Decision.ADMIT, by=by, expected_revision=expected)
            )
        except ContestError as error:
            outcome.left.append((poster, error))
    return outcome
