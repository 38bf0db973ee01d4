"""A juror's own lines in what is published, found by their receipt."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from contest.tally.archive import BALLOTS, DEFINITION
from contest.tally.receipts import receipt_sha256

from .definition import category_key
from .explaining import members_of
from .sealing import receipt_for

if TYPE_CHECKING:
    from contest.models import Result, Seat


@dataclass(frozen=True)
class OwnLines:
    """What a published palmarès holds of one juror in one round.

    `alias` is empty where it holds nothing of theirs. `lines` as `ballots.csv` has them: number of
    the poster, key of the criterion, grade. `is_withheld`: too few jurors have judged for ballots
    to be public, so that there is no line to find.
    """

    alias: str
    lines: tuple[tuple[int, str, int], ...]
    is_withheld: bool


def lines_of(result: Result, seat: Seat) -> OwnLines:
    """What `result` publishes of the juror of `seat` in its round.

    Raises:
        contest.tally.errors.BadPublication: the archive is lost or damaged.
    """
    members = members_of(result)
    definition = json.loads(members[DEFINITION])
    key = category_key(seat.round.category_id)
    digest = receipt_sha256(receipt_for(seat))
    alias = next(
        (
            juror["alias"]
            for category in definition["categories"]
            if category["key"] == key
            for juror in category["jurors"]
            if juror["receipt_sha256"] == digest
        ),
        "",
    )
    own = []
    for line in members[BALLOTS].decode().splitlines()[1:]:
        round_, number, juror, criterion, grade = line.split(",")
        if alias and (round_, juror) == (seat.round.key, alias):
            own.append((int(number), criterion, int(grade)))
    return OwnLines(alias, tuple(own), seat.round.key in definition["withheld"])
