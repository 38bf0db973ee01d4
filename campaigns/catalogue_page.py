"""One page of an edition's catalogue: its cards, what narrows it, and what would loosen it.

A constant number of queries, whatever the address says and however many fiches there are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.core.paginator import Page, Paginator

from .catalogue import cards_of, published_in
from .facets import Links, Loosening, ShownFacet, Tag, facets_of, loosening_of, tags_of
from .named_choices import NamedChoice, named_choices
from .related import related_to
from .selection import Guess, Selection

if TYPE_CHECKING:
    from .catalogue_index import Catalogue
    from .criteria import Criteria
    from .models import Action, CampaignPage

FICHES_A_PAGE = 12
MAP = "carte"
"""The value of `vue` that shows the map."""

MOST_FEATURED = 6
"""Fiches "à la une" that come before the others."""


@dataclass(frozen=True)
class SlipTold:
    """A word that was taken for a slip: what was typed, and what the results are for."""

    typed: str
    taken_for: str


class CataloguePage:
    """What the template shows of a selection."""

    def __init__(
        self,
        edition: CampaignPage,
        criteria: Criteria,
        now: datetime,
        *,
        number: str = "",
        view: str = "",
    ) -> None:
        self.criteria = criteria
        self.selection = Selection(edition, criteria, now)
        self.view = MAP if view == MAP else ""
        self.links = Links(self.view)
        self._number = number

    @cached_property
    def total(self) -> int:
        """How many fiches are selected."""
        return self.selection.total

    @cached_property
    def everything(self) -> int:
        """How many fiches the edition shows, whatever is selected."""
        return self.selection.everything

    @cached_property
    def ids(self) -> Sequence[int]:
        """The numbers of all the fiches of the list, in its order."""
        ids = self.selection.ids
        return ids if self.criteria.is_narrowing else self._featured_first(ids)

    @cached_property
    def page(self) -> Page[Any]:
        """The cards of one page; a page that does not exist gives the nearest one."""
        page = Paginator(self.ids, FICHES_A_PAGE).get_page(self._number)
        fiches = cards_of(self.selection.edition)
        page.object_list = self.selection.fiches(list(page.object_list), fiches)
        return page

    def _featured_first(self, ids: Sequence[int]) -> Sequence[int]:
        shown = set(ids)
        featured = [pk for pk in self.selection.catalogue.featured if pk in shown][:MOST_FEATURED]
        if not featured:
            return ids
        ahead = set(featured)
        return featured + [pk for pk in ids if pk not in ahead]

    @cached_property
    def facets(self) -> list[ShownFacet]:
        """The ways to narrow the list further."""
        return facets_of(self.selection, self.selection.catalogue.labels, self.links)

    @cached_property
    def tags(self) -> list[Tag]:
        """What is chosen, to be given up one by one."""
        return tags_of(self.criteria, self.selection.catalogue.labels, self.links)

    @cached_property
    def slips(self) -> list[SlipTold]:
        """The words that nothing holds, and what was looked for instead."""
        return [_told(guess) for guess in self.selection.guesses]

    @cached_property
    def named(self) -> list[NamedChoice]:
        """The choices that bear the words looked for."""
        return named_choices(self.selection, self.links)

    @cached_property
    def loosenings(self) -> list[Loosening]:
        """Where nothing is found: each criterion whose giving up alone shows something."""
        if self.total:
            return []
        labels = self.selection.catalogue.labels
        found = [
            loosening_of(self.criteria, facet, count, labels, self.links)
            for facet in self.criteria.chosen
            if (count := self.selection.without(facet))
        ]
        if self.criteria.words and (count := self.selection.without_words()):
            looser = self.criteria.without_words()
            found.append(Loosening("", self.criteria.words, count, self.links.to(looser)))
        return sorted(found, key=lambda one: -one.count)

    @property
    def is_map(self) -> bool:
        """Whether the map is asked for."""
        return self.view == MAP

    @property
    def list_query(self) -> str:
        """The end of the address of the same selection as a list."""
        return Links().to(self.criteria)

    @property
    def map_query(self) -> str:
        """The end of the address of the same selection as a map."""
        return Links(MAP).to(self.criteria)

    @property
    def fiche_query(self) -> str:
        """What the address of a fiche keeps, so that its page leads back here."""
        return self.criteria.query

    def query_to(self, pk: int) -> str:
        """The end of the address of the page of this list that shows the fiche `pk`."""
        number = self.ids.index(pk) // FICHES_A_PAGE + 1 if pk in self.ids else 1
        query = self.criteria.query
        if number > 1:
            query = f"{query}&page={number}" if query else f"?page={number}"
        return f"{query}#fiche-{pk}"

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """What the search form keeps beside the words: names and values."""
        kept = [(facet.value, key) for facet, keys in self.criteria.chosen.items() for key in keys]
        return [*kept, ("vue", self.view)] if self.view else kept


def _told(guess: Guess) -> SlipTold:
    return SlipTold(guess.typed, ", ".join(guess.taken_for))


def related_fiches(
    edition: CampaignPage, catalogue: Catalogue, action: Action, now: datetime
) -> list[Action]:
    """Up to three fiches of other establishments that are near to `action`; one query."""
    index = catalogue.index
    ids = related_to(index, action.pk, within=index.shown_at(now))
    rows = {
        row.pk: row
        for row in published_in(edition)
        .filter(pk__in=ids)
        .select_related("establishment")
        .only("title", "summary", "campaign", "establishment__name", "establishment__commune")
    }
    return [rows[pk] for pk in ids if pk in rows]
