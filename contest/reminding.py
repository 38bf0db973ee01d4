"""Reminding establishments to register or to hand in their posters."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from accounts.models import User

from . import access, notifications
from .enums import ReminderKind
from .errors import Closed, NotAllowed
from .models import ContestPage, Reminder
from .participation import Standing, lines, standing_filter

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet

    from establishments.models import Establishment

NOT_TWICE_WITHIN = timedelta(hours=24)


def to_remind(contest: ContestPage, kind: ReminderKind) -> QuerySet[Establishment]:
    """Whom a reminder of `kind` concerns: who has not registered, or not handed anything in.

    Where establishments register, only those that did are reminded to hand in.
    """
    rows = lines(contest)
    if kind == ReminderKind.REGISTER:
        return rows.filter(standing_filter(Standing.SILENT))
    if contest.registrations.filter(cancelled_at=None).exists():
        return rows.filter(standing_filter(Standing.EXPECTED))
    return rows.filter(standing_filter(Standing.SILENT))


def is_time_for(contest: ContestPage, kind: ReminderKind, now: datetime) -> bool:
    """Whether what the reminder asks for can still be done at `now`."""
    calendar = contest.calendar
    if kind == ReminderKind.REGISTER:
        return calendar.accepts_registrations(now)
    return calendar.accepts_deposits(now)


def remind(
    contest: ContestPage,
    kind: ReminderKind,
    establishments: Sequence[int],
    *,
    by: User,
    now: datetime,
) -> int:
    """Write to those of `establishments` (keys) whom the reminder still concerns.

    Nobody is written to twice within a day, nor without a mailbox.

    Returns:
        The number of mails queued.

    Raises:
        NotAllowed: `by` does not edit the académie of the contest.
        Closed: it is too late, or too early, for what the reminder asks.
    """
    if not access.runs(by, contest):
        raise NotAllowed
    if not is_time_for(contest, kind, now):
        raise Closed
    with transaction.atomic():
        # Of two clicks, the second finds the reminders of the first.
        ContestPage.objects.select_for_update(of=("self",), no_key=True).get(pk=contest.pk)
        recent = Reminder.objects.filter(
            contest=contest, kind=kind, sent_at__gt=now - NOT_TWICE_WITHIN
        ).values("establishment")
        concerned = to_remind(contest, kind).filter(pk__in=establishments).exclude(pk__in=recent)
        written_to = [one for one in concerned.select_related("academy__site") if one.mailbox]
        Reminder.objects.bulk_create(
            Reminder(contest=contest, establishment=one, kind=kind, sent_at=now, sent_by=by)
            for one in written_to
        )
        for establishment in written_to:
            notifications.reminder(contest, establishment, kind)
        if written_to:
            log(
                instance=contest,
                action="contest.remind",
                user=by,
                data={"kind": str(kind), "number": len(written_to)},
            )
    return len(written_to)


def remind_everybody(contest_id: int, kind: str, user_id: int) -> None:
    """Write to all whom the reminder concerns, in the task worker; nothing where it is too late.

    A second task for the same click finds the reminders of the first.
    """
    contest = ContestPage.objects.filter(pk=contest_id).first()
    by = User.objects.filter(pk=user_id, is_active=True).first()
    now = timezone.now()
    if contest is None or by is None or not is_time_for(contest, ReminderKind(kind), now):
        return
    concerned = to_remind(contest, ReminderKind(kind)).values_list("pk", flat=True)
    remind(contest, ReminderKind(kind), list(concerned), by=by, now=now)
