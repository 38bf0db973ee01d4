"""What a visitor narrows the catalogue to, as an address says it. No ORM, no request, no clock."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol, Self
from urllib.parse import urlencode

from home.search import clean_query

MOST_KEYS = 20
"""Choices kept of one facet; an address with more was not made by a person."""

_KEY = re.compile(r"[0-9A-Za-z][0-9A-Za-z_-]{0,59}", re.ASCII)


class Facet(StrEnum):
    """By what fiches are narrowed down; the value is the parameter of the address."""

    DEPARTMENT = "departement"
    BASIN = "bassin"
    NETWORK = "reseau"
    KIND = "etablissement"
    LEVEL = "niveau"
    AUDIENCE = "public"
    THEME = "theme"
    TYPE = "type"
    MOMENT = "moment"
    DAY = "jour"
    OPEN = "ouvert"
    REUSE = "reutilisable"


class Typed(Protocol):
    """What `Criteria.read` needs of a `QueryDict`."""

    def get(self, key: str, default: str) -> str:
        """The last value of `key`."""

    def getlist(self, key: str) -> list[str]:
        """All the values of `key`."""


@dataclass(frozen=True)
class Criteria:
    """The words looked for, and the keys chosen of each facet, sorted, each once.

    Within a facet one key suffices; across facets all must hold. Keys are codes of departments
    and terms, keys of rows for basins and networks, values of enumerations, ISO days, or "1".
    """

    words: str = ""
    chosen: Mapping[Facet, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def read(cls, typed: Typed) -> Self:
        """The criteria of an address, whatever was typed there; what cannot be a key is left."""
        chosen = {}
        for facet in Facet:
            keys = {key for key in typed.getlist(facet)[: 5 * MOST_KEYS] if _KEY.fullmatch(key)}
            if keys:
                chosen[facet] = tuple(sorted(keys)[:MOST_KEYS])
        return cls(clean_query(typed.get("q", "")), chosen)

    @property
    def is_narrowing(self) -> bool:
        """Whether anything is left out."""
        return bool(self.words or self.chosen)

    @property
    def query(self) -> str:
        """The criteria as the end of an address, in one form for each selection: "?theme=a"."""
        pairs = [("q", self.words)] if self.words else []
        pairs += [(facet.value, key) for facet in Facet for key in self.chosen.get(facet, ())]
        return f"?{urlencode(pairs)}" if pairs else ""

    def has(self, facet: Facet, key: str) -> bool:
        """Whether `key` of `facet` is chosen."""
        return key in self.chosen.get(facet, ())

    def toggled(self, facet: Facet, key: str) -> Self:
        """The criteria with `key` chosen, or no longer chosen where it is."""
        keys = set(self.chosen.get(facet, ())) ^ {key}
        return self._with(facet, keys)

    def without(self, facet: Facet) -> Self:
        """The criteria without a facet."""
        return self._with(facet, ())

    def without_words(self) -> Self:
        """The criteria without the words."""
        return type(self)("", self.chosen)

    def with_words(self, words: str) -> Self:
        """The criteria with other words."""
        return type(self)(words, self.chosen)

    def _with(self, facet: Facet, keys: Iterable[str]) -> Self:
        chosen = {one: held for one, held in self.chosen.items() if one != facet}
        if kept := tuple(sorted(keys)):
            chosen[facet] = kept
        return type(self)(self.words, chosen)
