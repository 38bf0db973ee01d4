"""Reminding jurors who are late with their work; nobody is written to twice within a day."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from wagtail.log_actions import LogContext, log

from contest.errors import NotAllowed, OutOfTurn
from contest.models import Assignment, Juror, Round

from . import access, mailing
from .assigning import locked
from .enums import AssignmentStatus, Stage

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from accounts.models import User

REMINDER = "jury_reminder"
NOT_TWICE_WITHIN = timedelta(hours=24)

OPEN_WORK = (AssignmentStatus.TODO, AssignmentStatus.DRAFT)


def late_jurors(round_: Round) -> QuerySet[Juror]:
    """The jurors of an open round who still have posters to judge."""
    waiting = Assignment.objects.filter(
        round=round_, status__in=OPEN_WORK, poster__live=True
    ).values("juror")
    return Juror.objects.filter(pk__in=waiting, left_at=None, seats__round=round_)


def to_remind(round_: Round, now: datetime) -> QuerySet[Juror]:
    """Those of the late who may be written to at `now`."""
    return late_jurors(round_).filter(
        Q(reminded_at=None) | Q(reminded_at__lte=now - NOT_TWICE_WITHIN)
    )


def remind(
    round_: Round, *, by: User, juror: Juror | None = None, now: datetime | None = None
) -> list[Juror]:
    """Write to the late jurors of an open round, or to one of them.

    Args:
        juror: the only one to write to.

    Returns:
        Those written to: nobody who was within a day, so that a second click writes to nobody.

    Raises:
        NotAllowed: `by` does not run the contest.
        OutOfTurn: the round is not open.
    """
    with transaction.atomic(), LogContext(user=by):
        row = locked(round_)
        if not access.runs_round(by, row):
            raise NotAllowed
        now = now or timezone.now()
        if row.stage(now) != Stage.OPEN:
            raise OutOfTurn
        found = to_remind(row, now)
        if juror is not None:
            found = found.filter(pk=juror.pk)
        # Two rounds of one contest are locked apart: the jurors' own rows tell the second click.
        late = list(found.select_for_update(of=("self",)).order_by("pk"))
        if not late:
            return []
        Juror.objects.filter(pk__in=[one.pk for one in late]).update(reminded_at=now)
        academy = mailing.academy_running(row.contest)
        left = _open_work(row, late)
        for one in late:
            one.contest = row.contest
            mailing.tell(one, REMINDER, academy=academy, round=row, left=left[one.pk])
        log(
            instance=row,
            action="contest.jury.remind",
            user=by,
            data={"number": len(late), "names": [one.name for one in late]},
        )
        return late


def _open_work(round_: Round, jurors: list[Juror]) -> dict[int, int]:
    counts = dict.fromkeys((one.pk for one in jurors), 0)
    rows = Assignment.objects.filter(
        round=round_, juror__in=jurors, status__in=OPEN_WORK, poster__live=True
    )
    for juror in rows.values_list("juror", flat=True):
        counts[juror] += 1
    return counts
