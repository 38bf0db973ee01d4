"""The fiches in the search of the whole site."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.models import Site

from establishments.models import Academy
from home.search import SEARCH_HOOK, Found, Section

from .addresses import public_addresses
from .catalogue import find


@hooks.register(SEARCH_HOOK)
def find_fiches(request: HttpRequest, query: str, limit: int) -> Section | None:
    """The newest public fiches of the site's académie that hold every word of `query`."""
    site = Site.find_for_request(request)
    academy = Academy.objects.filter(site=site).first() if site else None
    if academy is None:
        return None
    fiches = list(find(academy, query).select_related("campaign")[:limit])
    addresses = public_addresses(fiches, request)
    found = [
        Found(
            title=action.title,
            url=addresses[action.pk],
            summary=action.summary,
            detail=f"{action.establishment} · {action.campaign.title}",
        )
        for action in fiches
        if action.pk in addresses
    ]
    return Section(_("Latest fiches-actions"), found, total=len(found))
