"""What the fonts at hand can show, and what is printed in place of the rest.

A document for everyone (PDF/UA) may not hold a character without a glyph: one emoji in one title
would otherwise keep a whole booklet from being made.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from django.utils.functional import Promise

BLANK_BOX = "\N{WHITE SQUARE}"
MOST_MARKS = 4
"""Accents on one letter; more is a drawing that would run over its neighbours."""

_LINE_ENDS = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
# Controls, orders to change the direction of what follows, and marks that are no character.
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff]"
)
_SPACES = re.compile(" {2,}")
_JOINERS = frozenset("\u200c\u200d")
_SYMBOLS = frozenset({"So", "Sk", "Cn", "Co", "Cf"})
"""General categories of Unicode that leave no gap in a sentence when they are left out."""

SPOKEN = "alternative"
"""The key of texts that no glyph draws, but assistive software speaks."""

Probe = Callable[[Iterable[str]], bool]
"""Whether all of these clusters can be shown."""


class Repertoire:
    """Remembers, for the life of the process, which clusters of characters can be shown.

    A cluster is what a reader sees as one character: a letter with its accents, a joined emoji.
    """

    def __init__(self, probe: Probe) -> None:
        self._probe = probe
        self._shown: set[str] = set()
        self._missing: set[str] = set()

    def printable(self, value: Any) -> Any:
        """`value` (nested mappings, lists and texts) with every text made fit to print.

        Characters that no font shows are replaced: an emoji is left out, an accent that cannot be
        drawn leaves its letter, anything else becomes an empty square. What stands under the key
        `SPOKEN` of a mapping keeps them, since nothing draws it.
        """
        normal = _in_texts(value, normalised)
        missing = self._missing_in(set(_drawn_texts(normal)))
        if not missing:
            return normal
        return _in_texts(normal, lambda text: self._without(missing, text), but=SPOKEN)

    def _missing_in(self, texts: set[str]) -> set[str]:
        found: set[str] = set()
        for text in texts:
            found.update(clusters(text) if _has_marks(text) else text)
        # A cluster that is missing falls back on its first character: learn about that one too.
        self._learn(sorted(found | {cluster[0] for cluster in found}))
        return found & self._missing

    def _learn(self, found: list[str]) -> None:
        unknown = [one for one in found if one not in self._shown and one not in self._missing]
        if not unknown:
            return
        if self._probe(unknown):
            self._shown.update(unknown)
        elif len(unknown) == 1:
            self._missing.update(unknown)
        else:
            middle = len(unknown) // 2
            self._learn(unknown[:middle])
            self._learn(unknown[middle:])

    def _without(self, missing: set[str], text: str) -> str:
        parts = list(clusters(text))
        if missing.isdisjoint(parts):
            return text
        shown = "".join(self._instead(part) if part in missing else part for part in parts)
        return _SPACES.sub(" ", shown).strip(" ")

    def _instead(self, cluster: str) -> str:
        if cluster[0] not in self._missing:
            return cluster[0]
        return "" if unicodedata.category(cluster[0]) in _SYMBOLS else BLANK_BOX


def normalised(text: str) -> str:
    """`text` composed (NFC), with plain line ends, without control characters or heaped accents."""
    if text.isascii() and text.isprintable():
        return text
    composed = unicodedata.normalize("NFC", _LINE_ENDS.sub("\n", text).replace("\t", " "))
    kept = _UNPRINTABLE.sub("", composed)
    return "".join(clusters(kept)) if _has_marks(kept) else kept


def clusters(text: str) -> Iterator[str]:
    """The characters of `text` as a reader sees them, each with its accents and what it joins.

    Simpler than Unicode's own segmentation, and enough to ask a font: where the two differ, a
    cluster is asked for in two parts. Accents beyond `MOST_MARKS` are dropped.
    """
    cluster, marks, joined = "", 0, False
    for character in text:
        if character in _JOINERS:
            cluster, joined = cluster + character, bool(cluster)
        elif cluster and (joined or unicodedata.category(character).startswith("M")):
            marks = 0 if joined else marks + 1
            if marks <= MOST_MARKS:
                cluster += character
            joined = False
        else:
            if cluster:
                yield cluster
            cluster, marks, joined = character, 0, False
    if cluster:
        yield cluster


def _has_marks(text: str) -> bool:
    return any(one in _JOINERS or unicodedata.category(one).startswith("M") for one in set(text))


def _drawn_texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, one in value.items():
            if key != SPOKEN:
                yield from _drawn_texts(one)
    elif isinstance(value, list):
        for one in value:
            yield from _drawn_texts(one)


def _in_texts(value: Any, change: Callable[[str], str], but: str | None = None) -> Any:
    if isinstance(value, str | Promise):
        return change(str(value))
    if isinstance(value, Mapping):
        return {
            key: one if key == but else _in_texts(one, change, but) for key, one in value.items()
        }
    if isinstance(value, list | tuple):
        return [_in_texts(one, change, but) for one in value]
    return value
