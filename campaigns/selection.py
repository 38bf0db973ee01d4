"""The public fiches of an edition that satisfy what somebody looks for: the one way to find them.

The catalogue, its map, the agenda and every output read the same `Selection`, so that an address
means the same fiches everywhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from establishments.folding import fold

from . import text_index
from .catalogue_index import Catalogue, catalogue_of
from .criteria import Criteria, Facet
from .stemming import name_words, query_words, stems
from .text_index import Group

if TYPE_CHECKING:
    from .models import Action, CampaignPage

CHUNK = 500
"""Fiches read at once by what writes them all out."""


@dataclass(frozen=True)
class Guess:
    """A word of the query that no name has, and the words of names taken for it."""

    typed: str
    taken_for: tuple[str, ...]


class Selection:
    """The fiches of one edition under some criteria, at an instant; it asks nothing until read."""

    def __init__(self, edition: CampaignPage, criteria: Criteria, now: datetime) -> None:
        self.edition = edition
        self.criteria = criteria
        self.now = now

    @cached_property
    def catalogue(self) -> Catalogue:
        """All the public fiches of the edition."""
        return catalogue_of(self.edition)

    @cached_property
    def guesses(self) -> list[Guess]:
        """What was taken for a slip in the name of an establishment or of a commune.

        A word that a text holds is no slip, however near a name may be: "confiance" does not look
        for the schools of Constance.
        """
        near = []
        for word in query_words(self.criteria.words):
            for name in name_words(word):
                if taken := self.catalogue.index.guesses(name):
                    near.append(Guess(word, tuple(taken)))
        if not near:
            return []
        held = text_index.held(self.edition.pk, [_stems_of(guess.typed) for guess in near])
        return [guess for guess, is_held in zip(near, held, strict=True) if not is_held]

    @cached_property
    def _shown(self) -> int:
        return self.catalogue.index.shown_at(self.now)

    @property
    def everything(self) -> int:
        """How many public fiches the edition has, whatever is selected."""
        return self._shown.bit_count()

    @cached_property
    def groups(self) -> list[Group] | None:
        """What a fiche must hold of each word; None where no fiche can hold a word."""
        taken = {guess.typed: guess.taken_for for guess in self.guesses}
        groups: list[Group] = []
        for word in query_words(self.criteria.words):
            held = _stems_of(word)
            if not held:
                return None  # what has no Latin letter is in no fiche
            meant = [stem for name in taken.get(word, ()) for stem in stems(name)]
            groups.append(tuple(dict.fromkeys([*held, *meant])))
        return groups

    @cached_property
    def _held(self) -> tuple[int, int]:
        """The fiches that hold the words, and those whose titles do."""
        if self.groups is None:
            return 0, 0
        if not self.groups:
            return self._shown, 0
        index = self.catalogue.index
        found, in_titles = text_index.find([self.edition.pk], self.groups)
        return self._shown & index.of_ids(found), self._shown & index.of_ids(in_titles)

    @property
    def holding_words(self) -> int:
        """The fiches that hold the words, whatever else is chosen, as a set of bits."""
        return self._held[0]

    @cached_property
    def found(self) -> int:
        """The fiches selected, as a set of bits of the index."""
        return self.holding_words & self.catalogue.index.chosen(self.criteria.chosen)

    @cached_property
    def total(self) -> int:
        """How many fiches are selected."""
        return self.found.bit_count()

    @cached_property
    def ids(self) -> list[int]:
        """Their numbers: those whose title holds the words first, then the newest first."""
        index, titled = self.catalogue.index, self._held[1]
        return index.ids_of(self.found & titled) + index.ids_of(self.found & ~titled)

    def counts(self, facet: Facet) -> dict[str, int]:
        """How many fiches each key of `facet` leaves, in no order."""
        return self.catalogue.index.counts(facet, self.criteria.chosen, self.holding_words)

    def without(self, facet: Facet) -> int:
        """How many fiches there would be without `facet`."""
        chosen = self.catalogue.index.chosen(self.criteria.chosen, but=facet)
        return (self.holding_words & chosen).bit_count()

    def without_words(self) -> int:
        """How many fiches there would be without the words."""
        return self.showing(self.criteria)

    def showing(self, other: Criteria) -> int:
        """How many fiches there would be with the choices of `other`, which has no words."""
        return (self._shown & self.catalogue.index.chosen(other.chosen)).bit_count()

    def fiches(self, ids: Sequence[int], fiches: QuerySet[Action]) -> list[Action]:
        """The rows of `fiches` with these numbers, in the same order; one query.

        `fiches` comes from `campaigns.catalogue`, which asks what is public once more: one taken
        away since the index was read is left out.
        """
        rows = {row.pk: row for row in fiches.filter(pk__in=ids)}
        return [rows[pk] for pk in ids if pk in rows]

    def in_chunks(self, fiches: QuerySet[Action]) -> Iterator[list[Action]]:
        """All the fiches selected, `CHUNK` at a time, so that memory does not grow with them."""
        for start in range(0, self.total, CHUNK):
            yield self.fiches(self.ids[start : start + CHUNK], fiches)


def _stems_of(word: str) -> tuple[str, ...]:
    """The stems of a word, with its accents and without."""
    return tuple(dict.fromkeys([*stems(word), *stems(fold(word))]))
