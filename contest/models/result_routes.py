"""The addresses of the palmarès, below that of its contest: the one that counts, earlier ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.utils import timezone
from wagtail.contrib.routable_page.models import RoutablePageMixin, path, re_path

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse
    from django.http.response import HttpResponseBase

    from .contest_page import ContestPage

RESULTS = "resultats/"
ARCHIVE = "resultats.zip"


def version_address(version: int) -> str:
    """Where an earlier palmarès is, below its contest."""
    return f"{RESULTS}{version}/"


def version_archive(version: int) -> str:
    """Where the archive of an earlier palmarès is, below its contest."""
    return f"resultats-{version}.zip"


class ResultRoutes(RoutablePageMixin):
    """What a contest's page answers with once its palmarès is public; the views do the work."""

    @path(RESULTS, name="results")
    def results_page(self, request: HttpRequest) -> HttpResponse:
        """The palmarès that counts, or when it comes."""
        from contest.views import results

        return results.palmares(request, cast("ContestPage", self))

    @re_path(r"^resultats/(?P<version>[1-9][0-9]{0,3})/$", name="results_version")
    def results_version(self, request: HttpRequest, version: str) -> HttpResponse:
        """One version, which may have been corrected since."""
        from contest.views import results

        return results.palmares(request, cast("ContestPage", self), int(version))

    # A routed page adds the last slash by itself; see `contest.urls` for the address without it.
    @path(f"{ARCHIVE}/", name="results_archive")
    def results_archive(self, request: HttpRequest) -> HttpResponseBase:
        """What anybody can check the palmarès with."""
        from contest.views import results

        return results.archive(request, cast("ContestPage", self))

    @re_path(r"^resultats-(?P<version>[1-9][0-9]{0,3})\.zip/$", name="results_version_archive")
    def results_version_archive(self, request: HttpRequest, version: str) -> HttpResponseBase:
        """The archive of one version."""
        from contest.views import results

        return results.archive(request, cast("ContestPage", self), int(version))

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list[dict[str, Any]]:
        """The addresses of the contest and its gallery, and the palmarès once it is public."""
        from contest.jury.results import current

        urls: list[dict[str, Any]] = super().get_sitemap_urls(request)
        contest = cast("ContestPage", self)
        result = current(contest, timezone.now())
        if result is not None and contest.edition.live:
            address = f"{contest.get_full_url(request)}{RESULTS}"
            urls.append({"location": address, "lastmod": result.published_at})
        return urls
