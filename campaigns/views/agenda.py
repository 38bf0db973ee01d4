"""The Week, day by day, and its calendars."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from campaigns.models import ActionIndexPage, CampaignPage


def agenda(request: HttpRequest, edition: CampaignPage) -> HttpResponse:
    """The sessions of the Week."""
    raise Http404


def feed(request: HttpRequest, edition: CampaignPage) -> HttpResponse:
    """The sessions of a selection, for a calendar."""
    raise Http404


def fiche_feed(request: HttpRequest, catalogue: ActionIndexPage, pk: int) -> HttpResponse:
    """The sessions of one fiche, for a calendar."""
    raise Http404


def session_feed(
    request: HttpRequest, catalogue: ActionIndexPage, pk: int, session: int
) -> HttpResponse:
    """One session, for a calendar."""
    raise Http404
