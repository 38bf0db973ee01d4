"""A juror who steps aside from a poster while judging."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import LogContext, log

from contest.models import Assignment

from . import access, conflicts
from .assigning import locked
from .casting import Clock
from .enums import WORKABLE, AssignmentStatus, Stage
from .errors import NotAJuror, TooLate
from .handing_out import rebalance
from .sealing import seal_again

if TYPE_CHECKING:
    from accounts.models import User


def recuse(
    assignment: Assignment, reason: str, *, by: User, clock: Clock = timezone.now
) -> Assignment:
    """Let the juror step aside from a poster: another takes it where one can.

    What they may have said of it counts no more.

    Raises:
        NotAJuror: as `cast`.
        TooLate: the round is closed.
        ValidationError: no reason is given; the key is `reason`.
    """
    if not reason.strip():
        raise ValidationError({"reason": _("Say in a word why: the organisers will read it.")})
    with transaction.atomic(), LogContext(user=by):
        round_ = locked(assignment.round)
        now = clock()
        row = Assignment.objects.select_for_update(of=("self",)).get(pk=assignment.pk)
        if not access.juries_of(by).filter(pk=row.juror_id).exists():
            raise NotAJuror
        if row.status not in WORKABLE:
            raise NotAJuror
        if round_.stage(now) not in (Stage.ASSIGNED, Stage.OPEN):
            raise TooLate(None)
        row.status = AssignmentStatus.RECUSED
        row.changed_at = now
        row.save(update_fields=["status", "changed_at"])
        conflicts.step_aside(row.juror, row.poster, reason, now=now)
        seal_again(round_, [row.juror_id])
        rebalance(round_)
        log(
            instance=round_,
            action="contest.jury.recuse",
            user=by,
            data={"poster": row.poster.number, "name": row.juror.name, "reason": reason.strip()},
        )
        return row
