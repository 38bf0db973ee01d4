"""What an edition's page answers below its own address: agenda, figures, outputs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from wagtail.contrib.routable_page.models import RoutablePageMixin, path, re_path

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse
    from django.http.response import HttpResponseBase

    from .campaign import CampaignPage

AGENDA = "agenda/"
AGENDA_FEED = "agenda.ics"
FIGURES = "chiffres/"


class EditionRoutes(RoutablePageMixin):
    """The views do the work."""

    @path(AGENDA, name="agenda")
    def agenda_page(self, request: HttpRequest) -> HttpResponse:
        """The Week, day by day."""
        from campaigns.views import agenda

        return agenda.agenda(request, cast("CampaignPage", self))

    # A routed page adds the last slash by itself; see `campaigns.urls` for the address without it.
    @path(f"{AGENDA_FEED}/", name="agenda_feed")
    def agenda_feed(self, request: HttpRequest) -> HttpResponseBase:
        """The Week for a calendar."""
        from campaigns.views import agenda

        return agenda.feed(request, cast("CampaignPage", self))

    @path(FIGURES, name="figures")
    def figures_page(self, request: HttpRequest) -> HttpResponse:
        """The edition in figures."""
        from campaigns.views import figures

        return figures.figures(request, cast("CampaignPage", self))

    @re_path(r"^actions\.(?P<kind>csv|xlsx|json|atom|pdf)/$", name="output")
    def output(self, request: HttpRequest, kind: str) -> HttpResponseBase:
        """The fiches of a selection, in one file."""
        from campaigns.views import outputs

        return outputs.output(request, cast("CampaignPage", self), kind)

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list[dict[str, Any]]:
        """The edition's own address, its agenda's and its figures'."""
        urls: list[dict[str, Any]] = super().get_sitemap_urls(request)
        base = cast("CampaignPage", self).get_full_url(request)
        return urls + [{"location": f"{base}{end}"} for end in (AGENDA, FIGURES)]
