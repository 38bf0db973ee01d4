"""What differs between two texts, word by word. Pure: no request, no database."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

Kind = Literal["same", "gone", "new"]

MOST_WORDS = 4_000
"""Beyond, two texts are shown whole, one after the other: comparing them would take too long."""

PIECES = re.compile(r"\s+|\w+|[^\w\s]")
ALIKE = 0.35
"""Texts less alike than this are shown whole: scattered words in common would hide the sense."""


@dataclass(frozen=True)
class Stretch:
    """A stretch of text, and whether it was there before, is there now, or both."""

    kind: Kind
    text: str


def word_differences(before: str, after: str) -> list[Stretch]:
    """`before` and `after` as one text, the words gone just before those that replace them."""
    old, new = PIECES.findall(before), PIECES.findall(after)
    if len(old) + len(new) > 2 * MOST_WORDS:
        return _whole(before, after)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if matcher.quick_ratio() < ALIKE or matcher.ratio() < ALIKE:
        return _whole(before, after)
    found: list[Stretch] = []
    for tag, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if tag == "equal":
            _add(found, "same", "".join(old[old_from:old_to]))
            continue
        _add(found, "gone", "".join(old[old_from:old_to]))
        _add(found, "new", "".join(new[new_from:new_to]))
    return _joined(found)


def row_differences(before: tuple[str, ...], after: tuple[str, ...]) -> list[list[Stretch]]:
    """Two lists of short values as one, row by row; a row that was reworded, word by word."""
    rows: list[list[Stretch]] = []
    for tag, old_from, old_to, new_from, new_to in SequenceMatcher(
        None, before, after, autojunk=False
    ).get_opcodes():
        old, new = before[old_from:old_to], after[new_from:new_to]
        if tag == "equal":
            rows += [[Stretch("same", row)] for row in old]
            continue
        paired = min(len(old), len(new))
        rows += [word_differences(old[place], new[place]) for place in range(paired)]
        rows += [[Stretch("gone", row)] for row in old[paired:]]
        rows += [[Stretch("new", row)] for row in new[paired:]]
    return rows


def _whole(before: str, after: str) -> list[Stretch]:
    told = (Stretch("gone", before), Stretch("new", after))
    return [stretch for stretch in told if stretch.text]


def _add(found: list[Stretch], kind: Kind, text: str) -> None:
    if text:
        found.append(Stretch(kind, text))


def _joined(found: list[Stretch]) -> list[Stretch]:
    """The same, where a lone blank does not part two changes: "un deux" → "trois quatre"."""
    joined: list[Stretch] = []
    gone = new = ""

    def flush() -> None:
        nonlocal gone, new
        joined.extend(_whole(gone, new))
        gone = new = ""

    for place, stretch in enumerate(found):
        is_bridge = (
            stretch.kind == "same"
            and stretch.text.strip(" ") == ""
            and (gone or new)
            and place + 1 < len(found)
        )
        if is_bridge:
            gone, new = gone + stretch.text, new + stretch.text
        elif stretch.kind == "same":
            flush()
            joined.append(stretch)
        elif stretch.kind == "gone":
            gone += stretch.text
        else:
            new += stretch.text
    flush()
    return joined
