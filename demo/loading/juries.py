"""The jury of a contest: invited, set to work, heard; its palmarès published where it is over.

Everything goes through the verbs of the site, each at its instant: the palmarès of the past
edition is what the ballots of the demo give.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from accounts.models import User
from campaigns.phases import PARIS
from contest.jury import (
    assigning,
    awarding,
    casting,
    declaring,
    inviting,
    publishing,
    running,
    signing,
    telling,
)
from contest.jury.casting import Act
from contest.jury.rules import rules_of
from contest.models import Category, ContestPage, Juror, Poster, Round, Seat
from demo.dating import in_paris
from demo.reading import CONTENT
from demo.records.juries import AwardRecord, JuryRecord, MemberRecord, RoundRecord
from establishments.models import Establishment

from .past import happening_at

HALF_A_MINUTE = timedelta(seconds=30)
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Schedule:
    """When a jury is invited, set to work, opened and closed; `published_at` where it is over."""

    invited_at: datetime
    assigned_at: datetime
    opens_at: datetime
    closes_at: datetime
    published_at: datetime | None = None

    @classmethod
    def of_past(cls, contest: ContestPage) -> Schedule:
        """A jury that met on the contest's day and released its results on time.

        Raises:
            ValueError: the contest has no such day or no results.
        """
        if contest.jury_on is None or contest.results_at is None:
            raise ValueError("A past contest of the demo has a jury and results")
        invited = contest.deposit_closes_at + DAY
        opens = in_paris(contest.jury_on, time(9))
        closes = in_paris(contest.jury_on, time(17))
        return cls(invited, opens - 4 * DAY, opens, closes, contest.results_at)

    @classmethod
    def of_present(cls, now: datetime) -> Schedule:
        """A round that is open at `now`, and until the evening of the fifth day from then."""
        closes = in_paris(now.astimezone(PARIS).date() + 5 * DAY, time(18))
        return cls(
            now - timedelta(hours=4), now - timedelta(hours=3), now - timedelta(hours=2), closes
        )


def members_of() -> list[MemberRecord]:
    """Everybody who sits in the juries of the demo."""
    return [MemberRecord(**table) for table in _read("members")["member"]]


def jury_of(edition: str) -> JuryRecord:
    """The jury of the contest of an edition, named as its file.

    Raises:
        KeyError, TypeError: a part is missing or unknown.
    """
    table = _read(edition)
    return JuryRecord(
        rounds=tuple(
            RoundRecord(
                **row | {name: tuple(row.get(name, ())) for name in ("signed_off", "absent")},
            )
            for row in table["round"]
        ),
        awards=tuple(AwardRecord(**row) for row in table.get("award", [])),
    )


def tell_jury(
    record: JuryRecord,
    contest: ContestPage,
    *,
    schedule: Schedule,
    categories: dict[str, Category],
    posters: dict[str, Poster],
    establishments: dict[str, Establishment],
    by: User,
) -> None:
    """Carry the jury of `contest` from its invitation to where its record stops.

    `categories` by code, `posters` by slug, `establishments` by UAI; `by` runs the contest.
    """
    jurors = {
        member.slug: _invite(member, contest, schedule, establishments, by)
        for member in members_of()
    }
    rounds = [_assign(row, categories[row.category], schedule, by) for row in record.rounds]
    for row, round_ in zip(record.rounds, rounds, strict=True):
        _hear(row, round_, jurors, posters, schedule)
    if schedule.published_at is not None:
        _conclude(record, rounds, contest, posters, schedule=schedule, by=by)


def _invite(
    member: MemberRecord,
    contest: ContestPage,
    schedule: Schedule,
    establishments: dict[str, Establishment],
    by: User,
) -> Juror:
    with happening_at(schedule.invited_at):
        juror = inviting.invite(
            Juror(
                contest=contest,
                name=member.name,
                email=member.email,
                title=member.title,
                college=member.college,
                establishment=establishments.get(member.establishment),
            ),
            by=by,
            now=schedule.invited_at,
        )
    User.objects.filter(username=member.email).update(
        first_name=member.first_name, last_name=member.last_name
    )
    return juror


def _assign(row: RoundRecord, category: Category, schedule: Schedule, by: User) -> Round:
    round_ = Round.objects.create(
        category=category,
        name=row.name,
        method=row.method,
        minimum=row.minimum,
        opens_at=schedule.opens_at,
        closes_at=schedule.closes_at,
    )
    with happening_at(schedule.assigned_at):
        return assigning.assign(round_, by=by, now=schedule.assigned_at)


def _hear(
    row: RoundRecord,
    round_: Round,
    jurors: dict[str, Juror],
    posters: dict[str, Poster],
    schedule: Schedule,
) -> None:
    """Let each juror come, say that they know of no conflict, grade one poster after the other."""
    questions = [one.key for one in rules_of(round_, draws=False).questions]
    for order, (slug, juror) in enumerate(jurors.items()):
        if slug in row.absent or juror.user is None:
            continue
        at = schedule.opens_at + timedelta(minutes=5 * (order + 1))
        with happening_at(at):
            _come(juror, juror.user, at)
        for poster, cast in row.ballots.items():
            if slug not in cast:
                continue
            at += HALF_A_MINUTE
            work = round_.assignments.get(juror=juror, poster=posters[poster])
            grades = dict(zip(questions, map(int, cast[slug]), strict=True))
            _at(at, casting.cast, work, Act(grades=grades), by=juror.user)
        if slug in row.signed_off or schedule.published_at is not None:
            seat = Seat.objects.get(round=round_, juror=juror)
            _at(at + HALF_A_MINUTE, signing.sign_off, seat, by=juror.user)


def _at(instant: datetime, verb: Callable[..., object], *args: object, by: User) -> None:
    """Do what a juror does at `instant`, by the clock of the site and by that of the round."""
    with happening_at(instant):
        verb(*args, by=by, clock=lambda: instant)


def _come(juror: Juror, user: User, at: datetime) -> None:
    if juror.joined_at is None:
        juror.joined_at = at
        juror.save(update_fields=["joined_at"])
        declaring.declare(juror, [], by=user, now=at)


def _conclude(
    record: JuryRecord,
    rounds: list[Round],
    contest: ContestPage,
    posters: dict[str, Poster],
    *,
    schedule: Schedule,
    by: User,
) -> None:
    at = schedule.closes_at + timedelta(minutes=30)
    published_at = schedule.published_at or at
    with happening_at(at):
        for round_ in rounds:
            running.count(round_, by=by, now=at)
        prizes = {prize.label: prize for prize in contest.prizes.all()}
        for award in record.awards:
            number = posters[award.poster].number or 0
            awarding.give(contest, prizes[award.prize], number, award.reason, by=by, now=at)
    with happening_at(published_at):
        result = publishing.publish(contest, by=by, now=published_at)
        # As the worker did then: it will find the mails queued.
        telling.tell_schools(result.pk, now=published_at)


def _read(name: str) -> dict[str, Any]:
    text = (CONTENT / "jury" / f"{name}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
