"""A round as the tally knows it: its rules and its ballots, read from the database."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from django.db.models import F

from contest.models import Ballot, Entry, Round
from contest.tally import ballots as tally_ballots
from contest.tally.definition import Advance, Criterion
from contest.tally.definition import Round as Rules
from contest.tally.tallying import RoundResult, tally_round

from .enums import AssignmentStatus, Method

if TYPE_CHECKING:
    from contest.models import ContestPage


def criteria_of(contest: ContestPage) -> list[dict[str, Any]]:
    """The criteria of the contest as a round keeps them: key, label, help, weight, scale."""
    return [
        {
            "key": f"critere-{row.pk}",
            "label": row.label,
            "help": row.help_text,
            "weight": row.weight,
            "scale": row.scale,
        }
        for row in contest.criteria.all()
    ]


def frozen_criteria(round_: Round) -> list[dict[str, Any]]:
    """The criteria that `round_` judges by: fixed once assigned, until then those of the page."""
    if round_.method != Method.CRITERIA:
        return []
    if round_.assigned_at is not None:
        return list(round_.criteria)
    return criteria_of(round_.category.contest)


def rules_of(round_: Round, entries: list[Entry] | None = None, *, draws: bool = True) -> Rules:
    """The rules of `round_` as a pure value.

    Args:
        entries: its posters still in it, with their posters; read where not given.
        draws: whether the seed is told, so that a lot can be drawn: once ballots are in.

    Raises:
        contest.tally.errors.BadDefinition: the rules contradict each other.
    """
    rows = entries if entries is not None else entries_of(round_)
    numbers = tuple(sorted(entry.poster.number for entry in rows if entry.poster.number))
    accepted = tuple(
        sorted(
            entry.poster.number
            for entry in rows
            if entry.accepted_at is not None and entry.poster.number
        )
    )
    return Rules(
        key=round_.key,
        name=round_.name,
        method=round_.method,
        numbers=numbers,
        criteria=tuple(
            Criterion(one["key"], one["label"], one["weight"], one["scale"])
            for one in frozen_criteria(round_)
        ),
        panel_size=round_.panel_size,
        minimum=round_.minimum,
        accepted=accepted,
        severity=round_.severity,
        last_resort=round_.last_resort,
        advance=_advance(round_),
        commitment=round_.commitment,
        seed=round_.seed if draws else "",
    )


def _advance(round_: Round) -> Advance | None:
    if round_.advance_count is not None:
        return Advance(count=round_.advance_count)
    if round_.advance_threshold is not None:
        return Advance(threshold=Fraction(round_.advance_threshold))
    return None


def entries_of(round_: Round) -> list[Entry]:
    """The posters in `round_`, by number; those withdrawn meanwhile are in it no more."""
    return list(
        Entry.objects.filter(round=round_, removed_at=None)
        .select_related("poster")
        .order_by("poster__number")
    )


def ballots_of(round_: Round) -> list[tally_ballots.Ballot]:
    """The ballots that count: the last version of each, complete, on a poster still in the round.

    A juror who left meanwhile has judged all the same; one who stepped aside has not.
    """
    rules = rules_of(round_)
    numbers = set(rules.numbers)
    keys = [one.key for one in rules.questions]
    rows = (
        Ballot.objects.filter(
            assignment__round=round_,
            assignment__status=AssignmentStatus.SUBMITTED,
            n=F("assignment__revision"),
            is_complete=True,
        )
        .order_by("assignment__juror", "assignment__poster__number")
        .values_list("assignment__juror", "assignment__poster__number", "grades")
    )
    return [
        tally_ballots.Ballot(f"juror-{juror}", number, tuple(grades[key] for key in keys))
        for juror, number, grades in rows
        if number in numbers
    ]


def result_of(round_: Round) -> RoundResult:
    """The result of `round_` from its ballots as they are now.

    Raises:
        contest.tally.errors.TallyError: see `contest.tally.tallying.tally_round`.
    """
    return tally_round(rules_of(round_), ballots_of(round_))
