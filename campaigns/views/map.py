"""The circles of the part of the map that a browser shows."""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING, Any

from django.http import JsonResponse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import ngettext

from campaigns.criteria import Criteria
from campaigns.map_clusters import Zone
from campaigns.results_map import ZONE, clusters_on_tiles
from campaigns.selection import Selection

if TYPE_CHECKING:
    from django.http import HttpRequest

    from campaigns.models import ActionIndexPage


def clusters(request: HttpRequest, catalogue: ActionIndexPage) -> JsonResponse:
    """The fiches of a selection in `zone`, gathered for `zoom`; 400 where these mean nothing."""
    zone, zoom = Zone.read(request.GET.get(ZONE, "")), _number(request.GET.get("zoom", ""))
    if zone is None or zoom is None:
        return JsonResponse({"clusters": []}, status=400)
    selection = Selection(catalogue.edition, Criteria.read(request.GET), timezone.now())
    gathered = clusters_on_tiles(selection, zone, zoom)
    response = JsonResponse({"clusters": gathered, "told": _told(gathered)})
    patch_cache_control(response, no_cache=True)
    return response


def _told(gathered: list[dict[str, Any]]) -> str:
    """What a screen reader says once the map has moved."""
    number = sum(cluster["count"] for cluster in gathered)
    return ngettext(
        "%(number)s fiche in this part of the map.",
        "%(number)s fiches in this part of the map.",
        number,
    ) % {"number": number}


def _number(typed: str) -> float | None:
    try:
        number = float(typed[:20])
    except ValueError:
        return None
    return number if isfinite(number) else None
