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
    wanted = set(edition_ids)
    rows = CampaignPage.objects.filter(pk__in=wanted).only("path", "depth") if wanted else ()
    return _catalogues_below(rows)


def _catalogues_below(editions: Iterable[CampaignPage]) -> dict[int, ActionIndexPage]:
    by_path = {page.path: page.pk for page in editions}
    if not by_path:
        return {}
    below = [
        Q(path__startswith=path, depth=len(path) // CampaignPage.steplen + 1) for path in by_path
    ]
    catalogues = ActionIndexPage.objects.live().filter(reduce(or_, below)).order_by("path")
    return {by_path[page.path[: -page.steplen]]: page for page in catalogues}


def public_addresses(
    actions: Iterable[Action], request: HttpRequest | None = None
) -> dict[int, str]:
    """The address of each live fiche of `actions`, by its id.

    A fiche whose edition has no live catalogue has no address. One query, and one more where a
    fiche does not know its edition yet.
    """
    live = [action for action in actions if action.live]
    if all(Action.campaign.is_cached(action) for action in live):
        catalogues = _catalogues_below(action.campaign for action in live)
    else:
        catalogues = catalogues_of(action.campaign_id for action in live)
    return {
        action.pk: catalogues[action.campaign_id].url_of(action, request)
        for action in live
        if action.campaign_id in catalogues
    }
