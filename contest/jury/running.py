"""What organisers do with a round under way: reassign, close, extend, accept, count. All logged.

None of it touches a ballot.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import LogContext, log

from contest.errors import NotAllowed, OutOfTurn
from contest.models import Assignment, Entry, Juror, Round
from contest.tally.standing import BELOW_MINIMUM, NO_BALLOT

from . import access, conflicts
from .assigning import locked
from .enums import AssignmentStatus, Stage
from .errors import NotReady
from .handing_out import jurors_of, rebalance
from .rules import result_of

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from accounts.models import User
    from contest.tally.assignment import Reassignment


def _in_hand(round_: Round, by: User) -> Round:
    row = locked(round_)
    if not access.runs_round(by, row):
        raise NotAllowed
    return row


def close(round_: Round, *, by: User, now: datetime | None = None) -> Round:
    """Close an open round at once: it never waits for an absent juror.

    Raises:
        NotAllowed: `by` does not run the contest.
        OutOfTurn: it is not open.
    """
    with transaction.atomic(), LogContext(user=by):
        row = _in_hand(round_, by)
        # Read under the lock: a ballot that waited for it is late.
        now = now or timezone.now()
        if row.stage(now) != Stage.OPEN:
            raise OutOfTurn
        planned = row.closes_at
        row.closes_at = now
        row.save(update_fields=["closes_at"])
        log(
            instance=row,
            action="contest.jury.close",
            user=by,
            data={"planned": planned.isoformat() if planned else ""},
        )
        return row


def extend(round_: Round, until: datetime, *, by: User, now: datetime | None = None) -> Round:
    """Move the close to `until`: later, or open a closed round again that is not counted.

    Raises:
        NotAllowed: `by` does not run the contest.
        OutOfTurn: the round is not assigned, or is counted.
        ValidationError: `until` is past or before the opening; the key is `closes_at`.
    """
    with transaction.atomic(), LogContext(user=by):
        row = _in_hand(round_, by)
        now = now or timezone.now()
        if row.stage(now) in (Stage.DRAFT, Stage.TALLIED):
            raise OutOfTurn
        if until <= now or (row.opens_at is not None and until <= row.opens_at):
            raise ValidationError({"closes_at": _("Choose an instant to come, after the opening.")})
        before = row.closes_at
        if before == until:
            return row
        row.closes_at = until
        row.save(update_fields=["closes_at"])
        log(
            instance=row,
            action="contest.jury.extend",
            user=by,
            data={
                "from": before.isoformat() if before else "",
                "until": until.isoformat(),
            },
        )
        return row


def reassign_round(
    round_: Round, *, by: User, relieve: Juror | None = None, now: datetime | None = None
) -> Reassignment | None:
    """Bring who judges what in line with today's jurors and conflicts, work begun left in place.

    Nothing is logged where nothing changes: a second click does nothing.

    Args:
        relieve: a juror of whom others take what is not begun, where they can.

    Returns:
        What changed; None where nobody is left to judge.

    Raises:
        NotAllowed: `by` does not run the contest.
        OutOfTurn: the round is not assigned, or is closed.
    """
    with transaction.atomic(), LogContext(user=by):
        row = _in_hand(round_, by)
        now = now or timezone.now()
        if row.stage(now) not in (Stage.ASSIGNED, Stage.OPEN):
            raise OutOfTurn
        open_work = _open_work(row).filter(juror=relieve) if relieve is not None else None
        return _reassign(row, by, open_work, {"name": relieve.name} if relieve else {})


def reopen(round_: Round, until: datetime, *, by: User, now: datetime | None = None) -> Round:
    """Open a closed round again until `until`, others taking what is open of posters in want.

    Those in want have fewer ballots than the minimum. Who has left one of them unjudged takes none
    of the others'; a juror whom nobody can replace keeps the poster.

    Raises:
        as `extend`; OutOfTurn too where the round is not closed.
    """
    with transaction.atomic(), LogContext(user=by):
        row = _in_hand(round_, by)
        now = now or timezone.now()
        if row.stage(now) != Stage.CLOSED:
            raise OutOfTurn
        wanting = [*undecided(row), *unjudged(row)]
        row = extend(row, until, by=by, now=now)
        left = _open_work(row).filter(poster__number__in=wanting)
        _reassign(row, by, left, {}, late=set(left.values_list("juror", flat=True)))
        return row


def _open_work(round_: Round) -> QuerySet[Assignment]:
    return Assignment.objects.filter(round=round_, status=AssignmentStatus.TODO)


def _reassign(
    row: Round,
    by: User,
    relieved: QuerySet[Assignment] | None,
    told: dict[str, str],
    late: Collection[int] = (),
) -> Reassignment | None:
    for juror in jurors_of(row):
        conflicts.refresh_automatic(juror)
    keys = set(relieved.values_list("pk", flat=True)) if relieved is not None else set()
    made = rebalance(row, even=True, relieved=keys, late=late)
    if made is not None and (made.added or made.removed):
        log(
            instance=row,
            action="contest.jury.reassign",
            user=by,
            data={"added": len(made.added), "removed": len(made.removed), **told},
        )
    return made


def accept_with_fewer(entry: Entry, reason: str, *, by: User, now: datetime | None = None) -> Entry:
    """Decide that a poster counts although it has fewer ballots than the minimum.

    Raises:
        NotAllowed: `by` does not run the contest.
        OutOfTurn: the round is not closed, or is counted.
        ValidationError: no reason is given; the key is `reason`.
    """
    if not reason.strip():
        raise ValidationError({"reason": _("Say why: the minutes will quote it.")})
    with transaction.atomic(), LogContext(user=by):
        row = _in_hand(entry.round, by)
        now = now or timezone.now()
        if row.stage(now) != Stage.CLOSED:
            raise OutOfTurn
        found = Entry.objects.select_for_update(of=("self",)).get(pk=entry.pk)
        found.accepted_at, found.accepted_by = now, by
        found.accepted_reason = reason.strip()[:255]
        found.save(update_fields=["accepted_at", "accepted_by", "accepted_reason"])
        log(
            instance=row,
            action="contest.jury.accept",
            user=by,
            data={"poster": found.poster.number, "reason": found.accepted_reason},
        )
        return found


def undecided(round_: Round) -> list[int]:
    """The public numbers of the posters below the minimum that nothing is decided of.

    Those without a single ballot have no place whatever one decides: they are told apart by
    `unjudged`.
    """
    return [
        one.number for one in result_of(round_).standing.unranked if one.reason == BELOW_MINIMUM
    ]


def unjudged(round_: Round) -> list[int]:
    """The public numbers of the posters of a round that nobody has judged."""
    return [one.number for one in result_of(round_).standing.unranked if one.reason == NO_BALLOT]


def count(
    round_: Round,
    *,
    by: User,
    leave_out: bool | Collection[int] = False,
    now: datetime | None = None,
) -> Round:
    """Declare a closed round counted: nothing of it changes any more, the next may take its best.

    Args:
        leave_out: go on although posters are below the minimum, and have no place: all of them,
            or those of these public numbers.

    Raises:
        NotAllowed: `by` does not run the contest.
        OutOfTurn: the round is not closed, or is counted already.
        NotReady: "below_minimum" where posters are and nothing is decided; "no_ballot" where the
            round has not one ballot.
    """
    with transaction.atomic(), LogContext(user=by):
        row = _in_hand(round_, by)
        now = now or timezone.now()
        if row.stage(now) != Stage.CLOSED:
            raise OutOfTurn
        standing = result_of(row).standing
        if not standing.lines and not standing.unranked:
            raise NotReady("no_ballot")
        placeless = {one.number for one in standing.unranked}
        allowed = placeless if leave_out is True else set(leave_out or ())
        if not placeless <= allowed:
            raise NotReady("below_minimum")
        if not standing.lines:
            raise NotReady("no_ballot")
        row.tallied_at = now
        row.save(update_fields=["tallied_at"])
        log(
            instance=row,
            action="contest.jury.count",
            user=by,
            data={"without_a_place": [one.number for one in standing.unranked]},
        )
        return row
