"""The recueil of a selection, and one fiche, as PDFs."""

from __future__ import annotations

import logging
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from django.core.cache import cache
from django.http import FileResponse, Http404, HttpResponse, HttpResponsePermanentRedirect
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from campaigns import booklets
from campaigns.models import BookletState
from campaigns.outputs.publisher import academy_of
from campaigns.printing.documents import write_fiche
from campaigns.printing.fiche_data import fiche_data
from campaigns.printing.pictures import picture_of
from campaigns.printing.rows import printed_fiches
from home.typesetting.typeset import CannotTypeset

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from campaigns.models import Action, ActionIndexPage, Booklet
    from campaigns.selection import Selection

logger = logging.getLogger(__name__)

FOLLOWED: Final = "suivi"
"""The parameter that asks for the page about the recueil, even once it is ready."""

FICHE_KEPT_SECONDS: Final = 3600


def booklet(
    request: HttpRequest, selection: Selection, catalogue: ActionIndexPage
) -> HttpResponseBase:
    """The file where it is ready; else a page that says how far it is, and becomes the file."""
    if request.method == "HEAD":  # whoever only looks has nothing made
        known = booklets.ready(selection)
        response: HttpResponseBase = HttpResponse(
            status=200 if known else 202,
            content_type="application/pdf" if known else "text/html; charset=utf-8",
        )
    else:
        response = _answer(request, selection, catalogue)
    patch_cache_control(response, private=True, no_cache=True)
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _answer(
    request: HttpRequest, selection: Selection, catalogue: ActionIndexPage
) -> HttpResponseBase:
    try:
        made = booklets.ask(selection)
    except booklets.BookletRefused as refusal:
        return _refused(request, selection, catalogue, refusal)
    is_ready = made.state == BookletState.DONE
    if is_ready and FOLLOWED not in request.GET:
        return _file(made, selection)
    query = selection.criteria.query
    response = catalogue.render(
        request,
        template="campaigns/booklet.html",
        context_overrides={
            "booklet": made,
            "is_ready": is_ready,
            "is_failed": made.state == BookletState.FAILED,
            "is_read": made.total and made.done >= made.total,
            "size": made.file.size if is_ready else 0,
            "address": f"{request.path}{query}",
            "followed": f"{request.path}{query}{'&' if query else '?'}{FOLLOWED}=1",
            "back": f"{catalogue.get_url(request)}{query}",
            "title": _("Booklet of the fiches-actions"),
        },
    )
    response.status_code = 200 if is_ready else 202
    return response


def _file(made: Booklet, selection: Selection) -> HttpResponseBase:
    try:
        content = made.file.open("rb")
    except FileNotFoundError:
        made.delete()  # the next visit has it made anew
        raise Http404("The file is gone") from None
    name = f"recueil-{selection.edition.slug}.pdf"
    return FileResponse(content, filename=name, content_type="application/pdf")


def _refused(
    request: HttpRequest,
    selection: Selection,
    catalogue: ActionIndexPage,
    refusal: booklets.BookletRefused,
) -> HttpResponse:
    status, told = 400, _("This selection has too many criteria. Remove some of them.")
    if isinstance(refusal, booklets.NothingToPrint):
        status, told = 404, _("No fiche matches this selection: there is nothing to print.")
    elif isinstance(refusal, booklets.TooManyFiches):
        told = ngettext(
            "This selection has %(total)d fiche.",
            "This selection has %(total)d fiches.",
            selection.total,
        ) % {"total": selection.total}
        told += " " + _(
            "A booklet holds %(most)d at most: choose a department or a theme, for instance."
        ) % {"most": booklets.MOST_FICHES}
    elif isinstance(refusal, booklets.TooManyWaiting):
        status = 503
        told = _(
            "Several booklets are being prepared already. Come back in a few minutes: yours is "
            "then prepared in its turn."
        )
    response: HttpResponse = catalogue.render(
        request,
        template="campaigns/booklet_refused.html",
        context_overrides={
            "told": told,
            "back": f"{catalogue.get_url(request)}{selection.criteria.query}",
            "title": _("Booklet of the fiches-actions"),
        },
    )
    response.status_code = status
    if status == 503:
        response["Retry-After"] = "120"
    return response


@require_safe
def fiche_pdf(request: HttpRequest, catalogue: ActionIndexPage, pk: int) -> HttpResponseBase:
    """One public fiche as a PDF; its address is the one that its present title gives.

    Raises:
        Http404: no published fiche of this edition has that number.
    """
    action = printed_fiches(catalogue.edition).filter(pk=pk).first()
    if action is None:
        raise Http404("No such fiche in this edition")
    name = f"{action.pk}-{action.slug}.pdf"
    if not request.path.endswith(f"/{name}"):
        return HttpResponsePermanentRedirect(f"{catalogue.get_url(request)}{name}")
    address = f"{catalogue.get_full_url(request)}{action.pk}-{action.slug}/"
    response = HttpResponse(content_type="application/pdf")
    if request.method != "HEAD":
        try:
            response.content = _fiche(action, address, catalogue)
        except CannotTypeset as error:
            logger.error("Fiche %s could not be laid out: %s", pk, error)
            return _unprinted(request, catalogue, address)
    response["Content-Disposition"] = f"inline; filename={name}"
    response["X-Robots-Tag"] = "noindex"
    patch_cache_control(response, private=True, no_cache=True)
    return response


def _unprinted(request: HttpRequest, catalogue: ActionIndexPage, address: str) -> HttpResponse:
    response: HttpResponse = catalogue.render(
        request,
        template="campaigns/booklet_refused.html",
        context_overrides={
            "told": _(
                "This fiche cannot be laid out as a PDF just now. Try again in a minute, or print "
                "its page."
            ),
            "back": address,
            "title": _("Fiche as a PDF"),
        },
    )
    response.status_code = 503
    return response


def _fiche(action: Action, address: str, catalogue: ActionIndexPage) -> bytes:
    """The PDF, made anew when the catalogue changes and each day."""
    edition, day = catalogue.edition, timezone.localdate()
    stamp = getattr(getattr(edition, "catalogue_stamp", None), "number", 0)
    key = f"fiche-pdf:{action.pk}:{stamp}:{day.isoformat()}:{address}"
    known: bytes | None = cache.get(key) if stamp else None
    if known is not None:
        return known
    academy = academy_of(edition)
    pictures: dict[str, Path] = {}
    with tempfile.TemporaryDirectory(prefix="fiche-") as name:
        folder = Path(name)
        picture = picture_of(action, folder, pictures)
        target = folder / "fiche.pdf"
        write_fiche(
            target,
            fiche_data(action, address, picture),
            edition=edition.title,
            service=academy.service_name if academy else "",
            files=pictures,
            day=day,
        )
        content = target.read_bytes()
    if stamp:
        cache.set(key, content, FICHE_KEPT_SECONDS)
    return content
