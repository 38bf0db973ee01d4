"""The edition in figures, for everybody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from campaigns.models import CampaignPage


def figures(request: HttpRequest, edition: CampaignPage) -> HttpResponse:
    """What the public fiches of the edition add up to."""
    raise Http404
