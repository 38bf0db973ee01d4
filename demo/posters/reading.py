"""Reads what the demo says of posters and of their contests into records."""

from __future__ import annotations

import tomllib
from typing import Any

from demo.reading import CONTENT
from demo.records.posters import (
    CategoryRecord,
    ContestRecord,
    CriterionRecord,
    DebateRecord,
    DebateStep,
    PosterEnding,
    PosterRecord,
    PrizeRecord,
    RuleRecord,
)

CONTESTS = {"normandie-2023": "contest-2023", "normandie-current": "contest-current"}
"""The editions that hold a contest, by the name of their file: the file of its texts."""

Table = dict[str, Any]


def posters_of(edition: str) -> list[PosterRecord]:
    """The posters of an edition of `CONTESTS`, in the order of their file.

    Raises:
        KeyError: a table lacks a text or the status.
        TypeError: a table has a key that its record does not know, or lacks one it needs.
        ValueError: a status is not one of `PosterEnding`.
    """
    return [_poster(table) for table in _read(edition)["poster"]]


def contest_of(edition: str) -> ContestRecord:
    """The contest of an edition of `CONTESTS`.

    Raises:
        KeyError: the edition holds no contest, or a part of it is missing.
        TypeError: a table has a key that its record does not know, or lacks one it needs.
    """
    table = _read(CONTESTS[edition])
    debate = table.pop("debate")
    return ContestRecord(
        introduction=tuple(table.pop("introduction")),
        rules=tuple(RuleRecord(**_frozen(row)) for row in table.pop("rule")),
        debate=DebateRecord(
            steps=tuple(DebateStep(**row) for row in debate.pop("step")), **_frozen(debate)
        ),
        categories=tuple(CategoryRecord(**_frozen(row)) for row in table.pop("category")),
        criteria=tuple(CriterionRecord(**row) for row in table.pop("criterion")),
        prizes=tuple(PrizeRecord(**row) for row in table.pop("prize")),
        **table,
    )


def _poster(table: Table) -> PosterRecord:
    return PosterRecord(
        status=PosterEnding(table.pop("status")),
        statement=table.pop("statement").strip(),
        **table,
    )


def _read(name: str) -> Table:
    text = (CONTENT / "posters" / f"{name}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def _frozen(table: Table) -> Table:
    """`table` with its lists as tuples."""
    return {key: tuple(value) if isinstance(value, list) else value for key, value in table.items()}
