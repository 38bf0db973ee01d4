"""The map of the catalogue's results: `{% load results_map %}`."""

from __future__ import annotations

from typing import Any

from django import template
from django.conf import settings
from django.template.context import Context

from campaigns.results_map import ZONE, map_of, map_query
from campaigns.selection import Selection

register = template.Library()


@register.inclusion_tag("campaigns/partials/map_drawing.html", takes_context=True)
def results_map(context: Context, selection: Selection, base: str) -> dict[str, Any]:
    """The map of `selection`, whose catalogue is at the address `base`."""
    request = context.get("request")
    return {
        "map": map_of(selection, request.GET.get(ZONE, "") if request else ""),
        "base": base,
        "whole_query": map_query(selection.criteria),
        "query": selection.criteria.query,
        "tiles": settings.MAP_TILES_URL,
        "credit": settings.MAP_TILES_CREDIT,
    }
