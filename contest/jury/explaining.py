"""How a palmarès was decided, in what its readers need: read from its own archive.

The archive says what the rules were; the contest's page may say something else since.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from django.core.cache import cache

from contest.tally.archive import DEFINITION, RESULT, read_archive
from contest.tally.errors import BadPublication

if TYPE_CHECKING:
    from collections.abc import Mapping

    from contest.models import Result

SECONDS_KEPT = 24 * 60 * 60
"""A published archive never changes: this only bounds what the cache holds."""


@dataclass(frozen=True)
class RoundRules:
    """One round in plain values; `method`, `last_resort` are those of the tally."""

    key: str
    name: str
    method: str
    posters: int
    jurors: int
    ballots: int
    panel_size: int | None
    minimum: int
    criteria: tuple[tuple[str, int], ...]
    mentions: tuple[str, ...]
    is_adjusted: bool
    last_resort: str
    advance_count: int | None
    commitment: str
    is_withheld: bool

    @property
    def weights_differ(self) -> bool:
        """Whether some criterion weighs more than another."""
        return len({weight for _label, weight in self.criteria}) > 1


@dataclass(frozen=True)
class CategoryRules:
    """The rounds of one category, in order."""

    name: str
    rounds: tuple[RoundRules, ...]


def members_of(result: Result, *, for_organisers: bool = False) -> dict[str, bytes]:
    """The files of the archive of `result`, by name.

    Raises:
        BadPublication: the storage has lost or damaged it.
    """
    kept = result.organisers if for_organisers else result.public
    try:
        with kept.open("rb") as stream:
            return read_archive(cast("BinaryIO", stream))
    except OSError as error:
        raise BadPublication("not_found", file=kept.name) from error


def rules_told(result: Result) -> tuple[CategoryRules, ...]:
    """The rules that `result` was decided by; nothing where its archive cannot be read."""
    key = f"contest.result.rules.{result.pk}.{result.fingerprint}"
    found: tuple[CategoryRules, ...] | None = cache.get(key)
    if found is None:
        try:
            found = rules_in(members_of(result))
        except BadPublication:
            return ()
        cache.set(key, found, SECONDS_KEPT)
    return found


def rules_in(members: Mapping[str, bytes]) -> tuple[CategoryRules, ...]:
    """The rules that the files of an archive tell, by name of file."""
    return _categories(json.loads(members[DEFINITION]), json.loads(members[RESULT]))


def _categories(
    definition: Mapping[str, Any], result: Mapping[str, Any]
) -> tuple[CategoryRules, ...]:
    tallies = {one["round"]: one["tallies"] for one in result["rounds"]}
    return tuple(
        CategoryRules(
            category["name"],
            tuple(
                _round(one, tallies[one["key"]], is_withheld=one["key"] in definition["withheld"])
                for one in category["rounds"]
            ),
        )
        for category in definition["categories"]
    )


def _round(
    rules: Mapping[str, Any], tallies: Mapping[str, Any], *, is_withheld: bool
) -> RoundRules:
    advance = rules["advance"] or {}
    return RoundRules(
        key=rules["key"],
        name=rules["name"],
        method=rules["method"],
        posters=len(rules["numbers"]),
        jurors=tallies["jurors"],
        ballots=sum(one["ballots"] + one["abstentions"] for one in tallies["posters"]),
        panel_size=rules["panel_size"],
        minimum=rules["minimum"],
        criteria=tuple((one["label"], one["weight"]) for one in rules["criteria"]),
        mentions=tuple(reversed(rules["mentions"])),
        is_adjusted=bool(rules["severity"]),
        last_resort=rules["last_resort"],
        advance_count=advance.get("count"),
        commitment=rules["commitment"],
        is_withheld=is_withheld,
    )
