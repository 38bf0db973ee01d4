"""The posters in Wagtail's admin: the wall, one poster, what waits on entering."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.templatetags.static import static
from django.urls import URLPattern, path, reverse, reverse_lazy
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button

from contest import access
from contest.models import ContestPage
from contest.views.admission import PosterReviewView
from contest.views.admission_several import AdmitSeveralView
from contest.views.admission_wall import PostersView, PosterWallView
from contest.wall import contests_run_by
from establishments.permissions import edited_academy_ids

from .wall_panel import AwaitingPostersPanel

if TYPE_CHECKING:
    from django.http import HttpRequest
    from wagtail.models import Page

    from accounts.models import User

STYLES = ("wall", "poster_review", "poster_decision")

WALL = "concours/<int:contest_pk>/affiches/"

PAGES_OF_A_CONTEST = (
    ("poster_wall", _("Posters"), "image"),
    ("contest_registrations", _("Registrations"), "group"),
    ("contest_prints", _("Printing"), "doc-full"),
    ("contest_jury", _("Jury"), "clipboard-list"),
)
"""What the admin knows of a contest beside its page."""


@hooks.register("register_admin_urls")
def wall_urls() -> list[URLPattern]:
    """The walls, and one poster."""
    return [
        path("affiches/", PostersView.as_view(), name="posters"),
        path("affiches/<int:pk>/", PosterReviewView.as_view(), name="poster_review"),
        path(WALL, PosterWallView.as_view(), name="poster_wall"),
        path(f"{WALL}recevoir/", AdmitSeveralView.as_view(), name="posters_admit"),
    ]


class PostersMenuItem(MenuItem):
    """Leads editors, and no other, to the posters."""

    def is_shown(self, request: HttpRequest) -> bool:
        """To whoever edits an académie."""
        return bool(edited_academy_ids(request.user))


@hooks.register("register_admin_menu_item")
def menu_item() -> PostersMenuItem:
    """The entry of the main menu."""
    return PostersMenuItem(
        _("Posters"), reverse_lazy("posters"), name="posters", icon_name="image", order=210
    )


@hooks.register("construct_homepage_panels")
def show_what_waits(request: HttpRequest, panels: list[Any]) -> None:
    """Tell editors on entering how many posters wait."""
    if edited_academy_ids(request.user) and contests_run_by(request.user):
        panels.append(AwaitingPostersPanel(request))


@hooks.register("insert_global_admin_css")
def insert_style() -> str:
    """The style of the wall, of one poster and of the panel."""
    return format_html_join(
        "", '<link rel="stylesheet" href="{}">', ((static(f"css/{name}.css"),) for name in STYLES)
    )


def _buttons(page: Page, user: User, priority: int) -> Iterator[Button]:
    if not issubclass(page.specific_class or type(page), ContestPage):
        return
    if access.runs(user, page):
        for name, label, icon in PAGES_OF_A_CONTEST:
            yield Button(label, reverse(name, args=[page.pk]), icon_name=icon, priority=priority)
            priority += 1


@hooks.register("register_page_header_buttons")
def header_buttons(page: Page, user: User, view_name: str, **kwargs: Any) -> Iterator[Button]:
    """From the page of a contest to its posters, its registrations and what it prints."""
    yield from _buttons(page, user, 20)


@hooks.register("register_page_listing_more_buttons")
def listing_buttons(page: Page, user: User, **kwargs: Any) -> Iterator[Button]:
    """The same, in the menu of a contest in lists."""
    yield from _buttons(page, user, 10)
