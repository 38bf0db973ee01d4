"""Signing off: a juror says that they are done, or takes their work up again."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import LogContext, log

from contest.models import Round, Seat

from . import access
from .assigning import locked
from .casting import Clock
from .enums import AssignmentStatus, Stage
from .errors import NotAJuror, NotOpen, TooLate
from .sealing import seal_for

if TYPE_CHECKING:
    from accounts.models import User


def open_work(seat: Seat) -> int:
    """How many posters of a seat still wait for a complete ballot."""
    return access.work_of(seat).exclude(status=AssignmentStatus.SUBMITTED).count()


def sign_off(seat: Seat, *, by: User, clock: Clock = timezone.now) -> Seat:
    """Let the juror say that they are done; until the close they may take it up again.

    Raises:
        NotAJuror, NotOpen, TooLate: as `cast`.
        ValidationError: posters are still to be judged; the key is `__all__`.
    """
    with transaction.atomic(), LogContext(user=by):
        round_, row, now = _seat_in_hand(seat, by, clock)
        left = open_work(row)
        if left:
            raise ValidationError(
                {"__all__": _("Posters still to be judged: %(count)s.") % {"count": left}}
            )
        row.signed_off_at = now
        row.seal = seal_for(row)
        row.save(update_fields=["signed_off_at", "seal"])
        log(
            instance=round_,
            action="contest.jury.sign_off",
            user=by,
            data={"name": row.juror.name, "seal": row.seal},
        )
        return row


def take_up_again(seat: Seat, *, by: User, clock: Clock = timezone.now) -> Seat:
    """Let the juror go on after all.

    Raises:
        NotAJuror, NotOpen, TooLate: as `cast`.
    """
    with transaction.atomic(), LogContext(user=by):
        round_, row, _now = _seat_in_hand(seat, by, clock)
        if row.signed_off_at is not None:
            row.signed_off_at, row.seal = None, ""
            row.save(update_fields=["signed_off_at", "seal"])
            log(
                instance=round_,
                action="contest.jury.take_up",
                user=by,
                data={"name": row.juror.name},
            )
        return row


def _seat_in_hand(seat: Seat, by: User, clock: Clock) -> tuple[Round, Seat, datetime]:
    round_ = locked(seat.round)
    now = clock()
    row = (
        Seat.objects.select_for_update(of=("self",))
        .select_related("round__category__contest", "juror")
        .get(pk=seat.pk)
    )
    if not access.juries_of(by).filter(pk=row.juror_id).exists():
        raise NotAJuror
    stage = round_.stage(now)
    if stage in (Stage.DRAFT, Stage.ASSIGNED):
        raise NotOpen
    if stage != Stage.OPEN:
        raise TooLate(None)
    return round_, row, now
