"""The current edition on the home page, in the menu and in the site map.

Registered in `campaigns.wagtail_hooks`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks

from campaigns.catalogue import cards_of
from campaigns.contributions import menu_pages
from campaigns.editions import editions_below, foremost, with_live_pages
from campaigns.models import ActionIndexPage, CampaignPage
from campaigns.models.edition_routes import AGENDA, FIGURES
from home.highlights import HIGHLIGHTS_HOOK
from home.navigation import NAVIGATION_HOOK, Entry
from home.site_map import SITE_MAP_HOOK, Routes

if TYPE_CHECKING:
    from django.http import HttpRequest
    from wagtail.models import Page

FEATURED_ON_HOME_PAGE = 3


def editions_to_show(request: HttpRequest | None, home_page: Page) -> list[CampaignPage]:
    """The published editions below `home_page`, the newest first; asked once a request.

    Each says which live pages below it are in the menu, its catalogue as `live_catalogue`.
    """
    kept: dict[int, list[CampaignPage]] = getattr(request, "_perseverance_editions", {})
    if home_page.pk not in kept:
        editions = with_live_pages(
            editions_below(home_page).defer("body"),
            live_catalogue=ActionIndexPage,
            **{entry.attribute: entry.model for entry in menu_pages()},
        )
        kept[home_page.pk] = list(editions)
        if request is not None:
            request._perseverance_editions = kept  # type: ignore[attr-defined]
    return kept[home_page.pk]


def edition_to_show(request: HttpRequest | None, home_page: Page) -> CampaignPage | None:
    """The current edition below `home_page`."""
    return foremost(editions_to_show(request, home_page), timezone.now())


@hooks.register(NAVIGATION_HOOK)
def menu_entries(request: HttpRequest | None, home_page: Page) -> list[Entry]:
    """The current edition, its fiches, its agenda, and what other apps have below it."""
    edition = edition_to_show(request, home_page)
    if edition is None:
        return []
    title = _("Edition %(year)s") % {"year": edition.week_first_day.year}
    address = edition.get_url(request)
    entries = [Entry(title, address, edition.pk)]
    catalogue = edition.live_catalogue
    if catalogue is not None:
        entries.append(Entry(catalogue["title"], f"{address}{catalogue['slug']}/", catalogue["pk"]))
        entries.append(Entry(_("Agenda"), f"{address}{AGENDA}"))
    for added in menu_pages():
        page = getattr(edition, added.attribute)
        if page is not None:
            entries.append(Entry(str(added.title), f"{address}{page['slug']}/", page["pk"]))
    return entries


@hooks.register(HIGHLIGHTS_HOOK)
def current_edition_on_home_page(request: HttpRequest | None, home_page: Page) -> str:
    """The current edition: its theme, its week, what can be done now."""
    edition = edition_to_show(request, home_page)
    if edition is None:
        return ""
    now = timezone.now()
    context = {
        "edition": edition,
        "phase": edition.calendar.phase(now),
        "outlook": edition.calendar.outlook(now),
    }
    return render_to_string("campaigns/editions/home_highlight.html", context, request)


@hooks.register(HIGHLIGHTS_HOOK)
def featured_fiches_on_home_page(request: HttpRequest | None, home_page: Page) -> str:
    """The public fiches that the editors of the current edition have put in front."""
    edition = edition_to_show(request, home_page)
    if edition is None or edition.live_catalogue is None:
        return ""
    address = f"{edition.get_url(request)}{edition.live_catalogue['slug']}/"
    featured = cards_of(edition).filter(featured_at__isnull=False).order_by("-featured_at", "-pk")
    fiches = list(featured[:FEATURED_ON_HOME_PAGE])
    if not fiches:
        return ""
    for fiche in fiches:
        fiche.url = f"{address}{fiche.pk}-{fiche.slug}/"
    context = {"fiches": fiches, "catalogue_url": address}
    return render_to_string("campaigns/editions/home_featured.html", context, request)


@hooks.register(SITE_MAP_HOOK)
def routes_of_editions() -> Routes:
    """What an edition answers below its own address that is no page."""
    return Routes(
        CampaignPage,
        (
            (gettext_lazy("Agenda of the Week"), AGENDA),
            (gettext_lazy("The edition in figures"), FIGURES),
        ),
    )
