"""Who judges what: the assignment of a round, seen before it is sent, and brought up to date.

The design itself is `contest.tally.assignment`; here it meets the database, under the lock of the
round.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import LogContext, log

from contest import access as contest_access
from contest.enums import PosterStatus
from contest.errors import NotAllowed, OutOfTurn
from contest.models import Assignment, Entry, Juror, Jury, Poster, Round
from contest.tally.assignment import Design, design
from contest.tally.definition import MOST_FINALISTS
from contest.tally.errors import BadDefinition

from . import access, conflicts
from .enums import WORKABLE, AssignmentStatus, Method, Stage
from .errors import NotReady
from .handing_out import give, jurors_of, rebalance
from .rules import criteria_of, result_of, rules_of
from .sealing import seal_again

if TYPE_CHECKING:
    from accounts.models import User
    from contest.models import ContestPage


@dataclass(frozen=True)
class Preview:
    """An assignment before it is sent: the posters and jurors it takes, and what it gives.

    `design` is None where there is nobody to judge or nothing to be judged. `problems` are codes of
    what keeps it from being sent, the first to mend first.
    """

    posters: list[Poster]
    jurors: list[Juror]
    design: Design | None
    problems: tuple[str, ...]


def locked(round_: Round) -> Round:
    """The row of `round_`, locked until the transaction ends; every act on a round begins so."""
    return (
        Round.objects.select_for_update(of=("self",), no_key=True)
        .select_related("category__contest")
        .get(pk=round_.pk)
    )


def hold_jury(contest: ContestPage) -> Jury:
    """The jury of `contest`, made on first call, its row locked until the transaction ends.

    Whoever changes who is in the jury takes it, and whoever assigns a round, after the round: so
    somebody invited meanwhile is in that assignment or comes midway, never neither.
    """
    Jury.objects.get_or_create(contest=contest)
    return Jury.objects.select_for_update(of=("self",), no_key=True).get(contest=contest)


def previous_round(round_: Round) -> Round | None:
    """The round before, whose best go on; None for the first of a category."""
    return (
        Round.objects.filter(category=round_.category_id, sequence__lt=round_.sequence)
        .order_by("-sequence")
        .first()
    )


def candidates(round_: Round) -> list[Poster]:
    """The posters that the round would take: all admitted ones, or those that the last let through.

    Nothing while the round before is not counted.
    """
    admitted = Poster.objects.filter(
        category=round_.category_id, status=PosterStatus.ADMITTED, number__isnull=False
    ).order_by("number")
    before = previous_round(round_)
    if before is None:
        return list(admitted)
    if before.tallied_at is None:
        return []
    return list(admitted.filter(number__in=result_of(before).standing.advanced))


def preview(round_: Round) -> Preview:
    """What assigning `round_` now would give; the same again as long as nothing changes."""
    posters, jurors = candidates(round_), jurors_of(round_)
    problems = _problems(round_, posters, jurors)
    if not posters or not jurors:
        return Preview(posters, jurors, None, problems)
    numbers = [poster.number for poster in posters if poster.number]
    made = design(
        numbers,
        [juror.key for juror in jurors],
        conflicts.conflicts_among(jurors, posters),
        panel_size=round_.panel_size,
        minimum=round_.minimum,
        seed=round_.seed,
    )
    return Preview(posters, jurors, made, problems)


def _problems(round_: Round, posters: list[Poster], jurors: list[Juror]) -> tuple[str, ...]:
    found = []
    before = previous_round(round_)
    if before is not None and before.tallied_at is None:
        found.append("round_before_not_counted")
    elif not posters:
        found.append("no_poster")
    if not jurors:
        found.append("no_juror")
    if round_.opens_at is None or round_.closes_at is None:
        found.append("no_dates")
    if round_.method == Method.CRITERIA and not criteria_of(round_.category.contest):
        found.append("no_criteria")
    if round_.method == Method.RANKING and len(posters) > MOST_FINALISTS:
        found.append("too_many_finalists")
    if round_.method == Method.RANKING and round_.panel_size is not None:
        found.append("ranking_needs_everybody")
    if round_.method == Method.RANKING and round_.advance_threshold is not None:
        found.append("bad_advance")
    return tuple(found)


def assign(round_: Round, *, by: User, now: datetime | None = None) -> Round:
    """Fix the rules of `round_` and give each juror their posters; from then on it is announced.

    Returns:
        The round as it now stands.

    Raises:
        NotAllowed: `by` does not run the contest.
        OutOfTurn: it is assigned already.
        NotReady: something is missing; its `reasons` are the problems of the preview, or
            "closes_in_the_past".
    """
    now = now or timezone.now()
    with transaction.atomic(), LogContext(user=by):
        row = locked(round_)
        if not access.runs_round(by, row):
            raise NotAllowed
        if row.assigned_at is not None:
            raise OutOfTurn
        jury = hold_jury(row.category.contest)
        for juror in jurors_of(row):
            conflicts.refresh_automatic(juror)
        seen = preview(row)
        late = row.closes_at is not None and row.closes_at <= now
        problems = (*seen.problems, *(["closes_in_the_past"] if late else []))
        if problems or seen.design is None:
            raise NotReady(*problems)
        row.criteria = criteria_of(row.category.contest) if row.method == Method.CRITERIA else []
        row.assigned_at = now
        row.save(update_fields=["criteria", "assigned_at"])
        Entry.objects.bulk_create([Entry(round=row, poster=poster) for poster in seen.posters])
        try:
            rules_of(row)
        except BadDefinition as error:
            raise NotReady(error.code) from error
        give(row, seen.design.assignments, seen.jurors, seen.posters)
        if jury.held_since is None:
            jury.held_since = now
            jury.save(update_fields=["held_since"])
        log(
            instance=row,
            action="contest.jury.assign",
            user=by,
            data={"commitment": row.commitment, "posters": len(seen.posters)},
        )
        return row


def rounds_under_way(contest_id: int, now: datetime) -> list[Round]:
    """The rounds of a contest whose work is given and not yet counted."""
    rounds = Round.objects.filter(
        category__contest=contest_id, assigned_at__isnull=False, tallied_at=None
    ).select_related("category__contest")
    return [one for one in rounds if one.stage(now) != Stage.TALLIED]


def seat_newcomer(juror: Juror, *, by: User, now: datetime | None = None) -> list[Round]:
    """Give `juror`, who has come midway, a fair part of the rounds under way.

    Returns:
        The rounds in which they now sit.

    Raises:
        NotAllowed: `by` does not run the contest.
    """
    now = now or timezone.now()
    with transaction.atomic(), LogContext(user=by):
        conflicts.refresh_automatic(juror)
        rounds = []
        for one in rounds_under_way(juror.contest_id, now):
            row = locked(one)
            if not access.runs_round(by, row):
                raise NotAllowed
            if row.stage(now) not in (Stage.ASSIGNED, Stage.OPEN):
                continue
            rebalance(row, even=True)
            log(
                instance=row,
                action="contest.jury.newcomer",
                user=by,
                data={"juror": juror.pk, "name": juror.name},
            )
            rounds.append(row)
        return rounds


def let_go(juror: Juror, *, by: User, now: datetime | None = None) -> Juror:
    """Let `juror` leave the jury: what they have judged counts, the rest goes to others.

    Raises:
        NotAllowed: `by` does not run the contest.
        OutOfTurn: they have left already.
    """
    now = now or timezone.now()
    with transaction.atomic(), LogContext(user=by):
        rounds = [locked(one) for one in rounds_under_way(juror.contest_id, now)]
        row = Juror.objects.select_for_update(of=("self",)).get(pk=juror.pk)
        if not contest_access.runs(by, row.contest):
            raise NotAllowed
        if row.left_at is not None:
            raise OutOfTurn
        row.left_at = now
        row.save(update_fields=["left_at"])
        for one in rounds:
            Assignment.objects.filter(
                round=one, juror=row, status__in=[AssignmentStatus.TODO, AssignmentStatus.DRAFT]
            ).update(status=AssignmentStatus.REVOKED)
            rebalance(one)
        log(
            instance=row,
            action="contest.jury.leave",
            user=by,
            data={"name": row.name},
        )
        return row


def take_out(poster: Poster, *, now: datetime) -> None:
    """Take a poster that is shown no more out of the rounds that are not counted yet.

    Called by whatever takes a poster off: its consent is withdrawn, an editor examines it again.
    """
    with transaction.atomic():
        for entry in Entry.objects.filter(
            poster=poster, removed_at=None, round__tallied_at=None
        ).select_related("round"):
            row = locked(entry.round)
            Entry.objects.filter(pk=entry.pk).update(removed_at=now)
            judged = Assignment.objects.filter(round=row, poster=poster, status__in=WORKABLE)
            jurors = list(judged.values_list("juror", flat=True))
            judged.update(status=AssignmentStatus.REVOKED)
            seal_again(row, jurors)
