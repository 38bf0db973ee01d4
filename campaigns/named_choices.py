"""The choices of the catalogue that bear the words of a query: "tutorat" is also a theme.

The texts of the fiches do not hold the words of their vocabularies: who types the name of a theme,
a level or a network is shown the way to the fiches that have it. No ORM, no request.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from establishments.enums import Kind
from establishments.folding import fold

from .criteria import Facet
from .facets import TITLES, Links, label_of
from .stemming import indexed_stems, query_words, stems

if TYPE_CHECKING:
    from .selection import Selection

NAMED: Final = (
    Facet.THEME,
    Facet.TYPE,
    Facet.AUDIENCE,
    Facet.LEVEL,
    Facet.KIND,
    Facet.DEPARTMENT,
    Facet.BASIN,
    Facet.NETWORK,
)
"""The facets whose choices are looked for, in the order in which they are told."""

MOST_NAMED = 4


@dataclass(frozen=True)
class NamedChoice:
    """A choice that bears the words: what it is called, how many fiches it has, its address."""

    title: str
    label: str
    count: int
    query: str


def named_choices(selection: Selection, links: Links) -> list[NamedChoice]:
    """The choices whose names hold every word looked for, with those of the fiches they leave.

    Each takes the place of the words: the fiches that have it need not hold them.
    """
    criteria = selection.criteria
    words = [_stems_of(word) for word in query_words(criteria.words)]
    if not words or not all(words):
        return []
    catalogue = selection.catalogue
    named = []
    for facet in NAMED:
        keys = Kind.values if facet == Facet.KIND else catalogue.labels.get(facet, {})
        for key in keys:
            label = label_of(facet, key, catalogue.labels)
            if criteria.has(facet, key) or not _holds(label, words):
                continue
            chosen = criteria.without_words().without(facet).toggled(facet, key)
            if count := selection.showing(chosen):
                named.append(NamedChoice(str(TITLES[facet]), label, count, links.to(chosen)))
    return named[:MOST_NAMED]


def _holds(label: str, words: Iterable[set[str]]) -> bool:
    held = set(indexed_stems(label))
    return all(word & held for word in words)


def _stems_of(word: str) -> set[str]:
    return {*stems(word), *stems(fold(word))}
