"""The order that a juror gives their posters, in a round by ranking."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from contest.models import Ballot, Seat

from . import access
from .assigning import locked
from .casting import Act, Clock, add, keep_late
from .enums import Method, Stage
from .errors import ChangedElsewhere, NotAJuror, NotOpen, SignedOff, TooLate
from .rules import rules_of

if TYPE_CHECKING:
    from accounts.models import User


def rank(
    seat: Seat,
    order: Sequence[Sequence[int]],
    *,
    by: User,
    key: UUID | None = None,
    based_on: int | None = None,
    clock: Clock = timezone.now,
) -> Seat:
    """Keep the order of `by` in a ranking: groups of public numbers, the best first.

    Posters of one group are equal; those in no group are not ranked yet. One act, whatever it
    moves: each poster whose rank changes gets one more ballot.

    Raises:
        as `cast`; `ChangedElsewhere` where the seat is past the revision `based_on`.
        ValidationError: a poster is named twice or is not theirs to judge; the key is `order`.
    """
    act = key or uuid4()
    with transaction.atomic():
        round_ = locked(seat.round)
        now = clock()
        row = Seat.objects.select_for_update(of=("self",)).get(pk=seat.pk)
        if not access.juries_of(by).filter(pk=row.juror_id).exists():
            raise NotAJuror
        stage = round_.stage(now)
        if stage in (Stage.DRAFT, Stage.ASSIGNED):
            raise NotOpen
        if round_.method != Method.RANKING:
            raise NotAJuror
        work = {one.poster.number or 0: one for one in access.work_of(row)}
        numbers = [number for group in order for number in group]
        if len(set(numbers)) != len(numbers) or not set(numbers) <= set(work):
            raise ValidationError({"order": _("Give each of your posters one place.")})
        ranks = _ranks(order)
        if stage == Stage.OPEN:
            if row.signed_off_at is not None:
                raise SignedOff
            if Ballot.objects.filter(act=act, assignment__in=work.values()).exists():
                return row
            if based_on is not None and based_on < row.revision:
                raise ChangedElsewhere(None)
            rules = rules_of(round_, draws=False)
            for number, one in work.items():
                given: int | None = ranks.get(number)
                add(one, row, rules, Act(grades={"rank": given}, key=act), now)
            row.revision += 1
            row.last_act_at = now
            row.save(update_fields=["revision", "last_act_at"])
            return row
        for number, given in ranks.items():
            late = keep_late(work[number], Act(grades={"rank": given}, key=act), now)
    raise TooLate(late if ranks else None)


def _ranks(order: Sequence[Sequence[int]]) -> dict[int, int]:
    """Rank by number: equals share theirs, and the next counts them (1, 1, 3)."""
    ranks: dict[int, int] = {}
    for group in order:
        place = len(ranks) + 1
        ranks |= dict.fromkeys(group, place)
    return ranks
