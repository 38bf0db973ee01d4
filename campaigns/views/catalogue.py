"""The catalogue of an edition's fiches, and what surrounds one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

from django.utils import timezone

from campaigns.catalogue_page import CataloguePage, related_fiches
from campaigns.criteria import Criteria

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from campaigns.models import Action, ActionIndexPage


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


def fiche_context(request: HttpRequest, page: ActionIndexPage, action: Action) -> dict[str, Any]:
    """What the page of a fiche shows around its text: the way back, what is near, how to share it.

    The selection that the reader comes from is kept, unless the fiche is not in it.
    """
    edition, now = page.edition, timezone.now()
    shown = CataloguePage(edition, Criteria.read(request.GET), now)
    if shown.criteria.is_narrowing and action.pk not in shown.ids:
        shown = CataloguePage(edition, Criteria(), now)
    address = f"{page.get_full_url(request)}{action.pk}-{action.slug}/"
    file_base = page.url_of(action, request).removesuffix("/")
    nearest = related_fiches(edition, shown.selection.catalogue, action, now)
    for fiche in nearest:
        fiche.url = page.url_of(fiche, request)
    return {
        "catalogue": shown,
        "back": f"{page.get_url(request)}{shown.query_to(action.pk)}",
        "related": nearest,
        "pdf": f"{file_base}.pdf",
        "calendar": f"{file_base}.ics" if _has_dates(action) else "",
        "mailto": _mailto(action, address),
        "address": address,
    }


def _has_dates(action: Action) -> bool:
    return action.starts_on is not None or bool(action.sessions.all())


def _mailto(action: Action, address: str) -> str:
    """A mail to write, which holds the fiche's title and address; nobody counts who sends it."""
    body = f"{action.title}\r\n{action.establishment}\r\n\r\n{address}"
    return "mailto:?" + urlencode({"subject": action.title, "body": body}, quote_via=quote)


def _canonical(address: str, shown: CataloguePage) -> str:
    """One address for each page of each selection, whatever else was typed."""
    query = shown.criteria.query
    if shown.page.number > 1:
        number = urlencode({"page": shown.page.number})
        query = f"{query}&{number}" if query else f"?{number}"
    return f"{address}{query}"
