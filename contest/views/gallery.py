"""The wall of posters and the page of one, below the address of their contest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator

from contest import gallery
from contest.gallery_filters import Filters, Laurel
from contest.models.gallery_routes import GALLERY, SLIDESHOW
from contest.models.result_routes import RESULTS

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpRequest, HttpResponse

    from contest.models import ContestPage, Poster

SHORT_ALTERNATIVE = 140
"""Characters of a poster's alternative text on the wall, where many are read in a row."""

FIRST_ROW = 4
"""How many pictures of the wall do not wait to be seen: a row on most screens."""

SHARED_WIDTH = 1280
"""The widest picture worth giving to a messenger that shows a link."""


WALL_SIZES = (
    "(min-width: 90em) 15rem, (min-width: 62em) calc(25vw - 3rem), "
    "(min-width: 36em) calc(33vw - 3rem), 6.5rem"
)
"""How wide a picture of the wall is shown; in step with `gallery.css`.

On a phone less than the truth, so that a dense screen takes the picture of 320 pixels: it is sharp
enough there, and a third of the bytes of the next one.
"""


@dataclass(frozen=True)
class Card:
    """A poster on the wall, with the address of its page and what its picture needs."""

    poster: Poster
    address: str
    alternative: str
    is_first: bool
    is_lazy: bool
    laurels: tuple[Laurel, ...]


@dataclass(frozen=True)
class SharedPicture:
    """What a messenger shows of a link: the address in full, the size in pixels."""

    full_url: str
    width: int
    height: int


def wall(request: HttpRequest, contest: ContestPage) -> HttpResponse:
    """The gallery, as narrowed by the address; when it opens, where it is not open yet.

    Raises:
        Http404: the edition is not published.
    """
    now = timezone.now()
    if not contest.edition.live:
        raise Http404("The edition is not published")
    address = f"{contest.get_full_url(request)}{GALLERY}"
    context: dict[str, Any] = {"page": contest, "address": address}
    if not gallery.is_open(contest, now):
        context["results_at"] = results_to_come(contest, now)
        return TemplateResponse(request, "contest/gallery/closed.html", context)
    with_establishments = contest.shows_establishments(now)
    filters = Filters.read(request.GET, with_establishments=with_establishments)
    shown = gallery.wall_of(contest, filters, request.GET.get("page"), now)
    base = f"{contest.get_url(request)}{GALLERY}"
    cards = [
        Card(
            poster,
            address=f"{base}{poster.number}/{shown.filters.query}",
            alternative=short_alternative(poster),
            is_first=order == 0,
            is_lazy=order >= FIRST_ROW,
            laurels=shown.laurels.get(poster.pk, ()),
        )
        for order, poster in enumerate(shown.page)
    ]
    context |= {
        "wall": shown,
        "page_obj": shown.page,
        "cards": cards,
        "sizes": WALL_SIZES,
        "with_establishments": with_establishments,
        "base": base,
        "slideshow": f"{contest.get_url(request)}{SLIDESHOW}{shown.filters.query}",
        "title": contest.title,
        "palmares": f"{contest.get_url(request)}{RESULTS}" if shown.laurels else "",
    }
    if shown.page.number > 1 and not shown.filters.is_narrowing:
        context["address"] = f"{address}?page={shown.page.number}"
    return TemplateResponse(request, "contest/gallery/wall.html", context)


def poster_page(request: HttpRequest, contest: ContestPage, number: int) -> HttpResponse:
    """The page of one poster.

    One that has been withdrawn is not found, as if it had never been: "gone" would tell the world
    that somebody took back a consent.

    Raises:
        Http404: the gallery shows no poster of that number.
    """
    now = timezone.now()
    poster = gallery.poster_shown(contest, number, now)
    if poster is None:
        raise Http404("The gallery shows no such poster")
    with_establishments = contest.shows_establishments(now)
    filters = Filters.read(request.GET, with_establishments=with_establishments)
    laurels = gallery.laurels_shown(contest, now)
    place = gallery.place_of(poster, contest, filters, laurels, now)
    if place.rank is None and filters.is_narrowing:  # a link to a poster that the filters leave out
        filters = Filters()
        place = gallery.place_of(poster, contest, filters, laurels, now)
    base = f"{contest.get_url(request)}{GALLERY}"
    page_number = place.wall_page if place.wall_page > 1 else ""
    return TemplateResponse(
        request,
        "contest/gallery/poster.html",
        {
            "page": contest,
            "poster": poster,
            "place": place,
            "filters": filters,
            "with_establishments": with_establishments,
            "laurels": laurels.get(poster.pk, ()),
            "palmares": f"{contest.get_url(request)}{RESULTS}",
            "sizes": poster_sizes(poster),
            "base": base,
            "back": f"{base}{filters.query_with(page=page_number)}#affiche-{number}",
            "title": poster.title,
            "description": poster.statement or poster.alternative,
            "address": f"{contest.get_full_url(request)}{GALLERY}{number}/",
            "social_image": shared_picture(request, poster),
        },
    )


def results_to_come(contest: ContestPage, now: datetime) -> datetime | None:
    """When the results are out, where that is known and still to come."""
    return contest.calendar.results_to_come(now)


def poster_sizes(poster: Poster) -> str:
    """How wide the picture of a poster's page is shown; in step with `gallery.css`.

    On a wide screen the height of the window limits an upright poster, the column the others.
    """
    of_height = round((poster.file.ratio if poster.file else 1) * 88)
    widths = ["(min-width: 78em) 42rem", "(min-width: 62em) 55vw", "calc(100vw - 3rem)"]
    if of_height <= 75:
        widths.insert(0, f"(min-width: 62em) and (min-aspect-ratio: 4/3) {of_height}vh")
    return ", ".join(widths)


def short_alternative(poster: Poster) -> str:
    """The beginning of a poster's alternative text; all of it is on its page."""
    return Truncator(poster.alternative).chars(SHORT_ALTERNATIVE)


def shared_picture(request: HttpRequest, poster: Poster) -> SharedPicture | None:
    """The picture that goes with a link to the poster; none where it is not for everybody."""
    if not getattr(poster, "is_public", False) or poster.file is None:
        return None
    fitting = [
        one for one in poster.file.pictures if one.format == "jpeg" and one.width <= SHARED_WIDTH
    ]
    if not fitting:
        return None
    widest = fitting[-1]
    path = reverse("poster_file", args=[poster.file.token, widest.name])
    return SharedPicture(request.build_absolute_uri(path), widest.width, widest.height)
