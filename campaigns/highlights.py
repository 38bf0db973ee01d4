"""The current edition on the home page and in the menu; registered in `campaigns.wagtail_hooks`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail import hooks

from campaigns.contributions import menu_pages
from campaigns.editions import editions_below, foremost, with_live_pages
from campaigns.models import ActionIndexPage
from home.highlights import HIGHLIGHTS_HOOK
from home.navigation import NAVIGATION_HOOK, Entry

if TYPE_CHECKING:
    from django.http import HttpRequest
    from wagtail.models import Page

    from campaigns.models import CampaignPage


def edition_to_show(request: HttpRequest | None, home_page: Page) -> CampaignPage | None:
    """The current edition below `home_page`; asked once a request."""
    kept: dict[int, CampaignPage | None] = getattr(request, "_perseverance_editions", {})
    if home_page.pk not in kept:
        editions = with_live_pages(
            editions_below(home_page).defer("body"),
            live_catalogue=ActionIndexPage,
            **{entry.attribute: entry.model for entry in menu_pages()},
        )
        kept[home_page.pk] = foremost(editions, timezone.now())
        if request is not None:
            request._perseverance_editions = kept  # type: ignore[attr-defined]
    return kept[home_page.pk]


@hooks.register(NAVIGATION_HOOK)
def menu_entries(request: HttpRequest | None, home_page: Page) -> list[Entry]:
    """The current edition, its fiches, and what other apps have below it."""
    edition = edition_to_show(request, home_page)
    if edition is None:
        return []
    title = _("Edition %(year)s") % {"year": edition.week_first_day.year}
    address = edition.get_url(request)
    entries = [Entry(title, address, edition.pk)]
    catalogue = edition.live_catalogue
    if catalogue is not None:
        entries.append(Entry(catalogue["title"], f"{address}{catalogue['slug']}/", catalogue["pk"]))
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
