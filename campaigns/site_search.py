"""The fiches in the search of the whole site."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.models import Site

from home.search import SEARCH_HOOK, Found, Section

from . import text_index
from .criteria import Criteria
from .editions import foremost
from .facets import Links
from .highlights import editions_to_show
from .models import Action
from .named_choices import named_choices
from .results_map import in_number
from .selection import Selection

if TYPE_CHECKING:
    from .models import CampaignPage

MOST_COMPARED = 100
"""Fiches of the other editions that are read to find the few shown."""


@hooks.register(SEARCH_HOOK)
def find_fiches(request: HttpRequest, query: str, limit: int) -> Section | None:
    """The public fiches of the site that hold every word of `query`.

    Those of the edition to show first come first, the best first, with the address of all of them
    in its catalogue; where they are few, those of the other editions follow.
    """
    editions, now = _editions(request), timezone.now()
    edition = foremost(editions.values(), now)
    if edition is None:
        return None
    addresses = {pk: _catalogue_address(request, one) for pk, one in editions.items()}
    selection = Selection(edition, Criteria(query), now)
    fiches = _public(selection.ids[:limit])
    if fiches and selection.total > limit:
        return Section(
            _("Latest fiches-actions"),
            _described(fiches, editions, addresses),
            total=selection.total,
            more_url=f"{addresses[edition.pk]}{selection.criteria.query}",
        )
    others = [pk for pk in editions if pk != edition.pk]
    if others and selection.groups and len(fiches) < limit:
        found, titled = text_index.find(others, selection.groups)
        fiches += _public(_candidates(found, titled))[: limit - len(fiches)]
    described = _described(fiches, editions, addresses)
    return Section(_("Latest fiches-actions"), described, total=len(described))


@hooks.register(SEARCH_HOOK)
def find_choices(request: HttpRequest, query: str, limit: int) -> Section | None:
    """The themes, levels, kinds… that bear the words, of the edition to show first.

    Each leads to its fiches in the catalogue.
    """
    now = timezone.now()
    edition = foremost(_editions(request).values(), now)
    if edition is None:
        return None
    choices = named_choices(Selection(edition, Criteria(query), now), Links())[:limit]
    base = _catalogue_address(request, edition)
    found = [
        Found(
            title=_("%(title)s: %(label)s") % {"title": one.title, "label": one.label},
            url=f"{base}{one.query}",
            detail=f"{in_number(one.count)} · {edition.title}",
        )
        for one in choices
    ]
    return Section(_("Filters of the fiches"), found, total=len(found)) if found else None


def _editions(request: HttpRequest) -> dict[int, CampaignPage]:
    """The editions of the site whose catalogue everybody may open, by their number."""
    site = Site.find_for_request(request)
    known = editions_to_show(request, site.root_page) if site else []
    return {one.pk: one for one in known if one.live_catalogue is not None}


def _candidates(found: Sequence[int], titled: Sequence[int]) -> list[int]:
    """The latest of those whose title holds the words, then the latest of the others."""
    first = sorted(titled, reverse=True)[:MOST_COMPARED]
    known = set(titled)
    rest = sorted((pk for pk in found if pk not in known), reverse=True)
    return [*first, *rest[: MOST_COMPARED - len(first)]]


def _public(ids: Sequence[int]) -> list[Action]:
    """The public fiches of `ids`, in the same order; one query."""
    rows = Action.objects.published().filter(pk__in=ids).select_related("establishment")
    found = {fiche.pk: fiche for fiche in (rows if ids else ())}
    return [found[pk] for pk in ids if pk in found]


def _described(
    fiches: Sequence[Action], editions: dict[int, CampaignPage], addresses: dict[int, str]
) -> list[Found]:
    return [
        Found(
            title=action.title,
            url=f"{addresses[action.campaign_id]}{action.pk}-{action.slug}/",
            summary=action.summary,
            detail=f"{action.establishment} · {editions[action.campaign_id].title}",
        )
        for action in fiches
    ]


def _catalogue_address(request: HttpRequest, edition: CampaignPage) -> str:
    catalogue = edition.live_catalogue
    return f"{edition.get_url(request)}{catalogue['slug']}/"
