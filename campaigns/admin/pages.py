"""What the editions add to Wagtail's page explorer; registered in `campaigns.wagtail_hooks`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, cast

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.ui.menus.pages import PageMenuItem
from wagtail.models import Page

from campaigns.editions import ensure_catalogue
from campaigns.models import ActionIndexPage, CampaignPage
from campaigns.views.editions import NextEditionView

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from accounts.models import User

NEXT_EDITION = "campaigns_next_edition"


class NextEditionButton(PageMenuItem):
    """Leads from an edition to the form that prepares the next one."""

    label = _("Prepare the next edition")
    icon_name = "copy"
    url_name = NEXT_EDITION

    def is_shown(self, user: User) -> bool:
        """To whoever may add an edition beside this one."""
        if not issubclass(self.page.specific_class or type(self.page), CampaignPage):
            return False
        permissions = self.page.permissions_for_user(user)
        return bool(permissions.can_copy_to(self.page.get_parent(), recursive=True))


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLPattern]:
    """Where the next edition is prepared."""
    return [path("editions/<int:page_id>/next/", NextEditionView.as_view(), name=NEXT_EDITION)]


@hooks.register("register_page_header_buttons")
def header_buttons(page: Page, user: User, view_name: str, **kwargs: Any) -> Iterator[PageMenuItem]:
    """The button in the header of an edition's pages."""
    yield NextEditionButton(page=page, priority=25)


@hooks.register("register_page_listing_more_buttons")
def listing_buttons(page: Page, user: User, **kwargs: Any) -> Iterator[PageMenuItem]:
    """The button in the menu of an edition in lists."""
    yield NextEditionButton(page=page, priority=15)


@hooks.register("after_create_page")
def add_catalogue(request: HttpRequest, page: Page) -> None:
    """An edition comes with the catalogue of its fiches."""
    if isinstance(page, CampaignPage):
        ensure_catalogue(page, by=cast("User", request.user))


@hooks.register("after_copy_page")
def add_catalogue_to_copy(request: HttpRequest, page: Page, new_page: Page) -> None:
    """So does an edition copied by hand without its pages."""
    copy = new_page.specific
    if isinstance(copy, CampaignPage):
        ensure_catalogue(copy, by=cast("User", request.user))


@hooks.register("before_delete_page")
def keep_catalogue(request: HttpRequest, page: Page) -> HttpResponse | None:
    """A catalogue with fiches stays: it gives them their addresses, and can be taken offline."""
    catalogue = page.specific
    if not isinstance(catalogue, ActionIndexPage) or not catalogue.edition.actions.exists():
        return None
    messages.error(
        request,
        _("“%(page)s” cannot be deleted: fiches have their address in it. Take it offline instead.")
        % {"page": page.title},
    )
    return redirect("wagtailadmin_pages:edit", page.pk)


@hooks.register("before_bulk_action")
def keep_catalogues(
    request: HttpRequest, action_type: str, objects: Iterable[Any], action: Any
) -> HttpResponse | None:
    """So it does where several pages are deleted at once."""
    if action_type == "delete":
        for page in objects:
            if isinstance(page, Page) and (refusal := keep_catalogue(request, page)):
                return refusal
    return None
