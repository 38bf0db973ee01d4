"""What other apps add to an edition, without the editions knowing them.

An app names a type of page that stands below an edition, for the main menu, with the hook
`perseverance_edition_menu`:

    @hooks.register("perseverance_edition_menu")
    def contest_in_menu():
        return MenuPage(ContestPage, _("Poster contest"))

and writes a section of the edition's page with the hook `perseverance_edition_sections`: a callable
that takes the request, the edition and its published pages, each in its own type, and returns safe
HTML (from `render_to_string`), or nothing. It asks the database for nothing that these pages hold.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wagtail import hooks
from wagtail.models import Page

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.utils.functional import Promise

    from campaigns.models import CampaignPage

EDITION_MENU_HOOK = "perseverance_edition_menu"
EDITION_SECTIONS_HOOK = "perseverance_edition_sections"


@dataclass(frozen=True)
class MenuPage:
    """A type of page that has its entry in the main menu, while the current edition has one."""

    model: type[Page]
    title: str | Promise

    @property
    def attribute(self) -> str:
        """Under which name an edition holds what leads to it; see `with_live_pages`."""
        return f"live_{self.model._meta.model_name}"


def menu_pages() -> list[MenuPage]:
    """The types of page that other apps put into the menu, in the order of the hooks."""
    return [contribute() for contribute in hooks.get_hooks(EDITION_MENU_HOOK)]


def sections_of(
    request: HttpRequest | None, edition: CampaignPage, pages: Sequence[Page]
) -> list[str]:
    """The sections that other apps write on the page of `edition`."""
    pieces = [write(request, edition, pages) for write in hooks.get_hooks(EDITION_SECTIONS_HOOK)]
    return [piece for piece in pieces if piece]
