"""How far a round is, by juror and by poster; nothing in it tells a grade or a juror's own mark.

A constant number of queries, whatever the size of the jury.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from contest.models import Assignment, Juror, Poster, Round, Seat

from .enums import WORKABLE, AssignmentStatus
from .reminding import NOT_TWICE_WITHIN
from .rules import entries_of


@dataclass(frozen=True)
class JurorLine:
    """How far one juror is. `last_act_at` and `signed_off_at` are None where there was none."""

    juror: Juror
    judged: int
    begun: int
    to_do: int
    recused: int
    last_act_at: datetime | None
    signed_off_at: datetime | None
    may_be_reminded: bool

    @property
    def total(self) -> int:
        """How many posters the juror has to judge."""
        return self.judged + self.begun + self.to_do

    @property
    def left(self) -> int:
        """How many are not judged yet."""
        return self.begun + self.to_do

    @property
    def is_late(self) -> bool:
        """Whether something is left for a juror who is still there."""
        return bool(self.left) and self.juror.left_at is None


@dataclass(frozen=True)
class Judge:
    """A juror on a poster."""

    name: str
    is_done: bool


@dataclass(frozen=True)
class PosterLine:
    """How many have judged a poster: `ballots` in, of `expected`, where `minimum` are needed."""

    number: int
    poster: Poster
    ballots: int
    expected: int
    minimum: int
    accepted_reason: str
    judges: tuple[Judge, ...]

    @property
    def is_short(self) -> bool:
        """Whether it cannot reach the minimum with the jurors that it has."""
        return self.expected < self.minimum

    @property
    def is_below(self) -> bool:
        """Whether it has fewer ballots than the minimum so far."""
        return self.ballots < self.minimum


@dataclass(frozen=True)
class Progress:
    """A round at an instant."""

    jurors: tuple[JurorLine, ...]
    posters: tuple[PosterLine, ...]

    @property
    def judged(self) -> int:
        """How many ballots are in."""
        return sum(line.judged for line in self.jurors)

    @property
    def total(self) -> int:
        """How many are expected."""
        return sum(line.total for line in self.jurors)

    @property
    def percentage(self) -> int:
        """The share of ballots in, rounded down: 100 only where none is missing."""
        return self.judged * 100 // self.total if self.total else 0

    @property
    def late(self) -> tuple[JurorLine, ...]:
        """The jurors with something left."""
        return tuple(line for line in self.jurors if line.is_late)

    @property
    def remindable(self) -> int:
        """How many of the late may be written to."""
        return sum(line.may_be_reminded for line in self.jurors)

    @property
    def short(self) -> tuple[PosterLine, ...]:
        """The posters that cannot reach the minimum with the jurors that they have."""
        return tuple(line for line in self.posters if line.is_short)


def progress_of(round_: Round, now: datetime) -> Progress:
    """How far `round_` is at `now`."""
    seats = list(Seat.objects.filter(round=round_).select_related("juror"))
    return Progress(_juror_lines(round_, seats, now), _poster_lines(round_, seats))


def _juror_lines(round_: Round, seats: Iterable[Seat], now: datetime) -> tuple[JurorLine, ...]:
    counts: Counter[tuple[int, str]] = Counter()
    rows = (
        Assignment.objects.filter(round=round_)
        .order_by()
        .values_list("juror", "status")
        .annotate(number=Count("pk"))
    )
    for juror, status, number in rows:
        counts[juror, status] += number
    lines = []
    for seat in seats:
        juror = seat.juror
        begun = counts[juror.pk, AssignmentStatus.DRAFT]
        to_do = counts[juror.pk, AssignmentStatus.TODO]
        rested = juror.reminded_at is None or juror.reminded_at <= now - NOT_TWICE_WITHIN
        lines.append(
            JurorLine(
                juror=juror,
                judged=counts[juror.pk, AssignmentStatus.SUBMITTED],
                begun=begun,
                to_do=to_do,
                recused=counts[juror.pk, AssignmentStatus.RECUSED],
                last_act_at=seat.last_act_at,
                signed_off_at=seat.signed_off_at,
                may_be_reminded=bool(begun + to_do) and juror.left_at is None and rested,
            )
        )
    return tuple(lines)


def _poster_lines(round_: Round, seats: Iterable[Seat]) -> tuple[PosterLine, ...]:
    names = {seat.juror_id: seat.juror.name for seat in seats}
    judges: dict[int, list[Judge]] = {}
    rows = Assignment.objects.filter(round=round_, status__in=WORKABLE).order_by()
    for poster, juror, status in rows.values_list("poster", "juror", "status"):
        done = status == AssignmentStatus.SUBMITTED
        judges.setdefault(poster, []).append(Judge(names.get(juror, ""), done))
    lines = []
    for entry in entries_of(round_):
        own = sorted(judges.get(entry.poster_id, []), key=lambda one: (not one.is_done, one.name))
        lines.append(
            PosterLine(
                number=entry.poster.number or 0,
                poster=entry.poster,
                ballots=sum(one.is_done for one in own),
                expected=len(own),
                minimum=round_.minimum,
                accepted_reason=entry.accepted_reason,
                judges=tuple(own),
            )
        )
    return tuple(lines)
