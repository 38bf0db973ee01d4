"""Preparing a round: what is proposed, its rules while they may change, its assignment seen."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import LogContext, log

from campaigns.phases import PARIS
from contest import access as contest_access
from contest.errors import NotAllowed, OutOfTurn
from contest.models import Category, Conflict, Round
from contest.tally.assignment import everyone_fits

from . import access, assigning, conflicts, mailing
from .assigning import Preview, locked
from .enums import Method
from .handing_out import jurors_of

if TYPE_CHECKING:
    from accounts.models import User
    from contest.models import ContestPage, Juror

OPENS, CLOSES = time(9), time(18)
A_WEEK = timedelta(days=7)
FINALISTS = 20
A_PANEL = 3


class PreviewChanged(Exception):
    """What would be assigned is no longer what was seen."""


def proposal(category: Category, contest: ContestPage) -> Round:
    """A round for `category`, not stored, with what suits it best.

    Up to some 60 posters everybody judges everything, in one round. Beyond, a first round by panels
    keeps the best, whom everybody judges in the second.
    """
    before = category.rounds.order_by("-sequence").first()
    sequence = before.sequence + 1 if before else 1
    posters = len(assigning.candidates(Round(category=category, sequence=sequence)))
    opens, closes = _proposed_dates(contest, before)
    version = Round(
        category=category,
        sequence=sequence,
        name=_("Final"),
        opens_at=opens,
        closes_at=closes,
    )
    if before is None and not everyone_fits(posters):
        version.name = _("First round")
        version.method = Method.APPROVAL
        version.panel_size = A_PANEL
        version.advance_count = FINALISTS
    return version


def _proposed_dates(contest: ContestPage, before: Round | None) -> tuple[datetime, datetime]:
    if before is not None and before.closes_at is not None:
        first = before.closes_at.astimezone(PARIS).date() + timedelta(days=1)
    else:
        first = contest.deposit_closes_at.astimezone(PARIS).date() + timedelta(days=1)
        first = max(first, contest.jury_on or first)
    last = first + A_WEEK
    if contest.results_at is not None:
        last = min(last, contest.results_at.astimezone(PARIS).date() - timedelta(days=1))
    return _at(first, OPENS), _at(max(first, last), CLOSES)


def _at(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, tzinfo=PARIS).astimezone(UTC)


def save_round(version: Round, *, by: User) -> Round:
    """Keep `version`, a round in memory, new or changed; nothing is sent.

    Raises:
        NotAllowed: `by` does not run the contest.
        OutOfTurn: its posters are assigned: the rules are fixed.
        ValidationError: a value does not fit; keys are field names.
    """
    contest = version.category.contest
    if not contest_access.runs(by, contest):
        raise NotAllowed
    with transaction.atomic(), LogContext(user=by):
        # The round first, then the jury: in the order in which `assigning.assign` takes them.
        if version.pk is not None and locked(version).assigned_at is not None:
            raise OutOfTurn
        assigning.hold_jury(contest)
        if version.pk is None:
            taken = Round.objects.filter(category=version.category)
            version.sequence = max([0, *taken.values_list("sequence", flat=True)]) + 1
        version.clean_fields()
        problems = rule_problems(version, contest)
        if problems:
            raise ValidationError(problems)
        version.save()
        log(
            instance=version,
            action="contest.jury.round",
            user=by,
            data={"category": version.category.name, "name": version.name},
        )
        return version


def delete_round(round_: Round, *, by: User) -> None:
    """Forget a round in preparation.

    Raises:
        NotAllowed, OutOfTurn: as for `save_round`.
    """
    with transaction.atomic(), LogContext(user=by):
        row = locked(round_)
        if not access.runs_round(by, row):
            raise NotAllowed
        if row.assigned_at is not None:
            raise OutOfTurn
        log(
            instance=row.category.contest,
            action="contest.jury.round_delete",
            user=by,
            data={"category": row.category.name, "name": row.name},
        )
        row.delete()


def rule_problems(version: Round, contest: ContestPage) -> dict[str, str]:
    """What is wrong with the rules of `version` taken together, by field."""
    found: dict[str, str] = {}
    if version.opens_at and version.closes_at and version.closes_at <= version.opens_at:
        found["closes_at"] = _("A round closes after it opens.")
    if version.advance_count is not None and version.advance_threshold is not None:
        found["advance_threshold"] = _("Choose a number or a threshold, not both.")
    if version.severity and version.method != Method.CRITERIA:
        found["severity"] = _("Only grades by criterion can be corrected for severity.")
    if version.severity and version.panel_size is None:
        found["severity"] = _("Where everybody judges everything, there is nothing to correct.")
    if version.method == Method.RANKING and version.panel_size is not None:
        found["panel_size"] = _("A ranking needs everybody: leave this empty.")
    if version.panel_size is not None and version.minimum > version.panel_size:
        found["minimum"] = _("A poster cannot receive more ballots than it has jurors.")
    if version.advance_threshold is not None and "advance_threshold" not in found:
        problem = _threshold_problem(version, contest)
        if problem:
            found["advance_threshold"] = problem
    return found


def _threshold_problem(version: Round, contest: ContestPage) -> str:
    value = version.advance_threshold
    if value is None:
        return ""
    if version.method == Method.RANKING:
        return _("A ranking gives no result to compare: choose how many go on.")
    if version.method == Method.APPROVAL and not 0 < value <= 1:
        return _("A share of those who keep it: from 0 to 1; 0.5 is half.")
    if version.method == Method.MAJORITY and (value != int(value) or not 1 <= value <= 5):
        return _("A mention: from 1 (Passable) to 5 (Excellent).")
    scales = [row.scale for row in contest.criteria.all()]
    if version.method == Method.CRITERIA and not 0 < value <= max(scales, default=20):
        return _("A grade that posters can reach.")
    return ""


@dataclass(frozen=True)
class Load:
    """What a juror would judge, and how many posters they must not."""

    juror: Juror
    posters: int
    conflicts: int


@dataclass(frozen=True)
class Outlook:
    """An assignment before it is sent, in what an organiser decides by.

    `digest` tells one assignment from another. `pairs`: the fewest and the most posters that two
    jurors share; None with one juror. `groups`: names of jurors whose grades cannot be compared
    with those of the others, where there is more than one group.
    """

    preview: Preview
    loads: list[Load]
    digest: str
    pairs: tuple[int, int] | None
    groups: list[list[str]]
    warnings: list[str]

    @property
    def is_ready(self) -> bool:
        """Whether nothing keeps it from being sent."""
        return not self.preview.problems and self.preview.design is not None

    @property
    def conflicts(self) -> int:
        """How many pairs of juror and poster are kept apart."""
        return sum(load.conflicts for load in self.loads)

    @property
    def everyone(self) -> bool:
        """Whether the posters are few enough for everybody to judge everything."""
        return everyone_fits(len(self.preview.posters))


def outlook_of(round_: Round, now: datetime) -> Outlook:
    """What assigning `round_` now would give, in a constant number of queries."""
    from .assignment_warnings import warnings_of

    seen = assigning.preview(round_)
    kept_apart = conflicts.conflicts_among(seen.jurors, seen.posters)
    by_juror = Counter(key for key, _number in kept_apart)
    design = seen.design
    names = {juror.key: juror.name for juror in seen.jurors}
    shared = list(design.shared.values()) if design else []
    groups = design.groups if design else ()
    return Outlook(
        preview=seen,
        loads=[
            Load(juror, design.loads[juror.key] if design else 0, by_juror[juror.key])
            for juror in seen.jurors
        ],
        digest=_digest_of(seen),
        pairs=(min(shared), max(shared)) if shared else None,
        groups=[[names[key] for key in group] for group in groups] if len(groups) > 1 else [],
        warnings=warnings_of(round_, seen, now),
    )


def _digest_of(seen: Preview) -> str:
    pairs = seen.design.assignments if seen.design else ()
    return hashlib.sha256(repr(pairs).encode()).hexdigest()


def assign_and_announce(round_: Round, *, seen: str, by: User, now: datetime) -> Round:
    """Assign `round_` as its organiser has seen it, and write to those who judge in it.

    Args:
        seen: the digest of the outlook that was seen.

    Raises:
        PreviewChanged: something changed since; nothing is assigned.
        NotAllowed, OutOfTurn, NotReady: see `assigning.assign`.
    """
    for juror in jurors_of(round_):
        conflicts.refresh_automatic(juror)
    with transaction.atomic():
        row = locked(round_)
        if row.assigned_at is None and _digest_of(assigning.preview(row)) != seen:
            raise PreviewChanged
        row = assigning.assign(row, by=by, now=now)
        mailing.announce(row, now)
        return row


def undeclared(jurors: list[Juror]) -> list[Juror]:
    """Those of whom no conflict is known and who have not said that there is none."""
    told = set(
        Conflict.objects.filter(juror__in=[one.pk for one in jurors]).values_list(
            "juror", flat=True
        )
    )
    return [one for one in jurors if one.declared_at is None and one.pk not in told]
