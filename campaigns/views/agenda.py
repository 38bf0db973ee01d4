"""The Week, day by day, and its calendars."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone

from campaigns.agenda import agenda_of
from campaigns.criteria import Criteria, Facet
from campaigns.models.edition_routes import AGENDA, AGENDA_FEED

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from campaigns.models import ActionIndexPage, CampaignPage


def agenda(request: HttpRequest, edition: CampaignPage) -> HttpResponse:
    """What takes place in the Week, of the fiches that the address selects."""
    criteria = Criteria.read(request.GET)
    now = timezone.now()
    shown = agenda_of(edition, criteria, request.GET.get("page"), now)
    any_day = criteria.without(Facet.DAY)
    base = edition.get_url(request)
    context = {
        "page": edition,
        "address": f"{edition.get_full_url(request)}{AGENDA}",
        "agenda": shown,
        "words": criteria.words,
        "department": "".join(criteria.chosen.get(Facet.DEPARTMENT, ())[:1]),
        "kept": _kept(criteria),
        "days": [
            (day, criteria.without(Facet.DAY).toggled(Facet.DAY, day.day.isoformat()).query)
            for day in shown.days
        ],
        "whole_week_query": any_day.query,
        "open_query": criteria.without(Facet.OPEN).toggled(Facet.OPEN, "1").query,
        "all_query": criteria.without(Facet.OPEN).query,
        "feed": f"{base}{AGENDA_FEED}{criteria.query}",
        "catalogue_query": criteria.query,
        "is_to_come": now < edition.calendar.week_starts_at,
    }
    return render(request, "campaigns/agenda.html", context)


def _kept(criteria: Criteria) -> list[tuple[str, str]]:
    """What the form of the agenda leaves as it is: pairs of a parameter and a value."""
    return [
        (facet.value, key)
        for facet, keys in criteria.chosen.items()
        for key in keys
        if facet not in (Facet.DEPARTMENT, Facet.OPEN)
    ]


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
