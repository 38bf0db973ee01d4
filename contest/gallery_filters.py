"""What a visitor narrows the gallery to, and the choices offered. No ORM, no request, no clock."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Self
from urllib.parse import urlencode

from django.utils.text import slugify
from django.utils.translation import gettext as _

from establishments.enums import Kind
from establishments.folding import fold
from home.keys import key_in
from home.search import clean_query

PARAMETERS = {
    "words": "q",
    "category": "categorie",
    "department": "departement",
    "kind": "type",
    "prize": "prix",
}
"""What each filter is called in an address."""

FACETS = ("category", "department", "kind", "prize")
ANY_PRIZE = "tous"
"""The value of `prize` that keeps every laureate."""

_KIND_ORDER = {str(kind): order for order, kind in enumerate(Kind)}


@dataclass(frozen=True)
class Filters:
    """What the gallery is narrowed to; an empty value narrows nothing.

    `category` is the key of a category, `department` a code ("076", "2A"), `kind` a `Kind`,
    `prize` what `prize_key` makes of a prize, or `ANY_PRIZE`.
    """

    words: str = ""
    category: str = ""
    department: str = ""
    kind: str = ""
    prize: str = ""

    @classmethod
    def read(cls, typed: Mapping[str, str], *, with_establishments: bool) -> Self:
        """The filters of an address; what means nothing is left out, whatever was typed.

        Without `with_establishments` nothing that tells one establishment from another narrows
        the gallery: by filtering, one would learn whose posters these are.
        """
        category = key_in(typed.get("categorie", ""))
        department = typed.get("departement", "")
        kind = typed.get("type", "")
        prize = typed.get("prix", "")
        has_code = re.fullmatch(r"[0-9][0-9AB][0-9]?", department, re.ASCII) is not None
        return cls(
            words=clean_query(typed.get("q", "")),
            category=str(category or ""),
            department=department if with_establishments and has_code else "",
            kind=kind if with_establishments and kind in _KIND_ORDER else "",
            prize=prize
            if with_establishments and re.fullmatch(r"[a-z0-9_-]{1,120}", prize)
            else "",
        )

    @property
    def is_narrowing(self) -> bool:
        """Whether anything is left out."""
        return any(getattr(self, field.name) for field in fields(self))

    @property
    def query(self) -> str:
        """The filters as the end of an address: "?categorie=3", or nothing."""
        return self.query_with()

    def query_with(self, **more: str | int) -> str:
        """The filters, and parameters of other things, as the end of an address."""
        named = {name: getattr(self, key) for key, name in PARAMETERS.items()}
        kept = {name: value for name, value in (named | more).items() if value}
        return f"?{urlencode(kept)}" if kept else ""

    def without(self, name: str) -> Self:
        """The filters but the one called `name`."""
        return replace(self, **{name: ""})


def prize_key(label: str) -> str:
    """What a prize called `label` is in an address: "Coup de cœur" is "coup-de-coeur"."""
    return slugify(fold(label)) or "prix"


@dataclass(frozen=True)
class Laurel:
    """A prize as it is shown beside its poster, and its place in the palmarès."""

    label: str
    order: int
    is_shared: bool = False

    @property
    def key(self) -> str:
        """What the prize is called in an address."""
        return prize_key(self.label)


@dataclass(frozen=True)
class Group:
    """How many posters are alike in all that can be chosen, and how many of them hold the words."""

    category: str
    category_name: str
    count: int
    found: int
    category_order: int = 0
    department: str = ""
    department_name: str = ""
    kind: str = ""
    laurels: tuple[Laurel, ...] = ()

    def agrees_with(self, filters: Filters) -> bool:
        """Whether its posters are among those that `filters` keep, words apart."""
        chosen = ((name, getattr(filters, name)) for name in FACETS)
        return all(not value or value in self.values_of(name) for name, value in chosen)

    def values_of(self, facet: str) -> tuple[str, ...]:
        """Its values of `facet`: one at most, but for the prizes."""
        if facet == "prize":
            return (ANY_PRIZE, *(one.key for one in self.laurels)) if self.laurels else ()
        value: str = getattr(self, facet)
        return (value,) if value else ()

    def label_of(self, facet: str, value: str) -> str:
        """What the visitor reads for its `value` of `facet`."""
        if facet == "prize":
            known = {one.key: one.label for one in self.laurels}
            return known.get(value) or _("All the laureates")
        if facet == "kind":
            return str(Kind(value).label)
        return self.category_name if facet == "category" else self.department_name

    def rank_in(self, facet: str, value: str) -> tuple[int, str]:
        """The place of its `value` among the choices of `facet`."""
        if facet == "prize":
            orders = {one.key: one.order for one in self.laurels}
            return orders.get(value, 0), ""
        if facet == "kind":
            return _KIND_ORDER[value], ""
        return (self.category_order if facet == "category" else 0), value


@dataclass(frozen=True)
class Choice:
    """One value that a facet can take, with the posters that it would show."""

    value: str
    label: str
    count: int
    is_chosen: bool
    query: str


@dataclass(frozen=True)
class Facet:
    """One way to narrow the gallery: its name, its parameter, how many the others leave it."""

    name: str
    choices: list[Choice]
    total: int
    query_without: str

    @property
    def parameter(self) -> str:
        """What it is called in an address."""
        return PARAMETERS[self.name]

    @property
    def chosen(self) -> Choice | None:
        """The value chosen, if any."""
        return next((choice for choice in self.choices if choice.is_chosen), None)


@dataclass(frozen=True)
class Loosening:
    """A filter to give up where nothing is found: what it is, and what that would show."""

    name: str
    label: str
    count: int
    query: str


def known_only(filters: Filters, groups: Iterable[Group]) -> Filters:
    """`filters` without the values that no poster of the gallery has."""
    known: dict[str, set[str]] = {name: set() for name in FACETS}
    for group in groups:
        for name in FACETS:
            known[name].update(group.values_of(name))
    for name in FACETS:
        if getattr(filters, name) not in known[name]:
            filters = filters.without(name)
    return filters


def number_found(groups: Iterable[Group], filters: Filters) -> int:
    """How many posters `filters` keep."""
    kept = (group for group in groups if group.agrees_with(filters))
    return sum(group.found if filters.words else group.count for group in kept)


def facets_of(groups: list[Group], filters: Filters) -> list[Facet]:
    """The facets that have something to choose from, with what each choice would show.

    The count of a choice takes the other facets and the words into account.
    """
    facets = []
    for name in FACETS:
        counts: Counter[str] = Counter()
        firsts: dict[str, Group] = {}
        others = filters.without(name)
        total = 0
        for group in groups:
            agrees = group.agrees_with(others)
            total += group.found if agrees and (name == "prize" or group.values_of(name)) else 0
            for value in group.values_of(name):
                firsts.setdefault(value, group)
                counts[value] += group.found if agrees else 0
        if len(firsts) < 2:
            continue
        choices = [
            Choice(
                value=value,
                label=group.label_of(name, value),
                count=counts[value],
                is_chosen=value == getattr(filters, name),
                query=replace(filters, **{name: value}).query,
            )
            for value, group in sorted(
                firsts.items(), key=lambda item: item[1].rank_in(name, item[0])
            )
        ]
        facets.append(Facet(name, choices, total, others.query))
    return facets


def loosenings_of(groups: list[Group], filters: Filters) -> list[Loosening]:
    """The filters that would each, given up alone, let something be found, the best first."""
    found = []
    for name in ("words", *FACETS):
        value = getattr(filters, name)
        looser = filters.without(name)
        count = number_found(groups, looser) if value else 0
        if count:
            label = value
            if name != "words":
                label = next(
                    one.label_of(name, value) for one in groups if value in one.values_of(name)
                )
            found.append(Loosening(name, label, count, looser.query))
    return sorted(found, key=lambda one: -one.count)
