"""Template tags of the shell: `{% load shell %}`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import template
from django.apps import apps
from django.core.paginator import Page as PageOfResults
from django.template.context import Context
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.safestring import SafeString
from wagtail.models import Page, Site

from home.blocks.links import LinkValue
from home.highlights import highlights_of
from home.navigation import Entry, Shell, shell_of
from home.routing import ancestors_below

register = template.Library()


@register.simple_tag(takes_context=True)
def shell(context: Context) -> Shell:
    """The frame of the page: `{% shell as shell %}`."""
    return shell_of(context.get("request"))


@register.simple_tag(takes_context=True)
def current_state(context: Context, entry: Entry) -> str:
    """The `aria-current` value of a menu entry on this page, or nothing."""
    request = context.get("request")
    return shell_of(request).state_of(entry, request.path) if request else ""


@register.inclusion_tag("components/meta.html", takes_context=True)
def meta(context: Context) -> dict[str, Any]:
    """What search engines and messengers show of the page.

    A Wagtail page describes itself; a view may set `title`, `description`, `address` (in full) and
    `social_image` (a rendition) in its context instead.
    """
    request = context.get("request")
    page = context.get("page")
    page = page if isinstance(page, Page) else None
    settings = shell_of(request).settings
    candidates = (
        context.get("description"),
        getattr(page, "search_description", ""),
        getattr(page, "introduction", ""),
        settings.tagline,
    )
    return {
        "title": context.get("title") or (page.seo_title or page.title if page else ""),
        "description": next((str(text) for text in candidates if text), ""),
        "site_name": f"{settings.service_title} – {shell_of(request).brand}",
        "address": context.get("address")
        or (page.get_full_url(request) if page and page.pk else ""),
        "image": context.get("social_image"),
    }


@register.simple_tag(takes_context=True)
def address_of(context: Context, link: LinkValue | None) -> str:
    """Where an editor's link leads; empty when it leads nowhere."""
    return link.address(context.get("request")) if link else ""


@register.simple_tag(takes_context=True)
def home_highlights(context: Context) -> list[str]:
    """What other apps put on the home page, between its headline and its body."""
    return highlights_of(context.get("request"), context.get("page"))


@register.inclusion_tag("components/pictogram.html")
def pictogram(name: str, size: int = 80) -> dict[str, Any]:
    """A drawing of the design system, as in `{% pictogram "leisure/book" %}`; it says nothing."""
    return {"address": static(f"dsfr/dist/artwork/pictograms/{name}.svg"), "size": size}


@register.simple_tag(takes_context=True)
def demo_notice(context: Context) -> SafeString | str:
    """What says that the site is a demonstration, where it is one."""
    if not apps.is_installed("demo"):
        return ""
    return render_to_string("demo/notice.html", request=context.get("request"))


@register.inclusion_tag("components/breadcrumb.html", takes_context=True)
def breadcrumb(
    context: Context, current: str = "", parents: Sequence[tuple[str, str]] = ()
) -> dict[str, Any]:
    """The way from the home page to this one.

    On a Wagtail page nothing need be said: its ancestors are the way. `current` names what is
    shown below the page (a fiche of the catalogue), which then becomes a link. Elsewhere pass
    `current` and, for what lies between, `parents` as pairs (title, url).
    """
    page = context.get("page")
    links = list(parents)
    if isinstance(page, Page) and page.pk:
        request = context.get("request")
        site = Site.find_for_request(request)
        top = site.root_page.depth if site else 1
        chain = [
            (ancestor.title, ancestor.get_url(request))
            for ancestor in ancestors_below(page, top)
            if ancestor.live
        ]
        if current:
            chain.append((page.title, page.get_url(request)))
        links = chain + links
        current = current or ("" if page.depth <= top else page.title)
    return {"current": current, "links": links}


@register.inclusion_tag("components/pagination.html", takes_context=True)
def pagination(
    context: Context, page_obj: PageOfResults, parameter: str = "page", anchor: str = ""
) -> dict[str, Any]:
    """Links to the pages of a list, which keep the rest of the query string.

    `anchor` is the id to land on, without its hash mark.
    """
    request = context.get("request")
    query = request.GET.copy() if request else None

    def address(number: int) -> str:
        if query is None:
            return f"?{parameter}={number}"
        query[parameter] = str(number)
        return f"?{query.urlencode()}{'#' + anchor if anchor else ''}"

    paginator = page_obj.paginator
    links = [
        {"number": number, "url": address(number) if isinstance(number, int) else ""}
        for number in paginator.get_elided_page_range(page_obj.number, on_each_side=1, on_ends=1)
    ]
    return {
        "page_obj": page_obj,
        "links": links,
        "first_url": address(1),
        "last_url": address(paginator.num_pages),
        "previous_url": address(page_obj.previous_page_number()) if page_obj.has_previous() else "",
        "next_url": address(page_obj.next_page_number()) if page_obj.has_next() else "",
    }
