"""The facets of the catalogue as they are shown: titles, choices in order, links, counts.

Every link is an address of the same page, so that nothing here needs a script. No ORM, no request.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, Protocol

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from establishments.enums import Kind

from .criteria import Criteria, Facet
from .dates import day_in_words
from .enums import Moment

TITLES: Final[Mapping[Facet, str | Promise]] = {
    Facet.OPEN: gettext_lazy("Open to the public"),
    Facet.REUSE: gettext_lazy("Ready to reuse"),
    Facet.THEME: gettext_lazy("Theme"),
    Facet.LEVEL: gettext_lazy("Level"),
    Facet.TYPE: gettext_lazy("Type of action"),
    Facet.AUDIENCE: gettext_lazy("Audience"),
    Facet.DEPARTMENT: gettext_lazy("Department"),
    Facet.BASIN: gettext_lazy("Basin"),
    Facet.NETWORK: gettext_lazy("FOQUALE network"),
    Facet.KIND: gettext_lazy("Kind of establishment"),
    Facet.MOMENT: gettext_lazy("When"),
    Facet.DAY: gettext_lazy("Day of the Week"),
}
"""The facets in the order of the page, and what they are called."""

SWITCHES: Final = (Facet.OPEN, Facet.REUSE)
"""The facets that a fiche has or has not: one choice each, which is called like the facet."""

UNFOLDED: Final = (Facet.THEME, Facet.LEVEL, Facet.DEPARTMENT)
"""The facets that show their choices without being asked."""

MOST_SHOWN = 10
"""Choices of a facet shown at first; the others wait behind "show all"."""


class Counted(Protocol):
    """What is needed of a `Selection`."""

    criteria: Criteria

    def counts(self, facet: Facet) -> Mapping[str, int]:
        """How many fiches each key leaves."""


@dataclass(frozen=True)
class Choice:
    """One key of a facet: how many fiches it would leave, and the address that toggles it."""

    key: str
    label: str
    count: int
    is_chosen: bool
    query: str


@dataclass(frozen=True)
class ShownFacet:
    """One facet with its choices, the first ones apart."""

    facet: Facet
    title: str
    choices: list[Choice]

    @property
    def first_choices(self) -> list[Choice]:
        """Those shown at once: the first ones, and all that are chosen."""
        return [
            choice
            for rank, choice in enumerate(self.choices)
            if rank < self._most or choice.is_chosen
        ]

    @property
    def other_choices(self) -> list[Choice]:
        """Those shown when asked for."""
        return [choice for choice in self.choices[self._most :] if not choice.is_chosen]

    @property
    def is_open(self) -> bool:
        """Whether the choices show without being asked for."""
        return self.facet in UNFOLDED or any(choice.is_chosen for choice in self.choices)

    @property
    def _most(self) -> int:
        # Nobody should have to ask for two more.
        return MOST_SHOWN if len(self.choices) > MOST_SHOWN + 2 else len(self.choices)


@dataclass(frozen=True)
class Tag:
    """One chosen key: what it is called, and the address without it."""

    title: str
    label: str
    query: str


@dataclass(frozen=True)
class Loosening:
    """A criterion to give up where nothing is found, and how many fiches that would show."""

    title: str
    label: str
    count: int
    query: str


class Links:
    """Addresses of the catalogue that keep how it is looked at (as a map, or as a list)."""

    def __init__(self, view: str = "") -> None:
        self.view = view

    def to(self, criteria: Criteria) -> str:
        """The end of the address of `criteria`: never empty, so that it leaves what is shown."""
        query = criteria.query
        if self.view:
            query = f"{query}&vue={self.view}" if query else f"?vue={self.view}"
        return query or "?"


def label_of(facet: Facet, key: str, labels: Mapping[Facet, Mapping[str, str]]) -> str:
    """What `key` of `facet` is called; the key itself where nobody knows it."""
    if facet in SWITCHES:
        return str(TITLES[facet])
    if facet == Facet.KIND:
        return str(dict(Kind.choices).get(key, key))
    if facet == Facet.MOMENT:
        return str(dict(Moment.choices).get(key, key))
    if facet == Facet.DAY:
        try:
            return capfirst(day_in_words(date.fromisoformat(key), weekday=True, year=False))
        except ValueError:
            return key
    return labels.get(facet, {}).get(key, key)


def facets_of(
    selection: Counted, labels: Mapping[Facet, Mapping[str, str]], links: Links
) -> list[ShownFacet]:
    """The facets that leave something to choose, or of which something is chosen."""
    shown = []
    for facet, title in TITLES.items():
        counts = selection.counts(facet)
        held = selection.criteria.chosen.get(facet, ())
        if not counts or (len(counts) < 2 and facet not in SWITCHES and not held):
            continue
        choices = [
            Choice(
                key=key,
                label=label_of(facet, key, labels),
                count=counts[key],
                is_chosen=key in held,
                query=links.to(selection.criteria.toggled(facet, key)),
            )
            for key in in_order(facet, counts, labels)
        ]
        shown.append(ShownFacet(facet, str(title), choices))
    return shown


def in_order(
    facet: Facet, keys: Iterable[str], labels: Mapping[Facet, Mapping[str, str]]
) -> list[str]:
    """The keys of `facet` as they are listed: as their vocabulary is, days as they come."""
    known: Iterable[str] = labels.get(facet, ())
    if facet == Facet.KIND:
        known = Kind.values
    elif facet == Facet.MOMENT:
        known = Moment.values
    rank = {key: number for number, key in enumerate(known)}
    return sorted(keys, key=lambda key: (rank.get(key, len(rank)), key))


def tags_of(
    criteria: Criteria, labels: Mapping[Facet, Mapping[str, str]], links: Links
) -> list[Tag]:
    """What is chosen, each with the address that gives it up; the words first."""
    tags = []
    if criteria.words:
        tags.append(Tag(_("Words looked for"), criteria.words, links.to(criteria.without_words())))
    for facet, title in TITLES.items():
        for key in in_order(facet, criteria.chosen.get(facet, ()), labels):
            label = label_of(facet, key, labels)
            tags.append(
                Tag(
                    "" if facet in SWITCHES else str(title),
                    label,
                    links.to(criteria.toggled(facet, key)),
                )
            )
    return tags


def loosening_of(
    criteria: Criteria,
    facet: Facet,
    count: int,
    labels: Mapping[Facet, Mapping[str, str]],
    links: Links,
) -> Loosening:
    """What giving up all that is chosen of `facet` would show."""
    keys = in_order(facet, criteria.chosen[facet], labels)
    label = ", ".join(label_of(facet, key, labels) for key in keys)
    title = "" if facet in SWITCHES else str(TITLES[facet])
    return Loosening(title, label, count, links.to(criteria.without(facet)))
