"""The fiches of a selection as a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from campaigns.models import ActionIndexPage, CampaignPage


def output(request: HttpRequest, edition: CampaignPage, kind: str) -> HttpResponse:
    """The public fiches that the address selects, as `kind`: csv, xlsx, json, atom or pdf."""
    raise Http404


def fiche_pdf(request: HttpRequest, catalogue: ActionIndexPage, pk: int) -> HttpResponse:
    """One fiche as a PDF."""
    raise Http404
