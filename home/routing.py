"""From an address to its page in one query, where Wagtail's own routing asks two for each level.

Wagtail still decides: each page's own `route` is called, from the home page down. What it would
ask of the database has only been read ahead.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from wagtail.models import Page

LEVELS_READ_AHEAD = 4
"""Below the home page; addresses of editions have two or three. Wagtail routes what lies deeper."""


def read_ahead(home: Page, slugs: list[str]) -> None:
    """Read the pages that `slugs` lead to below `home`, and link each to the next one.

    Each page above another has it as `page_ahead`, each below knows its parent. The chain ends
    where no page has the slug.
    """
    addresses, address = [], home.url_path
    for slug in slugs[:LEVELS_READ_AHEAD]:
        address += f"{slug}/"
        addresses.append(address)
    # The slugs have an index, the addresses are exact.
    pages = Page.objects.filter(slug__in=slugs[:LEVELS_READ_AHEAD], url_path__in=addresses)
    found = {page.url_path: page for page in in_own_types(pages)}
    parent = home
    for address in addresses:
        page = found.get(address)
        if page is None or not page.is_child_of(parent):
            return
        page._cached_parent_obj = parent  # as Wagtail's own routing does
        parent.page_ahead = parent = page


def in_own_types(pages: Any) -> list[Any]:
    """The queryset `pages`, each as the type of page it is, in one query.

    `specific()` asks one more for each type; here every type is joined, so keep to few pages.
    """
    return [in_own_type(page) for page in pages.select_related(*_links_to_types().values())]


def in_own_type(page: Page) -> Any:
    """`page` as the type of page it is; one query more unless that type was joined to it."""
    link = _links_to_types().get(page.specific_class)
    return getattr(page, link) if link else page.specific


def ancestors_below(page: Page, depth: int) -> list[Page]:
    """The pages above `page` that are deeper than `depth`, the highest first.

    Costs nothing for a page that was routed to, one query a level for another.
    """
    found: list[Page] = []
    while page.depth > depth + 1:
        page = page.get_parent()
        found.insert(0, page)
    return found


@cache
def _links_to_types() -> dict[type[Page], str]:
    """The attribute of a page that leads to its own type, for each type right below `Page`."""
    return {
        relation.related_model: relation.get_accessor_name()
        for relation in Page._meta.related_objects
        if relation.one_to_one and relation.parent_link
    }
