"""What the shell of every page needs to know about its site: names, menu, legal links.

Other apps add menu entries of their own with the hook `perseverance_navigation`, called with the
request and the home page; it returns `Entry` values, which come before the pages of the tree.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.models import Page, Site

from home.accessibility import Conformity, conformity_of
from home.front_door import settings_of
from home.models import SiteSettings
from home.site_map import Branch, front_of

if TYPE_CHECKING:
    from django.http import HttpRequest

NAVIGATION_HOOK = "perseverance_navigation"

# Addresses of the contract, which stay whatever the editors do.
SPACE_URL = "/espace/"
ACCESSIBILITY_URL = "/accessibilite/"
LEGAL_NOTICE_URL = "/mentions-legales/"
PERSONAL_DATA_URL = "/donnees-personnelles/"
COOKIES_URL = "/gestion-des-cookies/"
LEGAL_URLS = (ACCESSIBILITY_URL, LEGAL_NOTICE_URL, PERSONAL_DATA_URL, COOKIES_URL)

STATE_SITES = (
    ("info.gouv.fr", "https://www.info.gouv.fr"),
    ("service-public.gouv.fr", "https://www.service-public.gouv.fr"),
    ("legifrance.gouv.fr", "https://www.legifrance.gouv.fr"),
    ("data.gouv.fr", "https://www.data.gouv.fr"),
)


@dataclass(frozen=True)
class Entry:
    """A link of the main menu."""

    title: str
    url: str
    page_id: int | None = None


@dataclass(frozen=True)
class Shell:
    """The frame around a page's content."""

    settings: SiteSettings
    home_url: str = "/"
    entries: list[Entry] = field(default_factory=list)
    conformity: Conformity = Conformity.NONE
    space_url: str = SPACE_URL
    cookies_url: str = COOKIES_URL
    state_sites: tuple[tuple[str, str], ...] = STATE_SITES

    @property
    def brand(self) -> str:
        """The académie's name on one line."""
        return " ".join(self.settings.brand_lines)

    @property
    def legal_entries(self) -> list[Entry]:
        """The links that the law wants in the footer."""
        state = self.conformity.label
        return [
            Entry(_("Site map"), reverse("site_map")),
            Entry(_("Accessibility: %(state)s") % {"state": state}, ACCESSIBILITY_URL),
            Entry(_("Legal notice"), LEGAL_NOTICE_URL),
            Entry(_("Personal data"), PERSONAL_DATA_URL),
            Entry(_("Cookies"), COOKIES_URL),
        ]

    def state_of(self, entry: Entry, path: str) -> str:
        """The `aria-current` of `entry` at `path`: `page`, `true` for a section, or nothing."""
        if entry.url == path:
            return "page"
        return "true" if entry.url != self.home_url and path.startswith(entry.url) else ""


def shell_of(request: HttpRequest | None) -> Shell:
    """The frame of the site that answers `request`; a neutral one where no site does.

    Costs two queries, and one more when the tree of pages is no longer in the cache; kept on the
    request.
    """
    kept = getattr(request, "_perseverance_shell", None)
    if kept is not None:
        return kept
    site = Site.find_for_request(request)
    shell = Shell(settings=SiteSettings()) if site is None else _shell_of_site(request, site)
    if request is not None:
        request._perseverance_shell = shell  # type: ignore[attr-defined]
    return shell


def _shell_of_site(request: HttpRequest | None, site: Site) -> Shell:
    front = front_of(site)
    return Shell(
        settings=settings_of(site),
        entries=list(_entries(request, site.root_page, front.menu)),
        conformity=conformity_of(front.audited_on, front.rate),
    )


def _entries(
    request: HttpRequest | None, home_page: Page, menu: Iterable[Branch]
) -> Iterable[Entry]:
    seen = {"/"}
    yield Entry(_("Home"), "/", home_page.pk)
    for contribute in hooks.get_hooks(NAVIGATION_HOOK):
        for entry in contribute(request, home_page):
            seen.add(entry.url)
            yield entry
    for branch in menu:
        if branch.url not in seen:
            yield Entry(branch.title, branch.url, branch.page_id)
