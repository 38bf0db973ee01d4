"""What the contest adds to Wagtail's page explorer: a new one comes filled in, a used one stays."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.db.models import Q
from django.dispatch import receiver
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.models import Page
from wagtail.signals import init_new_page

from campaigns.models import CampaignPage
from contest.defaults import fill_in
from contest.models import ContestPage, Poster, Registration

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@receiver(init_new_page, dispatch_uid="contest-defaults")
def propose_defaults(sender: type, page: Page, parent: Page, **kwargs: Any) -> None:
    """Propose to the editor what most contests have."""
    if isinstance(page, ContestPage) and isinstance(parent, CampaignPage):
        fill_in(page, parent)


@hooks.register("before_delete_page")
def keep_used_contests(request: HttpRequest, page: Page) -> HttpResponse | None:
    """A contest that establishments have taken part in stays, and so does what it stands in."""
    below = Q(contest__path__startswith=page.path)
    used = Poster.objects.filter(below).exists() or Registration.objects.filter(below).exists()
    if not used:
        return None
    messages.error(
        request,
        _(
            "“%(page)s” cannot be deleted: establishments have registered for its contest or "
            "started posters. Take it offline instead."
        )
        % {"page": page.title},
    )
    return redirect("wagtailadmin_pages:edit", page.pk)


@hooks.register("before_bulk_action")
def keep_used_contests_together(
    request: HttpRequest, action_type: str, objects: Iterable[Any], action: Any
) -> HttpResponse | None:
    """So it does where several pages are deleted at once."""
    if action_type == "delete":
        for page in objects:
            if isinstance(page, Page) and (refusal := keep_used_contests(request, page)):
                return refusal
    return None
