"""Search of the whole site: its pages, and what other apps find.

An app adds its own findings with the hook `perseverance_search`: a callable that takes the
request, the query and the most results wanted, and returns a `Section`, or nothing.

    @hooks.register("perseverance_search")
    def find_fiches(request, query, limit):
        return Section(_("Fiches"), found, total=312, more_url="/2023/actions/?q=…")
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from wagtail import hooks
from wagtail.models import Page, Site

from home.routing import in_own_types

if TYPE_CHECKING:
    from django.http import HttpRequest

SEARCH_HOOK = "perseverance_search"
QUERY_CHARACTERS = 200
QUERY_WORDS = 12
# Ranked search on SQLite is quadratic in the number of hits. A site has some hundred pages; the
# cap keeps the cost bounded on one that has more.
MOST_PAGES = 200
MOST_PER_SECTION = 5


@dataclass(frozen=True)
class Found:
    """One result."""

    title: str
    url: str
    summary: str = ""
    detail: str = ""


@dataclass(frozen=True)
class Section:
    """Results of one kind, with the address of all of them where there are more."""

    title: str
    found: list[Found] = field(default_factory=list)
    total: int = 0
    more_url: str = ""


def clean_query(typed: str) -> str:
    """What was typed, without control characters, cut to what a person would look for."""
    printable = "".join(
        " " if unicodedata.category(character).startswith("C") else character
        for character in typed[: QUERY_CHARACTERS * 2]
    )
    words = re.findall(r"[\w’'.-]*\w", printable)
    return " ".join(words[:QUERY_WORDS])[:QUERY_CHARACTERS].strip()


def find_pages(site: Site, query: str) -> list[int]:
    """The ids of the site's public pages that hold every word of `query`, the best first."""
    if not query:
        return []
    pages = Page.objects.live().public().descendant_of(site.root_page, inclusive=True)
    return [page.pk for page in pages.search(query, operator="and")[:MOST_PAGES]]


def describe(request: HttpRequest, ids: list[int]) -> list[Found]:
    """The pages `ids` as results, in the same order."""
    rows = in_own_types(Page.objects.filter(pk__in=ids).live()) if ids else []
    pages = {page.pk: page for page in rows}
    return [
        Found(
            title=page.title,
            url=page.get_url(request) or "",
            summary=page.search_description or getattr(page, "introduction", ""),
        )
        for page in (pages[pk] for pk in ids if pk in pages)
    ]


def find_elsewhere(request: HttpRequest, query: str) -> Iterator[Section]:
    """What the other apps find, sections without a result left out."""
    for search in hooks.get_hooks(SEARCH_HOOK):
        section = search(request, query, MOST_PER_SECTION)
        if section is not None and section.found:
            yield section
