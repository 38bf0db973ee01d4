"""The jury as its organisers see it: who is in it, how far each is; what each round waits for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _

from contest.models import Category, Conflict, Juror, Round

from .enums import STAGE_LABELS, ConflictSource, Stage

if TYPE_CHECKING:
    from django.utils.functional import Promise

    from accounts.models import MailRecord
    from contest.models import ContestPage


@dataclass(frozen=True)
class Member:
    """A line of the list of jurors."""

    juror: Juror
    conflicts: int
    invitation: MailRecord | None

    @property
    def is_unreachable(self) -> bool:
        """Whether their invitation did not arrive."""
        return self.invitation is not None and self.invitation.outcome == "failed"


@dataclass(frozen=True)
class Step:
    """A round, where it stands, and what its organisers do next; `page` is an address's name."""

    round: Round
    stage: Stage
    label: Promise
    act: Promise
    page: str

    @property
    def is_draft(self) -> bool:
        """Whether its rules may still change."""
        return self.stage == Stage.DRAFT


@dataclass(frozen=True)
class CategorySteps:
    """A category and its rounds, in their order."""

    category: Category
    steps: list[Step]


ACTS: dict[Stage, tuple[Promise, str]] = {
    Stage.DRAFT: (_("Preview the assignment"), "jury_round_assignment"),
    Stage.ASSIGNED: (_("Follow the round"), "jury_round_progress"),
    Stage.OPEN: (_("Follow the round"), "jury_round_progress"),
    Stage.CLOSED: (_("Decide, then count"), "jury_round_count"),
    Stage.TALLIED: (_("See the result"), "jury_round_tally"),
}
"""What is done next at each stage, and where."""


def members_of(contest: ContestPage) -> tuple[list[Member], list[Juror]]:
    """Those who sit in the jury of `contest`, and those who have left; two queries."""
    jurors = (
        Juror.objects.filter(contest=contest)
        .select_related("establishment", "invitation")
        .prefetch_related(
            Prefetch("conflicts", Conflict.objects.filter(source=ConflictSource.DECLARED))
        )
    )
    here = [
        Member(juror, len(juror.conflicts.all()), juror.invitation)
        for juror in jurors
        if juror.left_at is None
    ]
    return here, [juror for juror in jurors if juror.left_at is not None]


def steps_of(contest: ContestPage, now: datetime) -> list[CategorySteps]:
    """Every category of `contest` with its rounds; two queries."""
    categories = Category.objects.filter(contest=contest).prefetch_related(
        Prefetch("rounds", Round.objects.order_by("sequence"))
    )
    return [
        CategorySteps(category, [_step(round_, now) for round_ in category.rounds.all()])
        for category in categories
    ]


def _step(round_: Round, now: datetime) -> Step:
    stage = round_.stage(now)
    act, page = ACTS[stage]
    return Step(round_, stage, STAGE_LABELS[stage], act, page)
