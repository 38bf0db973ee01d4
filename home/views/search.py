"""The search page."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from wagtail.models import Site

from home.search import clean_query, describe, find_elsewhere, find_pages

RESULTS_PER_PAGE = 10


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Pages and other findings for the words in `q`, whatever else the address holds."""
    query = clean_query(request.GET.get("q", ""))
    site = Site.find_for_request(request)
    results = Paginator(find_pages(site, query) if site else [], RESULTS_PER_PAGE).get_page(
        request.GET.get("page")
    )
    sections = list(find_elsewhere(request, query)) if query and results.number == 1 else []
    context = {
        "query": query,
        "results": results,
        "found": describe(request, list(results)),
        "sections": sections,
        "total": results.paginator.count + sum(section.total for section in sections),
    }
    return render(request, "home/search.html", context)
