"""The fiches in the search of the whole site."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.models import Site

from establishments.models import Academy
from home.search import SEARCH_HOOK, Found, Section

from . import text_index
from .addresses import catalogues_of, public_addresses
from .criteria import Criteria
from .editions import editions_of, foremost
from .facets import Links
from .models import Action
from .named_choices import named_choices
from .results_map import in_number
from .selection import Selection

if TYPE_CHECKING:
    from .models import CampaignPage


@hooks.register(SEARCH_HOOK)
def find_fiches(request: HttpRequest, query: str, limit: int) -> Section | None:
    """The public fiches of the site's académie that hold every word of `query`.

    Those of the edition to show first come first, the best first, with the address of all of them
    in its catalogue; where they are few, those of the other editions follow.
    """
    site = Site.find_for_request(request)
    academy = Academy.objects.filter(site=site).first() if site else None
    if academy is None:
        return None
    now = timezone.now()
    editions = list(editions_of(academy))
    edition = foremost(editions, now)
    if edition is None:
        return None
    selection = Selection(edition, Criteria(query), now)
    fiches = _public(selection.ids[:limit], limit)
    if fiches and selection.total > limit:
        return Section(
            _("Latest fiches-actions"),
            _described(request, fiches),
            total=selection.total,
            more_url=_catalogue_address(request, edition, selection.criteria),
        )
    others = [one.pk for one in editions if one.pk != edition.pk]
    if others and selection.groups:
        found, titled = text_index.find(others, selection.groups)
        wanted = limit - len(fiches)
        more = _public(titled, wanted)
        known = {fiche.pk for fiche in more}
        rest = [pk for pk in found if pk not in known]
        fiches += more + _public(rest, wanted - len(more))
    described = _described(request, fiches)
    return Section(_("Latest fiches-actions"), described, total=len(described))


@hooks.register(SEARCH_HOOK)
def find_choices(request: HttpRequest, query: str, limit: int) -> Section | None:
    """The themes, levels, kinds… that bear the words, of the edition to show first.

    Each leads to its fiches in the catalogue.
    """
    site = Site.find_for_request(request)
    academy = Academy.objects.filter(site=site).first() if site else None
    now = timezone.now()
    edition = foremost(editions_of(academy), now) if academy else None
    if edition is None:
        return None
    choices = named_choices(Selection(edition, Criteria(query), now), Links())[:limit]
    catalogue = catalogues_of([edition.pk]).get(edition.pk) if choices else None
    if catalogue is None:
        return None
    base = catalogue.get_url(request)
    found = [
        Found(
            title=_("%(title)s: %(label)s") % {"title": one.title, "label": one.label},
            url=f"{base}{one.query}",
            detail=f"{in_number(one.count)} · {edition.title}",
        )
        for one in choices
    ]
    return Section(_("Filters of the fiches"), found, total=len(found))


def _public(ids: Sequence[int], most: int) -> list[Action]:
    """The public fiches of `ids`, `most` at the most, the newest first; one query at the most."""
    if not ids or most <= 0:
        return []
    public = Action.objects.published().filter(pk__in=ids)
    rows = list(public.select_related("campaign", "establishment")[:most])
    rank = {pk: number for number, pk in enumerate(ids)}
    return sorted(rows, key=lambda fiche: rank[fiche.pk]) if len(ids) <= most else rows


def _described(request: HttpRequest, fiches: list[Action]) -> list[Found]:
    addresses = public_addresses(fiches, request)
    return [
        Found(
            title=action.title,
            url=addresses[action.pk],
            summary=action.summary,
            detail=f"{action.establishment} · {action.campaign.title}",
        )
        for action in fiches
        if action.pk in addresses
    ]


def _catalogue_address(request: HttpRequest, edition: CampaignPage, criteria: Criteria) -> str:
    catalogue = catalogues_of([edition.pk]).get(edition.pk)
    return f"{catalogue.get_url(request)}{criteria.query}" if catalogue else ""
