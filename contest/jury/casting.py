"""What a juror says of a poster: grades, a comment, a mark to look again.

Each act is kept at once, as one more version of a ballot. The round is locked first and the clock
read after: a ballot is in time or it is late, whatever it waited for. Only the juror may act; an
organiser has no verb here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from contest.models import Assignment, Ballot, LateBallot, Round, Seat
from contest.tally.ballots import missing_answers
from contest.tally.definition import Round as Rules

from . import access
from .assigning import locked
from .enums import WORKABLE, AssignmentStatus, Stage
from .errors import ChangedElsewhere, NotAJuror, NotOpen, SignedOff, TooLate
from .rules import rules_of

if TYPE_CHECKING:
    from accounts.models import User

LONGEST_COMMENT = 2000
Clock = Callable[[], datetime]


@dataclass(frozen=True)
class Act:
    """What one click or one line of a queue says of a poster.

    Attributes:
        grades: the answers that change, by key of question; None takes one back.
        comment: the whole comment; None leaves it as it is.
        key: drawn where the act is made, so that the same one sent again is cast once.
        based_on: version of the ballot that the juror saw; nothing is compared without.
    """

    grades: Mapping[str, int | None] = field(default_factory=dict)
    comment: str | None = None
    key: UUID = field(default_factory=uuid4)
    based_on: int | None = None


def cast(assignment: Assignment, act: Act, *, by: User, clock: Clock = timezone.now) -> Ballot:
    """Keep what `by` says of the poster of `assignment`, merged into what they said before.

    Returns:
        The ballot that now counts, or, where a question is open, the draft. An act that changes
        nothing, or that was received before, gives the one there is.

    Raises:
        NotAJuror: the work is not that of `by`, or not any more.
        NotOpen: the round has not begun.
        TooLate: it is closed; the content is kept beside.
        SignedOff: they have to take their work up again first.
        ChangedElsewhere: another device changed the same answer since `act.based_on`.
        ValidationError: a grade is off its scale or the comment too long; keys are those of the
            questions, or `comment`.
    """
    with transaction.atomic():
        round_, row, seat, now = _begin(assignment, by, clock)
        kept = Ballot.objects.filter(assignment=row, act=act.key).first()
        if kept is not None:
            return _latest(row) or kept
        rules = _checked(round_, row, act)
        if round_.stage(now) != Stage.OPEN:
            late = keep_late(row, act, now)
        else:
            if seat.signed_off_at is not None:
                raise SignedOff
            return add(row, seat, rules, act, now)
    raise TooLate(late)


def _begin(
    assignment: Assignment, by: User, clock: Clock
) -> tuple[Round, Assignment, Seat, datetime]:
    """Lock the round and the assignment, then read the clock."""
    round_ = locked(assignment.round)
    now = clock()
    row = Assignment.objects.select_for_update(of=("self",)).get(pk=assignment.pk)
    is_theirs = access.juries_of(by).filter(pk=row.juror_id).exists()
    if not is_theirs or row.status not in WORKABLE:
        raise NotAJuror
    if round_.stage(now) in (Stage.DRAFT, Stage.ASSIGNED):
        raise NotOpen
    return round_, row, Seat.objects.get(round=round_, juror=row.juror_id), now


def _checked(round_: Round, row: Assignment, act: Act) -> Rules:
    rules = rules_of(round_, draws=False)
    limits = {one.key: (one.lowest, one.scale) for one in rules.questions}
    errors = {}
    for key, grade in act.grades.items():
        if key not in limits:
            raise ValidationError({"__all__": _("This question is not one of this round.")})
        lowest, highest = limits[key]
        if grade is not None and (type(grade) is not int or not lowest <= grade <= highest):
            errors[key] = _("Choose a grade from %(lowest)s to %(highest)s.") % {
                "lowest": lowest,
                "highest": highest,
            }
    if act.comment is not None and len(act.comment) > LONGEST_COMMENT:
        errors["comment"] = _("Your comment is longer than %(most)s characters: shorten it.") % {
            "most": LONGEST_COMMENT
        }
    if errors:
        raise ValidationError(errors)
    return rules


def keep_late(row: Assignment, act: Act, now: datetime) -> LateBallot:
    """What was sent after the close, kept once; the caller holds the locks."""
    late, _made = LateBallot.objects.get_or_create(
        assignment=row,
        act=act.key,
        defaults={
            "grades": {key: grade for key, grade in act.grades.items() if grade is not None},
            "comment": act.comment or "",
            "received_at": now,
        },
    )
    return late


def _latest(row: Assignment) -> Ballot | None:
    return Ballot.objects.filter(assignment=row, n=row.revision).first() if row.revision else None


def add(row: Assignment, seat: Seat, rules: Rules, act: Act, now: datetime) -> Ballot:
    """One more version of the ballot of `row`, where `act` changes it; the caller holds the locks.

    Raises:
        ChangedElsewhere: see `cast`.
    """
    current = _latest(row)
    _compare(row, current, act)
    before = current.grades if current else {}
    grades = {**before, **act.grades}
    grades = {key: grade for key, grade in grades.items() if grade is not None}
    comment = current.comment if current else ""
    if act.comment is not None:
        comment = act.comment.strip()
    if current is not None and (grades, comment) == (current.grades, current.comment):
        if current.is_complete and row.status == AssignmentStatus.DRAFT:
            # Taken away and given back meanwhile: the juror says the same again.
            row.status = AssignmentStatus.SUBMITTED
            row.save(update_fields=["status"])
        return current
    is_complete = not missing_answers(rules, grades)
    ballot = Ballot.objects.create(
        assignment=row,
        n=row.revision + 1,
        grades=grades,
        comment=comment,
        is_complete=is_complete,
        act=act.key,
        cast_at=now,
    )
    row.revision = ballot.n
    row.changed_at = now
    row.status = AssignmentStatus.SUBMITTED if is_complete else AssignmentStatus.DRAFT
    row.save(update_fields=["revision", "changed_at", "status"])
    Seat.objects.filter(pk=seat.pk).update(last_act_at=now)
    return ballot


def _compare(row: Assignment, current: Ballot | None, act: Act) -> None:
    """Refuse an act that would undo, unseen, what another device has changed since."""
    if act.based_on is None or current is None or act.based_on >= current.n:
        return
    seen = Ballot.objects.filter(assignment=row, n=act.based_on).first()
    known = seen.grades if seen else {}
    for key, grade in act.grades.items():
        now_there = current.grades.get(key)
        if now_there not in (known.get(key), grade):
            raise ChangedElsewhere(current)
    if act.comment is not None:
        comment_seen = seen.comment if seen else ""
        if current.comment not in (comment_seen, act.comment.strip()):
            raise ChangedElsewhere(current)


def flag(assignment: Assignment, flagged: bool, *, by: User) -> None:
    """Set or take off the juror's own mark "to look at again"; no ballot, and at any time.

    Raises:
        NotAJuror: as `cast`.
    """
    if not access.juries_of(by).filter(pk=assignment.juror_id).exists():
        raise NotAJuror
    found = Assignment.objects.filter(pk=assignment.pk, status__in=WORKABLE)
    if not found.update(flagged=flagged):
        raise NotAJuror
