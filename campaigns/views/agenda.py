"""The Week, day by day, and its calendars."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import content_disposition_header, http_date, quote_etag
from django.utils.translation import gettext as _
from wagtail.models import Site

from campaigns.agenda import agenda_of
from campaigns.agenda_slots import pages_of
from campaigns.calendar_feeds import Source, WeekFeed, fiche_appointments
from campaigns.calendars import CONTENT_TYPE, pieces
from campaigns.criteria import Criteria, Facet
from campaigns.models.edition_routes import AGENDA, AGENDA_FEED

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

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


def feed(request: HttpRequest, edition: CampaignPage) -> HttpResponseBase:
    """The Week of a selection, for a calendar; it is written as it is sent."""
    pages = pages_of(edition)
    week = WeekFeed(
        edition,
        Criteria.read(request.GET),
        timezone.now(),
        pages=pages,
        source=_source(request, pages.catalogue),
    )
    tag = quote_etag(week.tag) if week.tag else None
    unchanged = get_conditional_response(request, tag)
    if unchanged is not None:
        return _to_be_asked_again(unchanged)
    name = _("Agenda: %(edition)s") % {"edition": edition.title}
    response = StreamingHttpResponse(pieces(name, week.appointments()), content_type=CONTENT_TYPE)
    if tag:
        response["ETag"] = tag
    return _as_file(response, f"agenda-{edition.slug}.ics")


def fiche_feed(request: HttpRequest, catalogue: ActionIndexPage, pk: int) -> HttpResponseBase:
    """The dates of one fiche, for a calendar.

    Raises:
        Http404: no public fiche of this edition has that number, or it has no date.
    """
    return _fiche_file(request, catalogue, pk)


def session_feed(
    request: HttpRequest, catalogue: ActionIndexPage, pk: int, session: int
) -> HttpResponseBase:
    """One session, for a calendar.

    Raises:
        Http404: no public fiche of this edition has that number and that session.
    """
    return _fiche_file(request, catalogue, pk, session)


def _fiche_file(
    request: HttpRequest, catalogue: ActionIndexPage, pk: int, session: int | None = None
) -> HttpResponseBase:
    found = fiche_appointments(catalogue, pk, _source(request, catalogue), session)
    if found is None:
        raise Http404("No such dates in this edition")
    fiche, appointments = found
    body = b"".join(pieces(fiche.title, appointments))
    tag = quote_etag(sha256(body).hexdigest()[:32])
    modified = int(max(one.modified_at for one in appointments).timestamp())
    whole = HttpResponse(body, content_type=CONTENT_TYPE)
    response = get_conditional_response(request, tag, modified, whole) or whole
    response["ETag"] = tag
    response["Last-Modified"] = http_date(modified)
    name = f"seance-{session}" if session else f"{fiche.pk}-{fiche.slug}"
    return _as_file(response, f"{name}.ics")


def _source(request: HttpRequest, catalogue: ActionIndexPage | None) -> Source:
    site = Site.find_for_request(request)
    base = catalogue.get_full_url(request) if catalogue else ""
    return Source(site.hostname if site else "localhost", base or "")


def _as_file(response: HttpResponseBase, name: str) -> HttpResponseBase:
    response["Content-Disposition"] = content_disposition_header(True, name) or ""
    return _to_be_asked_again(response)


def _to_be_asked_again(response: HttpResponseBase) -> HttpResponseBase:
    """A fiche withdrawn must not live on in a cache: each asks before it answers."""
    patch_cache_control(response, no_cache=True)
    return response
