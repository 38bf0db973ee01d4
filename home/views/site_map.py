"""The page that lists every page."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from wagtail.models import Site

from home.navigation import LEGAL_URLS, shell_of
from home.site_map import Branch, tree_of


@require_safe
def site_map(request: HttpRequest) -> HttpResponse:
    """The site's public pages as a tree of links."""
    site = Site.find_for_request(request)
    branches = tree_of(site) if site else []
    legal = [branch for branch in branches if branch.url in LEGAL_URLS]
    listed = set(_addresses(branches))
    context = {
        # What the menu offers that the tree does not.
        "services": [entry for entry in shell_of(request).entries if entry.url not in listed],
        "branches": [branch for branch in branches if branch not in legal],
        "legal_branches": legal,
    }
    return render(request, "home/site_map.html", context)


def _addresses(branches: Iterable[Branch]) -> Iterable[str]:
    yield "/"
    for branch in branches:
        yield branch.url
        yield from _addresses(branch.below)
