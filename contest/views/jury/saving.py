"""What comes in from the page of a poster, and what became of it; the page says it in words.

A form without scripts sends every answer: those count that differ from what it showed. A script
sends one change at a time, each with its own key, and may send it again.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError

from contest.errors import ContestError
from contest.jury import casting
from contest.jury.casting import Act
from contest.jury.errors import ChangedElsewhere, NotAJuror, NotOpen, SignedOff, TooLate
from contest.jury.questions import questions_of
from contest.models import Ballot

if TYPE_CHECKING:
    from django.http import QueryDict

    from accounts.models import User
    from contest.models import Assignment, LateBallot, Seat

SAVED, CHANGED, SIGNED_OFF, LATE, INVALID = "saved", "changed", "signed_off", "late", "invalid"
GONE, NOT_OPEN, ANOTHER, UNSAVED = "gone", "not_open", "another", "unsaved"

STATUSES = {
    SAVED: 200,
    CHANGED: 409,
    SIGNED_OFF: 409,
    NOT_OPEN: 409,
    LATE: 410,
    INVALID: 422,
    GONE: 404,
    ANOTHER: 403,
    UNSAVED: 403,
}
"""The status of the answer to a script; a page has the same where it is not 200."""

REFUSALS: dict[type[ContestError], str] = {
    SignedOff: SIGNED_OFF,
    NotOpen: NOT_OPEN,
    NotAJuror: GONE,
}

LARGEST = 1_000_000
OFF_SCALE = -LARGEST


@dataclass(frozen=True)
class Outcome:
    """What became of what was sent: `state` is one of the words above."""

    state: str
    ballot: Ballot | None = None
    late: LateBallot | None = None
    errors: dict[str, list[str]] = field(default_factory=dict)


def keep(
    seat: Seat, assignment: Assignment, typed: QueryDict, *, by: User, is_whole: bool
) -> Outcome:
    """Cast what was sent.

    Args:
        is_whole: every answer was sent, changed or not, as a form does.
    """
    if typed.get("seat") != str(seat.pk):
        return Outcome(ANOTHER)  # a page that somebody else of this tablet had left open
    act = read_act(assignment, typed, is_whole=is_whole)
    if not act.grades and act.comment is None:
        return Outcome(SAVED, ballot=_latest(assignment))
    try:
        return Outcome(SAVED, ballot=casting.cast(assignment, act, by=by))
    except (ContestError, ValidationError) as error:
        return refusal_of(error)


def refusal_of(error: ContestError | ValidationError) -> Outcome:
    """Why a verb of `contest.jury.casting` has refused.

    Raises:
        ContestError: the error, where it is none of those that a juror may meet.
    """
    if isinstance(error, ValidationError):
        return Outcome(INVALID, errors=error.message_dict)
    if isinstance(error, ChangedElsewhere):
        return Outcome(CHANGED, ballot=error.ballot)
    if isinstance(error, TooLate):
        return Outcome(LATE, late=error.late)
    if type(error) not in REFUSALS:
        raise error
    return Outcome(REFUSALS[type(error)])


def read_act(assignment: Assignment, typed: QueryDict, *, is_whole: bool) -> Act:
    """What `typed` asks for; what is no number is off every scale, and refused as such."""
    based_on = _number(typed.get("based_on", ""))
    base = based_on if based_on is not None and 0 <= based_on <= LARGEST else None
    grades = {
        question.key: _number(text) if text else None
        for question in questions_of(assignment.round)
        if (text := typed.get(question.key)) is not None
    }
    comment = typed.get("comment")
    comment = clean(comment) if comment is not None else None
    if is_whole:
        seen = Ballot.objects.filter(assignment=assignment, n=base).first() if base else None
        shown = seen.grades if seen else {}
        grades = {key: grade for key, grade in grades.items() if grade != shown.get(key)}
        if comment is not None and comment.strip() == (seen.comment if seen else ""):
            comment = None
    return Act(grades=grades, comment=comment, key=read_key(typed), based_on=base)


def read_key(typed: QueryDict) -> UUID:
    """The key of the act, drawn by the page; another where what was sent is none."""
    try:
        return UUID(typed.get("act", ""))
    except ValueError:
        return new_key()


def new_key() -> UUID:
    """A key for an act to come: what is sent twice with it is cast once."""
    return uuid4()


def clean(text: str) -> str:
    """A comment with the line ends of the database, without what it cannot hold."""
    return text.replace("\r\n", "\n").replace("\x00", "")


def _number(text: str) -> int:
    try:
        return max(OFF_SCALE, min(LARGEST, int(text)))
    except ValueError:
        return OFF_SCALE


def _latest(assignment: Assignment) -> Ballot | None:
    return Ballot.objects.filter(assignment=assignment, n=assignment.revision).first()
