"""The contest on the page of its edition and in the main menu; see `campaigns.contributions`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from campaigns.contributions import EDITION_MENU_HOOK, EDITION_SECTIONS_HOOK, MenuPage
from contest.contest_view import gallery_url, invitation_of, results_url
from contest.models import ContestPage

if TYPE_CHECKING:
    from django.http import HttpRequest
    from wagtail.models import Page

    from campaigns.models import CampaignPage


@hooks.register(EDITION_MENU_HOOK)
def contest_in_menu() -> MenuPage:
    """The contest of the current edition."""
    return MenuPage(ContestPage, _("Poster contest"))


@hooks.register(EDITION_SECTIONS_HOOK)
def contest_of_edition(
    request: HttpRequest | None, edition: CampaignPage, pages: Sequence[Page]
) -> str:
    """The theme of the contest and what can be done now."""
    contest = next((page for page in pages if isinstance(page, ContestPage)), None)
    if contest is None:
        return ""
    contest.edition = edition  # known already
    now = timezone.now()
    context = {
        "contest": contest,
        "invitation": invitation_of(contest, now),
        "gallery_url": gallery_url(contest, request, now),
        "results_url": results_url(contest, request, now),
    }
    return render_to_string("contest/contest/edition_section.html", context, request)
