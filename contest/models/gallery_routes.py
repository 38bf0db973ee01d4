"""The addresses of the gallery, below that of its contest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.utils import timezone
from wagtail.contrib.routable_page.models import RoutablePageMixin, path, re_path

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from .contest_page import ContestPage

GALLERY = "galerie/"
SLIDESHOW = "diaporama/"


class GalleryRoutes(RoutablePageMixin):
    """What a contest's page answers with below its own address; the views do the work."""

    @path(GALLERY, name="gallery")
    def gallery(self, request: HttpRequest) -> HttpResponse:
        """The wall of posters, or when it opens."""
        from contest.views import gallery

        return gallery.wall(request, cast("ContestPage", self))

    # Numbers without a leading zero, so that a poster has one address, and within a column's reach.
    @re_path(r"^galerie/(?P<number>[1-9][0-9]{0,8})/$", name="gallery_poster")
    def gallery_poster(self, request: HttpRequest, number: str) -> HttpResponse:
        """The page of one poster."""
        from contest.views import gallery

        return gallery.poster_page(request, cast("ContestPage", self), int(number))

    @path(SLIDESHOW, name="slideshow")
    def slideshow(self, request: HttpRequest) -> HttpResponse:
        """The posters one after another, for a hall."""
        from contest.views import gallery_slideshow

        return gallery_slideshow.slideshow(request, cast("ContestPage", self))

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list[dict[str, Any]]:
        """The contest's own address, then, once it is open, the gallery's and its posters'."""
        from contest import gallery

        urls: list[dict[str, Any]] = super().get_sitemap_urls(request)
        contest = cast("ContestPage", self)
        base = f"{contest.get_full_url(request)}{GALLERY}"
        posters = gallery.shown_in(contest, timezone.now()).values_list(
            "number", "last_published_at"
        )
        rows = list(posters)
        if rows:
            urls.append({"location": base, "lastmod": max(at for _number, at in rows if at)})
        return urls + [{"location": f"{base}{number}/", "lastmod": at} for number, at in rows]
