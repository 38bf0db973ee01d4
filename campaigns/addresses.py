"""Where the public finds a fiche: the address below its edition's catalogue."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING

from django.db.models import Q

from campaigns.models import Action, ActionIndexPage, CampaignPage

if TYPE_CHECKING:
    from django.http import HttpRequest


def catalogues_of(edition_ids: Iterable[int]) -> dict[int, ActionIndexPage]:
    """The live catalogue of each edition, by the edition's id; at most two queries."""
    editions = list(CampaignPage.objects.filter(pk__in=set(edition_ids)).only("path", "depth"))
    if not editions:
        return {}
    below = [Q(path__startswith=page.path, depth=page.depth + 1) for page in editions]
    by_path = {page.path: page.pk for page in editions}
    catalogues = ActionIndexPage.objects.live().filter(reduce(or_, below)).order_by("path")
    return {by_path[page.path[: -page.steplen]]: page for page in catalogues}


def public_addresses(
    actions: Iterable[Action], request: HttpRequest | None = None
) -> dict[int, str]:
    """The address of each live fiche of `actions`, by its id.

    A fiche whose edition has no live catalogue has no address. At most two queries.
    """
    live = [action for action in actions if action.live]
    catalogues = catalogues_of(action.campaign_id for action in live)
    return {
        action.pk: catalogues[action.campaign_id].url_of(action, request)
        for action in live
        if action.campaign_id in catalogues
    }
