"""The catalogue of an edition's fiches."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.utils import timezone

from campaigns.catalogue_page import CataloguePage
from campaigns.criteria import Criteria

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from campaigns.models import ActionIndexPage


def catalogue(request: HttpRequest, page: ActionIndexPage) -> HttpResponse:
    """One page of cards, as the address narrows it."""
    edition, now = page.edition, timezone.now()
    criteria = Criteria.read(request.GET)
    shown = CataloguePage(
        edition,
        criteria,
        now,
        number=request.GET.get("page", ""),
        view=request.GET.get("vue", ""),
    )
    for fiche in shown.page:
        fiche.url = page.url_of(fiche, request)
    return page.render(
        request,
        context_overrides={
            "catalogue": shown,
            "criteria": criteria,
            "selection": shown.selection,
            "page_obj": shown.page,
            "base": page.get_url(request),
            "edition_base": edition.get_url(request),
            "is_to_come": now < edition.calendar.week_ends_at,
            "accepts_submissions": edition.calendar.accepts_submissions(now),
            "address": _canonical(page.get_full_url(request), shown),
        },
    )


def _canonical(address: str, shown: CataloguePage) -> str:
    """One address for each page of each selection, whatever else was typed."""
    query = shown.criteria.query
    if shown.page.number > 1:
        number = urlencode({"page": shown.page.number})
        query = f"{query}&{number}" if query else f"?{number}"
    return f"{address}{query}"
