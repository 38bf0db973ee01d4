"""The page that lists every page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from wagtail.models import Site

from home.navigation import LEGAL_URLS
from home.site_map import tree_of


@require_safe
def site_map(request: HttpRequest) -> HttpResponse:
    """The site's public pages as a tree of links."""
    site = Site.find_for_request(request)
    branches = tree_of(site) if site else []
    legal = [branch for branch in branches if branch.url in LEGAL_URLS]
    context = {
        "branches": [branch for branch in branches if branch not in legal],
        "legal_branches": legal,
    }
    return render(request, "home/site_map.html", context)
