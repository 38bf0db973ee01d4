"""The tree of a site's public pages, for people who look for their way."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.core.cache import cache
from wagtail.models import Page, Site

# Long enough to spare the database, short enough for a page that disappears by itself on time.
SECONDS_KEPT = 300
DEEPEST = 4


@dataclass
class Branch:
    """A page and the pages below it."""

    title: str
    url: str
    below: list[Branch] = field(default_factory=list)


def cache_key(site: Site) -> str:
    """Where the tree of `site` is kept."""
    return f"home.site_map.{site.pk}"


def tree_of(site: Site) -> list[Branch]:
    """The pages below the home page, nested, from one query; kept for some minutes.

    Pages that are not published, or below one that is not, or restricted, are left out.
    """
    branches = cache.get(cache_key(site))
    if branches is None:
        branches = _read(site)
        cache.set(cache_key(site), branches, SECONDS_KEPT)
    return branches


def forget(site: Site) -> None:
    """Read the tree anew at the next call."""
    cache.delete(cache_key(site))


def _read(site: Site) -> list[Branch]:
    home = site.root_page
    top: list[Branch] = []
    parents: dict[str, list[Branch]] = {home.path: top}
    pages = (
        Page.objects.descendant_of(home)
        .live()
        .public()
        .filter(depth__lte=home.depth + DEEPEST)
        .order_by("path")
        .only("id", "title", "url_path", "path", "depth", "live")
    )
    for page in pages:
        siblings = parents.get(page.path[: -Page.steplen])
        if siblings is None:  # Its parent is not public: nor is it.
            continue
        branch = Branch(page.title, "/" + page.url_path[len(home.url_path) :])
        siblings.append(branch)
        parents[page.path] = branch.below
    return top
