"""The edition in figures, for everybody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.utils import timezone

from campaigns.agenda_slots import pages_of
from campaigns.editions import editions_below, with_live_pages
from campaigns.models import ActionIndexPage
from campaigns.models.edition_routes import FIGURES
from campaigns.steering.edition_figures import figures_of

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from campaigns.models import CampaignPage


def figures(request: HttpRequest, edition: CampaignPage) -> HttpResponse:
    """What the public fiches of the edition add up to; nothing while it has no catalogue."""
    now = timezone.now()
    catalogue = pages_of(edition).catalogue
    previous = _previous(edition) if catalogue else None
    return render(
        request,
        "campaigns/figures.html",
        {
            "page": edition,
            "address": f"{edition.get_full_url(request)}{FIGURES}",
            "catalogue": catalogue,
            "catalogue_url": catalogue.get_url(request) if catalogue else "",
            "figures": figures_of(edition, previous, now) if catalogue else None,
            "previous": previous,
            "now": now,
        },
    )


def _previous(edition: CampaignPage) -> CampaignPage | None:
    """The edition before, among those whose catalogue everybody can open."""
    earlier = editions_below(edition.get_parent()).filter(week_first_day__lt=edition.week_first_day)
    known = with_live_pages(earlier.defer("body"), live_catalogue=ActionIndexPage)
    return known.filter(live_catalogue__isnull=False).first()
