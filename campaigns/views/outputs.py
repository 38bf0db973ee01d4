"""The fiches of a selection as a file: open data, feed, recueil; one fiche as a PDF."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from django.http import FileResponse, Http404, HttpResponse, StreamingHttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import quote_etag
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from campaigns.criteria import Criteria
from campaigns.outputs import delimited, feed, rows, structured, workbook
from campaigns.outputs.columns import COLUMNS
from campaigns.outputs.publisher import academy_of, name_of
from campaigns.selection import Selection

from .booklets import booklet, fiche_pdf

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from campaigns.models import ActionIndexPage, CampaignPage
    from campaigns.outputs.about import About
    from establishments.models import Academy

__all__ = ["fiche_pdf", "open_catalogue", "output"]

VERSION: Final = 2
"""Raised when the same fiches give another file: what readers have kept is then out of date."""

CONTENT_TYPES: Final = {
    "csv": delimited.CONTENT_TYPE,
    "json": structured.CONTENT_TYPE,
    "xlsx": workbook.CONTENT_TYPE,
    "atom": feed.CONTENT_TYPE,
}
SAVED: Final = frozenset({"csv", "xlsx"})
"""What a browser saves instead of showing it."""


@require_safe
def output(request: HttpRequest, edition: CampaignPage, kind: str) -> HttpResponseBase:
    """The public fiches that the address selects, as `kind`: csv, xlsx, json, atom or pdf.

    Raises:
        Http404: the edition has no catalogue that the visitor may open.
    """
    catalogue = open_catalogue(request, edition)
    selection = Selection(edition, Criteria.read(request.GET), timezone.now())
    if kind == "pdf":
        return booklet(request, selection, catalogue)
    academy = academy_of(edition)
    etag = _etag(selection, kind, catalogue.get_full_url(request), academy)
    response: HttpResponseBase | None = get_conditional_response(request, etag=etag)
    if response is None:
        if request.method == "HEAD":
            response = HttpResponse(content_type=CONTENT_TYPES[kind])
        else:
            title = _("Fiches-actions: %(edition)s") % {"edition": edition.title}
            about = rows.about(selection, catalogue, academy, title)
            response = WRITERS[kind](request, selection, catalogue, about)
        name = f"actions-{slugify(edition.slug)}.{kind}"
        shown = "attachment" if kind in SAVED else "inline"
        response["Content-Disposition"] = f"{shown}; filename={name}"
    if etag:
        response["ETag"] = etag
    # Asked again each time: a fiche may be withdrawn.
    patch_cache_control(response, private=True, no_cache=True)
    return response


def open_catalogue(request: HttpRequest, edition: CampaignPage) -> ActionIndexPage:
    """The published catalogue of `edition`, where its own privacy settings let the visitor in.

    Raises:
        Http404: there is none, or it is not open to whoever asks.
    """
    from campaigns.editions import catalogue_of

    catalogue = catalogue_of(edition)
    if catalogue is None or not catalogue.live:
        raise Http404("No catalogue")
    # Those of the edition have been asked already: Wagtail serves its address.
    for restriction in catalogue.get_view_restrictions():
        if not restriction.accept_request(request):
            raise Http404("The catalogue is not open to everybody")
    return catalogue


def _etag(selection: Selection, kind: str, base: str, academy: Academy | None) -> str | None:
    """What changes with the file; None where the state of the catalogue is not known."""
    if not selection.catalogue.stamp:
        return None
    edition = selection.edition
    parts: Iterable[object] = (
        VERSION,
        kind,
        selection.catalogue.stamp,
        selection.criteria.query,
        # Fiches whose dates have ended leave no other trace. In hexadecimal: Python refuses to
        # write longer numbers in decimal.
        hex(selection.found),
        base,
        edition.title,
        edition.theme,
        edition.school_year,
        *((name_of(academy), academy.service_name, academy.contact_email) if academy else ()),
    )
    return quote_etag(sha256(repr(parts).encode()).hexdigest()[:32])


def _csv(
    request: HttpRequest, selection: Selection, catalogue: ActionIndexPage, about: About
) -> HttpResponseBase:
    fiches = rows.rows_of(selection, catalogue)
    return StreamingHttpResponse(
        delimited.lines([column.key for column in COLUMNS], fiches),
        content_type=CONTENT_TYPES["csv"],
    )


def _json(
    request: HttpRequest, selection: Selection, catalogue: ActionIndexPage, about: About
) -> HttpResponseBase:
    fiches = rows.rows_of(selection, catalogue)
    return StreamingHttpResponse(
        structured.parts(about, COLUMNS, fiches), content_type=CONTENT_TYPES["json"]
    )


def _xlsx(
    request: HttpRequest, selection: Selection, catalogue: ActionIndexPage, about: About
) -> HttpResponseBase:
    # Its index stands at the end of the file: nothing can leave before all is written.
    target = tempfile.TemporaryFile()  # noqa: SIM115 - the answer closes it once it is sent
    workbook.write(target, about, COLUMNS, rows.rows_of(selection, catalogue))
    target.seek(0)
    return FileResponse(target, content_type=CONTENT_TYPES["xlsx"])


def _atom(
    request: HttpRequest, selection: Selection, catalogue: ActionIndexPage, about: About
) -> HttpResponseBase:
    edition = selection.edition
    own = f"{edition.get_full_url(request)}actions.atom{selection.criteria.query}"
    site = edition.get_site()
    content = feed.feed_of(
        about,
        rows.entries_of(selection, catalogue),
        host=site.hostname if site else "localhost",
        own_address=own,
    )
    return HttpResponse(content, content_type=CONTENT_TYPES["atom"])


WRITERS: Final[dict[str, Callable[..., HttpResponseBase]]] = {
    "csv": _csv,
    "json": _json,
    "xlsx": _xlsx,
    "atom": _atom,
}
