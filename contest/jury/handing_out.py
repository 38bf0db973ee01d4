"""Giving jurors work and taking it back, in the rows of a round: under the lock of the caller."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Container, Iterable
from dataclasses import replace

from contest.models import Assignment, Juror, Poster, Round, Seat
from contest.tally.assignment import Reassignment, reassign

from . import conflicts
from .enums import BEGUN, WORKABLE, AssignmentStatus
from .rules import entries_of


def jurors_of(round_: Round) -> list[Juror]:
    """The jurors who may be given work: those of the contest who have not left."""
    return list(Juror.objects.filter(contest=round_.category.contest_id, left_at=None))


def rebalance(
    round_: Round,
    *,
    even: bool = False,
    relieved: Container[int] = (),
    late: Collection[int] = (),
) -> Reassignment | None:
    """Bring the work of an assigned round in line with today's jurors, conflicts and posters.

    Moves as little as possible: what is begun stays where it is. Runs under the caller's lock.

    Args:
        even: hand a juror who has just come work that nobody has begun.
        relieved: keys of assignments that nobody has begun and that another juror is to take,
            where one can.
        late: keys of jurors who are given nothing more: two of them would only swap their work.

    Returns:
        What changed; None where nobody is left to judge.
    """
    posters = [entry.poster for entry in entries_of(round_)]
    jurors = jurors_of(round_)
    if not posters or not jurors:
        return None
    numbers = [poster.number for poster in posters if poster.number]
    held = _Held(round_, numbers, relieved)
    held.barred |= {(f"juror-{pk}", number) for pk in late for number in numbers} - held.current
    made = reassign(
        held.current,
        numbers,
        [juror.key for juror in jurors],
        conflicts.conflicts_among(jurors, posters) | held.barred,
        fixed=held.fixed,
        panel_size=round_.panel_size,
        minimum=round_.minimum,
        seed=round_.seed,
        even=even,
    )
    give(round_, made.added, jurors, posters)
    kept = _kept(made, held) if held.relieved else set()
    _take(round_, [pair for pair in made.removed if pair not in kept], posters)
    return replace(made, removed=tuple(pair for pair in made.removed if pair not in kept))


class _Held:
    """The work of a round as it stands, as pairs of a juror's key and a public number.

    `fixed`: begun. `relieved`: to be taken by another. `barred`: never to be given, because the
    juror stepped aside, or is to be relieved.
    """

    def __init__(self, round_: Round, numbers: list[int], relieved: Container[int]) -> None:
        self.current: set[tuple[str, int]] = set()
        self.fixed: set[tuple[str, int]] = set()
        self.relieved: set[tuple[str, int]] = set()
        self.barred: set[tuple[str, int]] = set()
        rows = Assignment.objects.filter(round=round_, poster__number__in=numbers)
        for pk, juror, number, status in rows.values_list(
            "pk", "juror", "poster__number", "status"
        ):
            pair = (f"juror-{juror}", number or 0)
            if status in WORKABLE:
                self.current.add(pair)
            if status in BEGUN:
                self.fixed.add(pair)
            elif status == AssignmentStatus.TODO and pk in relieved:
                self.relieved.add(pair)
            if status == AssignmentStatus.RECUSED:
                self.barred.add(pair)
        self.barred |= self.relieved


def _kept(made: Reassignment, held: _Held) -> set[tuple[str, int]]:
    """The work that stays with a juror to be relieved, because nobody else can take it."""
    before = Counter(number for _juror, number in held.current)
    missing = {number: before[number] - len(panel) for number, panel in made.design.panels.items()}
    kept = set()
    for juror, number in sorted(held.relieved & set(made.removed)):
        if missing[number] > 0:
            missing[number] -= 1
            kept.add((juror, number))
    return kept


def give(
    round_: Round,
    pairs: Iterable[tuple[str, int]],
    jurors: list[Juror],
    posters: list[Poster],
) -> None:
    """Make the assignments `pairs`; one that was taken away comes back as it was.

    Who had signed off and is given more has not finished: the signature is taken back.
    """
    by_key = {juror.key: juror for juror in jurors}
    by_number = {poster.number: poster for poster in posters}
    wanted = [(by_key[juror].pk, by_number[number].pk) for juror, number in pairs]
    Seat.objects.bulk_create(
        [Seat(round=round_, juror=juror) for juror in jurors], ignore_conflicts=True
    )
    known = {(row.juror_id, row.poster_id): row for row in Assignment.objects.filter(round=round_)}
    back = []
    for pair in wanted:
        row = known.get(pair)
        if row is not None and row.status == AssignmentStatus.REVOKED:
            row.status = AssignmentStatus.DRAFT if row.revision else AssignmentStatus.TODO
            back.append(row)
    Assignment.objects.bulk_update(back, ["status"])
    Assignment.objects.bulk_create(
        [
            Assignment(round=round_, juror_id=juror, poster_id=poster)
            for juror, poster in wanted
            if (juror, poster) not in known
        ]
    )
    Seat.objects.filter(
        round=round_, juror__in={juror for juror, _poster in wanted}, signed_off_at__isnull=False
    ).update(signed_off_at=None, seal="")


def _take(round_: Round, pairs: Iterable[tuple[str, int]], posters: list[Poster]) -> None:
    by_number = {poster.number: poster.pk for poster in posters}
    for juror, number in pairs:
        Assignment.objects.filter(
            round=round_,
            juror=int(juror.removeprefix("juror-")),
            poster=by_number[number],
            status=AssignmentStatus.TODO,
        ).update(status=AssignmentStatus.REVOKED)
