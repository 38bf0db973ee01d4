"""The page that lists every page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from wagtail.models import Site

from home.site_map import tree_of


@require_safe
def site_map(request: HttpRequest) -> HttpResponse:
    """The site's public pages as a tree of links."""
    site = Site.find_for_request(request)
    return render(request, "home/site_map.html", {"branches": tree_of(site) if site else []})
