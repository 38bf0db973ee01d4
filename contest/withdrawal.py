"""Taking a poster out of the contest and off the site, for good and at once."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.actions.unpublish import UnpublishAction
from wagtail.log_actions import LogContext, log

from . import access, notifications, status
from .errors import NotAllowed, OutOfTurn
from .jury.assigning import take_out
from .models import Poster
from .receiving import forget

if TYPE_CHECKING:
    from accounts.models import User


def withdraw(poster: Poster, *, by: User, now: datetime, reason: str = "") -> Poster:
    """Take a poster out of the contest and off the site for good, at once, with all its files.

    At any time: consent may be withdrawn when one likes (RGPD, article 7). What it said stays in
    the log's keeping until its time is over. A draft that nobody else has seen is just deleted.

    Returns:
        The poster as it now stands; a deleted draft has no `pk` any more.

    Raises:
        NotAllowed: `by` neither signs in for its establishment nor edits its académie.
        OutOfTurn: it is withdrawn already.
        ValidationError: an editor gives no reason; the key is `comment`.
    """
    with transaction.atomic(), LogContext(user=by):
        row = (
            Poster.objects.select_for_update(of=("self",))
            .select_related("contest", "establishment__academy__site", "file")
            .get(pk=poster.pk)
        )
        is_own = access.acts_for(by, row)
        if not is_own and not (row.submitted_at is not None and access.edits(by, row)):
            raise NotAllowed
        if not access.may_withdraw(row):
            raise OutOfTurn
        if not is_own and not reason.strip():
            raise ValidationError(
                {"comment": _("Say why: the establishment will read this comment.")}
            )
        if row.submitted_at is None:
            return _delete_draft(row, by=by)
        _take_off(row, by=by, now=now)
        log(
            instance=row,
            action="contest.withdraw",
            user=by,
            data={"comment": reason.strip()},
        )
        row = status.refresh(row.pk)
        notifications.poster_withdrawn(row, reason.strip(), by_establishment=is_own)
        return row


def _delete_draft(row: Poster, *, by: User) -> Poster:
    log(instance=row, action="wagtail.delete", user=by)
    file = row.file
    row.delete()
    if file is not None:
        forget(file)
    return row


def _take_off(row: Poster, *, by: User, now: datetime) -> None:
    take_out(row, now=now)
    state = row.current_workflow_state
    if state is not None:
        state.cancel(user=by)
    Poster.objects.filter(pk=row.pk).update(withdrawn_at=now)
    current = Poster.objects.get(pk=row.pk)
    if current.live:
        # Decided above: an establishment has no right of Wagtail's, yet its consent is its own.
        UnpublishAction(current, user=by, log_action=False).execute(skip_permission_checks=True)
    if row.file is not None:
        forget(row.file)
