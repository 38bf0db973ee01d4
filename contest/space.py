"""An establishment's side of the contests: its registration, its posters, what it can do now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from campaigns.models import CampaignPage

from . import access
from .enums import QUOTA_STATUSES, PosterStatus
from .models import ContestPage, Poster, Registration
from .standing import Standing, reviewers_comments, standing_of
from .turn import Room, Turn, turn_of

if TYPE_CHECKING:
    from establishments.models import Establishment

    from .querysets import PosterQuerySet


@dataclass(frozen=True)
class Line:
    """One poster of a list: where it stands, and what was said of it."""

    poster: Poster
    standing: Standing
    comment: str


@dataclass(frozen=True)
class ContestSide:
    """What an establishment sees of one contest.

    `registration` is one that counts, None where there is none. `lines` are its posters, what
    waits for it first.
    """

    contest: ContestPage
    registration: Registration | None
    room: Room
    turn: Turn
    lines: list[Line]

    @property
    def to_correct(self) -> list[Poster]:
        """The posters that were sent back and may still be corrected."""
        return [
            line.poster
            for line in self.lines
            if line.poster.status == PosterStatus.RETURNED and line.standing.is_writable
        ]

    @property
    def drafts(self) -> int:
        """How many drafts may still be handed in."""
        return sum(
            line.poster.status == PosterStatus.DRAFT and line.standing.is_writable
            for line in self.lines
        )


def posters_of(establishment: Establishment) -> PosterQuerySet:
    """The posters of `establishment`, of every contest, the latest contest first."""
    return (
        Poster.objects.filter(establishment=establishment)
        .select_related("contest__jury", "category", "file", "establishment__academy")
        .order_by("-contest__deposit_closes_at", "contest_id", "-pk")
    )


def lines_of(posters: Iterable[Poster], now: datetime) -> list[Line]:
    """`posters`, with all that a line of a list shows; what waits for the establishment first."""
    posters = list(posters)
    comments = reviewers_comments(posters)
    lines = [
        Line(poster, standing_of(poster, now), comments.get(poster.pk, "")) for poster in posters
    ]
    return sorted(lines, key=_place)


def _place(line: Line) -> int:
    """What waits for the establishment first, what takes no part any more last."""
    status = line.poster.status
    if status in (PosterStatus.DRAFT, PosterStatus.RETURNED) and line.standing.is_writable:
        return 0
    return 1 if status in QUOTA_STATUSES else 2


def with_editions(posters: Iterable[Poster]) -> list[Poster]:
    """`posters`, whose contests know their editions; one query, however many contests."""
    posters = list(posters)
    parents = {
        poster.contest.path: poster.contest.path[: -poster.contest.steplen] for poster in posters
    }
    editions = CampaignPage.objects.defer("body").in_bulk(
        list(set(parents.values())), field_name="path"
    )
    for poster in posters:
        poster.contest.edition = editions[parents[poster.contest.path]]
    return posters


def by_contest(lines: Iterable[Line]) -> list[tuple[ContestPage, list[Line]]]:
    """`lines` of several contests as one list for each, the latest contest first."""
    found: dict[int, tuple[ContestPage, list[Line]]] = {}
    for line in lines:
        contest = line.poster.contest
        found.setdefault(contest.pk, (contest, []))[1].append(line)
    return sorted(found.values(), key=lambda pair: pair[0].deposit_closes_at, reverse=True)


def side_of(
    establishment: Establishment, contest: ContestPage, lines: list[Line], now: datetime
) -> ContestSide:
    """The side of `establishment` in `contest`, where `lines` are the posters that it has there."""
    registration = contest.registrations.filter(
        establishment=establishment, cancelled_at=None
    ).first()
    room = Room(contest.max_posters, sum(line.poster.status in QUOTA_STATUSES for line in lines))
    turn = turn_of(
        contest.calendar,
        contest.registration,
        is_registered=registration is not None,
        room=room,
        now=now,
    )
    return ContestSide(contest, registration, room, turn, lines)


def contest_of(edition: CampaignPage, establishment: Establishment) -> ContestPage | None:
    """The contest of `edition` where it is published and for `establishment`."""
    contest = ContestPage.objects.child_of(edition).live().select_related("jury").first()
    if contest is None:
        return None
    contest.edition = edition
    return contest if access.takes_part(establishment, contest) else None
