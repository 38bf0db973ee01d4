"""The slideshow for a hall: one poster a page, which a script turns by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils import timezone

from contest import gallery
from contest.gallery_filters import Filters
from contest.models.gallery_routes import GALLERY, SLIDESHOW
from home.keys import key_in

from .gallery import short_alternative

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from contest.models import ContestPage

USUAL_SECONDS, LEAST_SECONDS, MOST_SECONDS = 10, 3, 300
LARGEST_NUMBER = 10**9


def slideshow(request: HttpRequest, contest: ContestPage) -> HttpResponse:
    """One poster, full screen, with the links to the one before and the one after.

    `?secondes=` says how long the script shows each, `?affiche=` which is shown now; odd values
    give the usual time and the first poster.

    Raises:
        Http404: the edition is not published.
    """
    now = timezone.now()
    if not contest.edition.live:
        raise Http404("The edition is not published")
    base = contest.get_url(request) or ""
    if not gallery.is_open(contest, now):
        return HttpResponseRedirect(f"{base}{GALLERY}")  # which says when it opens
    with_establishments = contest.shows_establishments(now)
    filters = Filters.read(request.GET, with_establishments=with_establishments)
    seconds = seconds_in(request.GET.get("secondes", ""))
    number = min(key_in(request.GET.get("affiche", "")) or 1, LARGEST_NUMBER)
    slide = gallery.slide_of(contest, filters, number, now)
    if slide is None and filters.is_narrowing:  # what they keep may have been withdrawn
        filters = Filters()
        slide = gallery.slide_of(contest, filters, number, now)
    context = {
        "page": contest,
        "slide": slide,
        "seconds": seconds,
        "with_establishments": with_establishments,
        "exit": f"{base}{GALLERY}{filters.query}",
    }
    if slide is not None and slide.poster.file is not None:
        kept = {"secondes": seconds if seconds != USUAL_SECONDS else ""}
        address = f"{base}{SLIDESHOW}"
        ratio = slide.poster.file.ratio
        context |= {
            "poster": slide.poster,
            "alternative": short_alternative(slide.poster),
            # Whichever side of the screen it touches first.
            "sizes": f"(min-aspect-ratio: {ratio * 1000:.0f}/1000) {ratio * 100:.0f}vh, 100vw",
            "previous": address + filters.query_with(affiche=slide.previous, **kept),
            "following": address + filters.query_with(affiche=slide.following, **kept),
        }
    return TemplateResponse(request, "contest/gallery/slideshow.html", context)


def seconds_in(typed: str) -> int:
    """How long a poster stays, as an address says it, within reason."""
    seconds = key_in(typed)
    if seconds is None:
        return USUAL_SECONDS
    return max(LEAST_SECONDS, min(seconds, MOST_SECONDS))
