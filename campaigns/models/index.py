"""The catalogue page of an edition's fiches."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Prefetch
from django.http import Http404, HttpResponsePermanentRedirect
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.routable_page.models import RoutablePageMixin, path, re_path

from campaigns.catalogue import published_in, terms_of
from home.models import BasePage

from .action import Action
from .action_rows import ActionPartner, AssociatedEstablishment
from .campaign import CampaignPage

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse
    from django.http.response import HttpResponseBase


class ActionIndexPage(RoutablePageMixin, BasePage):
    """The public catalogue of one edition's fiches-actions."""

    parent_page_types = ["campaigns.CampaignPage"]
    subpage_types: list[str] = []
    max_count_per_parent = 1
    template = "campaigns/action_index_page.html"

    class Meta:
        verbose_name = _("catalogue of fiches")
        verbose_name_plural = _("catalogues of fiches")

    @cached_property
    def edition(self) -> CampaignPage:
        """The edition whose fiches these are."""
        return self.get_parent().specific  # known already where a request was routed here

    def url_of(self, action: Action, request: HttpRequest | None = None) -> str:
        """The address of `action` in this catalogue."""
        return f"{self.get_url(request)}{action.pk}-{action.slug}/"

    @path("")
    def catalogue(self, request: HttpRequest) -> HttpResponse:
        """One page of cards, as the address narrows it."""
        from campaigns.views import catalogue

        return catalogue.catalogue(request, self)

    @re_path(r"^(?P<pk>[0-9]{1,15})(?:-(?P<slug>[^/.]*))?/$")
    def fiche(self, request: HttpRequest, pk: str, slug: str | None = None) -> HttpResponse:
        """One fiche; its address is the one that its present title gives, a duplicate's leads on.

        Raises:
            Http404: no published fiche of this edition has that number.
        """
        from campaigns.views.catalogue import fiche_context

        action = (
            published_in(self.edition)
            .select_related("establishment__network")
            .prefetch_related("sessions", "indicators", "media")
            .prefetch_related(
                Prefetch("partners", ActionPartner.objects.select_related("type")),
                Prefetch(
                    "associated", AssociatedEstablishment.objects.select_related("establishment")
                ),
            )
            .filter(pk=pk)
            .first()
        )
        if action is None:
            kept = published_in(self.edition).filter(merged=pk).first()
            if kept is not None:  # a duplicate, merged into this one
                return HttpResponsePermanentRedirect(self.url_of(kept, request))
            raise Http404("No such fiche in this edition")
        address = self.url_of(action, request)
        if slug != action.slug:
            return HttpResponsePermanentRedirect(address)
        return self.render(
            request,
            template="campaigns/action_page.html",
            context_overrides={
                "action": action,
                "terms": terms_of(action),
                "title": action.title,
                "description": action.summary or action.objectives,
                **fiche_context(request, self, action),
            },
        )

    @path("carte/")
    def clusters(self, request: HttpRequest) -> HttpResponse:
        """The circles of a part of the map, for the script that moves it."""
        from campaigns.views import map as map_view

        return map_view.clusters(request, self)

    # A routed page adds the last slash by itself; see `campaigns.urls` for the address without it.
    @re_path(r"^(?P<pk>[0-9]{1,15})(?:-[^/]*)?\.(?P<kind>pdf|ics)/$")
    def fiche_file(self, request: HttpRequest, pk: str, kind: str) -> HttpResponseBase:
        """One fiche as a PDF, or its sessions for a calendar."""
        from campaigns.views import agenda, outputs

        view = outputs.fiche_pdf if kind == "pdf" else agenda.fiche_feed
        return view(request, self, int(pk))

    @re_path(r"^(?P<pk>[0-9]{1,15})/seances/(?P<session>[0-9]{1,15})\.ics/$")
    def session_file(self, request: HttpRequest, pk: str, session: str) -> HttpResponseBase:
        """One session of a fiche for a calendar."""
        from campaigns.views import agenda

        return agenda.session_feed(request, self, int(pk), int(session))

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list[dict[str, Any]]:
        """The catalogue's own address and that of each of its fiches."""
        urls: list[dict[str, Any]] = super().get_sitemap_urls(request)
        base = self.get_full_url(request)
        fiches = published_in(self.edition).only("title", "last_published_at")
        return urls + [
            {"location": f"{base}{fiche.pk}-{fiche.slug}/", "lastmod": fiche.last_published_at}
            for fiche in fiches.iterator(chunk_size=2_000)
        ]
