"""The page every page descends from, and the two that belong to no edition."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page, PageViewRestriction
from wagtail.search import index

from home.blocks import BODY_BLOCKS
from home.fields import StreamField
from home.routing import ancestors_below, read_ahead


class BasePage(Page):
    """What every page of the site has in common."""

    # The next page on the way to what a request asks for, where `home.routing` has read it.
    page_ahead: BasePage | None = None

    introduction = models.TextField(_("introduction"), blank=True, max_length=600)

    content_panels = [*Page.content_panels, FieldPanel("introduction")]
    search_fields = [*Page.search_fields, index.SearchField("introduction")]

    class Meta:
        abstract = True

    def route(self, request: HttpRequest, path_components: list[str]) -> Any:
        """Wagtail's, which asks nothing for a page that was read ahead."""
        page = self.page_ahead
        if path_components and page is not None and page.slug == path_components[0]:
            return page.route(request, path_components[1:])
        return super().route(request, path_components)

    def get_view_restrictions(self) -> models.QuerySet[PageViewRestriction]:
        """Wagtail's, in one query: what restricts this page, on itself or on one above it."""
        # Nothing is asked about the root, which can be no alias.
        if any(page.alias_of_id for page in [*ancestors_below(self, 1), self]):
            return super().get_view_restrictions()
        ends = range(self.steplen, len(self.path) + 1, self.steplen)
        return PageViewRestriction.objects.filter(page__path__in=[self.path[:end] for end in ends])


class HomePage(BasePage):
    """The front door of an académie’s site.

    Below its headline come what other apps have to show (`home.highlights`), then its body.
    """

    headline = models.CharField(
        _("headline"),
        max_length=160,
        blank=True,
        help_text=_("The large words at the top; without them, the title of the page."),
    )
    picture = models.ForeignKey(
        "home.SiteImage",
        verbose_name=_("picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Decoration beside the headline; it must say nothing that the text does not."),
    )
    body = StreamField(BODY_BLOCKS, verbose_name=_("body"), blank=True)

    content_panels = [
        *Page.content_panels,
        MultiFieldPanel(
            [FieldPanel("headline"), FieldPanel("introduction"), FieldPanel("picture")],
            heading=_("Top of the page"),
        ),
        FieldPanel("body"),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("headline"),
        index.SearchField("body"),
    ]
    parent_page_types = ["wagtailcore.Page"]
    template = "home/home_page.html"

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    def route(self, request: HttpRequest, path_components: list[str]) -> Any:
        """Begin each request for a page below by reading the whole way to it."""
        if path_components:
            read_ahead(self, path_components)
        return super().route(request, path_components)


class ContentPage(BasePage):
    """A page of text and media: an explanation, a resource, a legal notice."""

    body = StreamField(BODY_BLOCKS, verbose_name=_("body"), blank=True)

    content_panels = [*BasePage.content_panels, FieldPanel("body")]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]
    subpage_types = ["home.ContentPage"]
    template = "home/content_page.html"

    class Meta:
        verbose_name = _("content page")
        verbose_name_plural = _("content pages")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Adds `below`, the public pages under this one."""
        context = super().get_context(request, *args, **kwargs)
        context["below"] = [
            (child.title, child.get_url(request))
            for child in (self.get_children().live().public() if self.numchild else [])
        ]
        return context
