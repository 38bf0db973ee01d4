"""What a juror sees of their own work: rounds, posters in their order, what they have said so far.

Nothing here tells whose poster it is: of a poster, its number, its alternative text, its pictures.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Count, F, Q

from contest.models import Assignment, Ballot, Juror, LateBallot, Round, Seat
from contest.tally.assignment import shuffle_for

from . import access
from .enums import WORKABLE, AssignmentStatus, Stage
from .questions import Question, answers_in_words, questions_of
from .sealing import receipt_for

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from contest.models import PosterFile

TO_JUDGE, BEGUN, JUDGED, FLAGGED = "a-juger", "commencees", "jugees", "a-revoir"

FILTERS: dict[str, Callable[[Place], bool]] = {
    TO_JUDGE: lambda place: place.status == AssignmentStatus.TODO,
    BEGUN: lambda place: place.status == AssignmentStatus.DRAFT,
    JUDGED: lambda place: place.status == AssignmentStatus.SUBMITTED,
    FLAGGED: lambda place: place.flagged,
}
"""What an overview may be narrowed to, by the word in its address."""


@dataclass(frozen=True)
class Place:
    """A poster in a juror's order: just enough to go from one to the next."""

    number: int
    status: str
    flagged: bool

    @property
    def is_judged(self) -> bool:
        """Whether nothing is left to say of it."""
        return self.status == AssignmentStatus.SUBMITTED


@dataclass(frozen=True)
class Line:
    """A poster in an overview, with what the juror has said of it."""

    place: Place
    alternative: str
    file: PosterFile | None
    answers: list[tuple[str, str]]
    has_comment: bool


@dataclass(frozen=True)
class Bar:
    """One line of a distribution: an answer, how often it was given, its share of the longest."""

    label: str
    count: int
    width: int


@dataclass(frozen=True)
class Progress:
    """How far a juror is."""

    total: int
    judged: int

    @property
    def left(self) -> int:
        """Posters still to be judged."""
        return self.total - self.judged


@dataclass(frozen=True)
class DeskLine:
    """A round on a juror's desk."""

    seat: Seat
    stage: Stage
    progress: Progress
    receipt: str = ""
    results: str = ""

    @property
    def round(self) -> Round:
        """Its round."""
        return self.seat.round


@dataclass(frozen=True)
class Way:
    """The numbers that lead on from one poster, None where there is none."""

    rank: int
    previous: int | None = None
    following: int | None = None
    unjudged: int | None = None
    numbers: list[int] = field(default_factory=list)


def seats_in_view(juries: Iterable[Juror]) -> QuerySet[Seat]:
    """The seats of these jurors in rounds whose posters are assigned, begun or not."""
    return (
        Seat.objects.filter(juror__in=[juror.pk for juror in juries])
        .filter(round__assigned_at__isnull=False)
        .select_related("round__category__contest__jury", "juror__contest__jury")
        .order_by("round__closes_at", "round__category__sort_order", "round")
    )


def desk_of(juries: Sequence[Juror], now: datetime) -> list[DeskLine]:
    """Every round of a juror, with how far they are; two queries whatever their number."""
    seats = list(seats_in_view(juries))
    is_judged = Q(status=AssignmentStatus.SUBMITTED)
    rows = (
        Assignment.objects.filter(juror__in=[juror.pk for juror in juries], status__in=WORKABLE)
        .filter(poster__live=True)
        .values_list("round", "juror")
        .order_by()
        .annotate(total=Count("pk"), judged=Count("pk", filter=is_judged))
    )
    counted = {(round_, juror): Progress(total, judged) for round_, juror, total, judged in rows}
    return [
        DeskLine(
            seat,
            seat.round.stage(now),
            counted.get((seat.round_id, seat.juror_id), Progress(0, 0)),
            receipt=_receipt(seat),
            results=_results_address(seat, now),
        )
        for seat in seats
    ]


def _receipt(seat: Seat) -> str:
    return receipt_for(seat) if seat.signed_off_at is not None else ""


def _results_address(seat: Seat, now: datetime) -> str:
    contest = seat.juror.contest
    if contest.calendar.results_held or not contest.calendar.results_are_out(now):
        return ""
    address: str | None = contest.url
    return f"{address}resultats/" if address else ""


def places_of(seat: Seat) -> list[Place]:
    """The posters of a seat in the juror's own order, which never changes; one query."""
    rows = (
        Assignment.objects.filter(round_id=seat.round_id, juror_id=seat.juror_id)
        .filter(status__in=WORKABLE, poster__live=True, poster__number__isnull=False)
        .values_list("poster__number", "status", "flagged")
    )
    places = [Place(number or 0, status, flagged) for number, status, flagged in rows]
    return _in_order(seat, {place.number: place for place in places})


def _in_order(seat: Seat, places: dict[int, Place]) -> list[Place]:
    round_ = seat.round
    order = shuffle_for(seat.juror.key, round_.key, round_.seed, places)
    return [places[number] for number in order]


def progress_of(places: Iterable[Place]) -> Progress:
    """How many, and how many judged."""
    found = list(places)
    return Progress(len(found), sum(place.is_judged for place in found))


def assignment_of(seat: Seat, number: int) -> Assignment | None:
    """The juror's own work on the poster of that number; None where it is not theirs."""
    return access.work_of(seat).filter(poster__number=number).first()


def stepped_aside(seat: Seat, number: int) -> bool:
    """Whether the juror has stepped aside from the poster of that number."""
    return Assignment.objects.filter(
        round=seat.round_id,
        juror=seat.juror_id,
        poster__number=number,
        status=AssignmentStatus.RECUSED,
    ).exists()


def is_awaited(juror: Juror, lines: Iterable[DeskLine]) -> bool:
    """Whether `juror` has still to say which establishments they know: while it is of use."""
    if juror.declared_at is not None:
        return False
    mine = [line for line in lines if line.round.category.contest_id == juror.contest_id]
    return not mine or any(line.stage in (Stage.ASSIGNED, Stage.OPEN) for line in mine)


def ballot_of(assignment: Assignment) -> Ballot | None:
    """What the juror has said last of a poster."""
    if not assignment.revision:
        return None
    return Ballot.objects.filter(assignment=assignment, n=assignment.revision).first()


def way_from(places: Sequence[Place], number: int, kept: str = "") -> Way:
    """Where one goes from poster `number`, among those that the filter `kept` keeps."""
    at = next(place for place, one in enumerate(places) if one.number == number)
    keep = FILTERS.get(kept, lambda _place: True)
    before = [one.number for one in places[:at] if keep(one)]
    after = [one.number for one in places[at + 1 :] if keep(one)]
    waiting = [one.number for one in [*places[at + 1 :], *places[:at]] if not one.is_judged]
    return Way(
        rank=at + 1,
        previous=before[-1] if before else None,
        following=after[0] if after else None,
        unjudged=waiting[0] if waiting else None,
        numbers=sorted(one.number for one in places if one.number != number),
    )


def lines_of(seat: Seat) -> list[Line]:
    """The whole work of a seat, in the juror's order; two queries."""
    rows = {row.poster.number or 0: row for row in access.work_of(seat) if row.poster.number}
    ballots = {row.assignment_id: row for row in ballots_of(seat)}
    places = {
        number: Place(number, row.status, row.flagged) for number, row in sorted(rows.items())
    }
    lines = []
    for place in _in_order(seat, places):
        row = rows[place.number]
        ballot = ballots.get(row.pk)
        lines.append(
            Line(
                place,
                row.poster.alternative,
                row.poster.file,
                answers_in_words(seat.round, ballot.grades) if ballot else [],
                bool(ballot and ballot.comment),
            )
        )
    return lines


def ballots_of(seat: Seat) -> QuerySet[Ballot]:
    """The last ballots of a seat, drafts too."""
    return Ballot.objects.filter(
        assignment__round_id=seat.round_id,
        assignment__juror_id=seat.juror_id,
        assignment__status__in=WORKABLE,
        assignment__poster__live=True,
        n=F("assignment__revision"),
    )


def distribution_of(seat: Seat) -> list[tuple[Question, list[Bar]]]:
    """How often the juror gave each answer, by question; one query."""
    questions = questions_of(seat.round)
    if not questions:
        return []
    given: dict[str, Counter[int]] = {one.key: Counter() for one in questions}
    for grades in ballots_of(seat).values_list("grades", flat=True):
        for key, grade in grades.items():
            given.setdefault(key, Counter())[grade] += 1
    found = []
    for question in questions:
        counts = given[question.key]
        longest = max(counts.values(), default=0) or 1
        bars = [
            Bar(one.label, counts[one.value], round(100 * counts[one.value] / longest))
            for one in question.choices
        ]
        found.append((question, bars))
    return found


def late_of(seat: Seat, number: int | None = None) -> list[LateBallot]:
    """What the juror sent after the close, the last first; `number` for one poster only."""
    rows = LateBallot.objects.filter(
        assignment__round_id=seat.round_id, assignment__juror_id=seat.juror_id
    )
    if number is not None:
        rows = rows.filter(assignment__poster__number=number)
    return list(rows.select_related("assignment__poster").order_by("-received_at", "-pk"))
