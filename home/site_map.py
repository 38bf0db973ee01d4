"""The tree of a site's public pages: for the site map, the menu and the footer of every page.

Other apps add what their pages answer below their own address, without being pages, with the hook
`perseverance_site_map`: a callable that returns a `Routes`.

It costs one query, and is kept for a minute: a page that is saved, moved or deleted is seen at
once by the process that did it, and by all where the cache is shared (Redis).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import transaction
from django.db.models import F, Model
from wagtail import hooks
from wagtail.models import Page, PageViewRestriction, Site

if TYPE_CHECKING:
    from django.utils.functional import Promise

SITE_MAP_HOOK = "perseverance_site_map"
SECONDS_KEPT = 60
DEEPEST = 4


@dataclass(frozen=True)
class Routes:
    """What each page of a type answers below its own address: titles, and ends of addresses."""

    model: type[Page]
    entries: tuple[tuple[str | Promise, str], ...]


@dataclass
class Branch:
    """A public page, or one of its `Routes`, and what is public below it."""

    title: str
    url: str
    page_id: int | None
    is_in_menu: bool
    below: list[Branch] = field(default_factory=list)


@dataclass(frozen=True)
class Front:
    """What every page shows of the tree: the first level's menu, and the last audit."""

    menu: list[Branch]
    audited_on: date | None = None
    rate: int | None = None


def tree_of(site: Site) -> list[Branch]:
    """The pages below the home page, nested.

    Pages that are not published or are restricted, and what lies below them, are left out.
    """
    tree: list[Branch] | None = cache.get(_tree_key(site.pk))
    return _read(site)[0] if tree is None else tree


def front_of(site: Site) -> Front:
    """What the frame of every page needs, kept apart because it is small."""
    front: Front | None = cache.get(_front_key(site.pk))
    return _read(site)[1] if front is None else front


def forget(**signal: Any) -> None:
    """Read every site's tree anew at the next call."""
    keys = [
        key(pk)
        for pk in Site.objects.values_list("pk", flat=True)
        for key in (_tree_key, _front_key)
    ]
    cache.delete_many(keys)
    # Another process may have read the old tree again before this one committed.
    transaction.on_commit(lambda: cache.delete_many(keys))


def forget_after(instance: Model, **signal: Any) -> None:
    """Receive the signals of all models, and `forget` where a page is concerned."""
    if isinstance(instance, Page | PageViewRestriction):
        forget()


def _tree_key(pk: int) -> str:
    return f"home.site_map.tree.{pk}"


def _front_key(pk: int) -> str:
    return f"home.site_map.front.{pk}"


def _routes() -> dict[int, Routes]:
    """By the number of the type of page; Django remembers these numbers."""
    known = [contribute() for contribute in hooks.get_hooks(SITE_MAP_HOOK)]
    return {ContentType.objects.get_for_model(routes.model).pk: routes for routes in known}


def _read(site: Site) -> tuple[list[Branch], Front]:
    home = site.root_page
    top: list[Branch] = []
    parents: dict[str, list[Branch]] = {home.path: top}
    audit: tuple[date | None, int | None] = (None, None)
    routes = _routes()
    routed: list[tuple[Branch, Routes]] = []
    pages = (
        Page.objects.descendant_of(home)
        .live()
        .filter(depth__lte=home.depth + DEEPEST, view_restrictions__isnull=True)
        .order_by("path")
        .values_list(
            "pk",
            "content_type_id",
            "title",
            "url_path",
            "path",
            "show_in_menus",
            F("accessibilitypage__audited_on"),
            F("accessibilitypage__rate"),
        )
    )
    for pk, type_id, title, url_path, path, is_in_menu, audited_on, rate in pages:
        siblings = parents.get(path[: -Page.steplen])
        if siblings is None:  # Its parent is not public: nor is it.
            continue
        branch = Branch(title, "/" + url_path[len(home.url_path) :], pk, is_in_menu)
        siblings.append(branch)
        parents[path] = branch.below
        if type_id in routes:
            routed.append((branch, routes[type_id]))
        if audited_on is not None:
            audit = (audited_on, rate)
    for branch, known in routed:  # after the pages below it
        branch.below += [
            Branch(str(title), f"{branch.url}{end}", None, False) for title, end in known.entries
        ]
    menu = [
        Branch(branch.title, branch.url, branch.page_id, True)
        for branch in top
        if branch.is_in_menu
    ]
    front = Front(menu, *audit)
    cache.set_many({_tree_key(site.pk): top, _front_key(site.pk): front}, SECONDS_KEPT)
    return top, front
