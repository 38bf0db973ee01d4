"""Conflicts of interest as they are told: by the juror, by the organisers; and what they change.

Before a category's work is given, a conflict only guides the assignment. After, its posters are
taken away from the juror whatever they have said of them, their ballots on them count no more, and
others take over. A juror may do so until the round closes, the organisers until it is counted.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import LogContext, log

from contest import access as contest_access
from contest.errors import NotAllowed, OutOfTurn
from contest.models import Assignment, Conflict, Juror, Round

from . import access, conflicts
from .assigning import locked, rounds_under_way
from .enums import AUTOMATIC_SOURCES, WORKABLE, AssignmentStatus, ConflictSource, Stage
from .errors import NotAJuror
from .handing_out import rebalance
from .rules import entries_of
from .sealing import seal_again

if TYPE_CHECKING:
    from accounts.models import User
    from establishments.models import Establishment

BEFORE_THE_CLOSE = (Stage.ASSIGNED, Stage.OPEN)
BEFORE_THE_COUNT = (*BEFORE_THE_CLOSE, Stage.CLOSED)


def work_is_given(juror: Juror) -> bool:
    """Whether posters were assigned in the juror's contest: what is declared stays from then on."""
    return Round.objects.filter(
        category__contest=juror.contest_id, assigned_at__isnull=False
    ).exists()


def declare(
    juror: Juror, establishments: Iterable[Establishment], *, by: User, now: datetime
) -> int:
    """Add `establishments` to what the juror declares; none of them: that they know of no conflict.

    Returns:
        How many were not declared before.

    Raises:
        NotAJuror: `by` is not the juror.
    """
    with transaction.atomic(), LogContext(user=by):
        row = _own(juror, by)
        added = _add(row, establishments, ConflictSource.DECLARED, "", now)
        row.declared_at = now
        row.save(update_fields=["declared_at"])
        log(
            instance=row,
            action="contest.jury.declare",
            user=by,
            data={"name": row.name, "establishments": [one.uai for one in added]},
        )
        if added:
            bring_in_line(row, now=now, stages=BEFORE_THE_CLOSE)
        return len(added)


def take_back(conflict: Conflict, *, by: User) -> None:
    """Take back what a juror has declared by mistake.

    Raises:
        NotAJuror: `by` is not the juror, or it is not the juror who declared it.
        OutOfTurn: posters are assigned.
    """
    with transaction.atomic(), LogContext(user=by):
        row = _own(conflict.juror, by)
        if conflict.source != ConflictSource.DECLARED or conflict.establishment is None:
            raise NotAJuror
        if work_is_given(row):
            raise OutOfTurn
        uai = conflict.establishment.uai
        conflict.delete()
        log(
            instance=row,
            action="contest.jury.undeclare",
            user=by,
            data={"name": row.name, "establishments": [uai]},
        )


def enter(
    juror: Juror, establishment: Establishment, reason: str, *, by: User, now: datetime
) -> None:
    """Keep a conflict that the organisers know of.

    Raises:
        NotAllowed: `by` does not run the contest.
        ValidationError: it is known already; the key is `establishment`.
    """
    with transaction.atomic(), LogContext(user=by):
        row = _run(juror, by)
        if not _add(row, [establishment], ConflictSource.ORGANISER, reason, now):
            raise ValidationError({"establishment": _("This conflict is entered already.")})
        log(
            instance=row,
            action="contest.jury.conflict",
            user=by,
            data={"name": row.name, "establishments": [establishment.uai], "reason": reason},
        )
        bring_in_line(row, now=now)


def lift(conflict: Conflict, *, by: User) -> None:
    """Take back a conflict that the organisers had entered; posters taken away stay so.

    Raises:
        NotAllowed: `by` does not run the contest, or somebody else entered it.
    """
    with transaction.atomic(), LogContext(user=by):
        row = _run(conflict.juror, by)
        if conflict.source != ConflictSource.ORGANISER or conflict.establishment is None:
            raise NotAllowed
        uai = conflict.establishment.uai
        conflict.delete()
        log(
            instance=row,
            action="contest.jury.lift",
            user=by,
            data={"name": row.name, "establishments": [uai]},
        )


def bring_in_line(
    juror: Juror, *, now: datetime, stages: tuple[Stage, ...] = BEFORE_THE_COUNT
) -> None:
    """Find the juror's conflicts anew, and take away what they must not judge in rounds given."""
    with transaction.atomic():
        conflicts.refresh_automatic(juror)
        for one in rounds_under_way(juror.contest_id, now):
            round_ = locked(one)
            if round_.stage(now) not in stages:
                continue
            posters = {entry.poster.number: entry.poster_id for entry in entries_of(round_)}
            met = conflicts.conflicts_among([juror], [entry.poster for entry in entries_of(round_)])
            taken = Assignment.objects.filter(
                round=round_,
                juror=juror,
                poster__in=[posters[number] for _key, number in met],
                status__in=WORKABLE,
            ).update(status=AssignmentStatus.REVOKED, changed_at=now)
            if taken:
                seal_again(round_, [juror.pk])
            if taken and round_.stage(now) in BEFORE_THE_CLOSE:
                rebalance(round_)


def is_automatic(conflict: Conflict) -> bool:
    """Whether the site found it by itself."""
    return conflict.source in AUTOMATIC_SOURCES


def _add(
    juror: Juror,
    establishments: Iterable[Establishment],
    source: ConflictSource,
    reason: str,
    now: datetime,
) -> list[Establishment]:
    known = set(juror.conflicts.filter(source=source).values_list("establishment", flat=True))
    added = [one for one in establishments if one.pk not in known]
    Conflict.objects.bulk_create(
        [
            Conflict(
                juror=juror,
                establishment=one,
                source=source,
                reason=reason.strip()[:255],
                created_at=now,
            )
            for one in added
        ]
    )
    return added


def _own(juror: Juror, by: User) -> Juror:
    if not access.juries_of(by).filter(pk=juror.pk).exists():
        raise NotAJuror
    return _locked(juror)


def _run(juror: Juror, by: User) -> Juror:
    if not contest_access.runs(by, juror.contest):
        raise NotAllowed
    return _locked(juror)


def _locked(juror: Juror) -> Juror:
    """The juror's row, locked after the rounds, as every act that takes both does."""
    for one in Round.objects.filter(
        category__contest=juror.contest_id, assigned_at__isnull=False, tallied_at=None
    ).order_by("pk"):
        locked(one)
    return Juror.objects.select_for_update(of=("self",)).select_related("contest").get(pk=juror.pk)
