"""What an edition's page shows at a given instant, in a constant number of queries."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from campaigns.catalogue import cards_of
from campaigns.catalogue_page import CataloguePage
from campaigns.contributions import sections_of
from campaigns.criteria import Criteria
from campaigns.milestones import milestones
from campaigns.models import ActionIndexPage, CampaignPage, EventPage
from home.models import ContentPage
from home.routing import in_own_types

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest
    from wagtail.models import Page

FIRST_FICHES = 3


def edition_context(
    edition: CampaignPage, request: HttpRequest | None, now: datetime
) -> dict[str, Any]:
    """The values of the template `campaigns/campaign_page.html`."""
    # Who reads this may open the edition; `public()` would ask for every restriction of every site.
    below = edition.get_children().live().filter(view_restrictions__isnull=True)
    children = in_own_types(below)
    catalogue = next((page for page in children if isinstance(page, ActionIndexPage)), None)
    return {
        "phase": edition.calendar.phase(now),
        "outlook": edition.calendar.outlook(now),
        "milestones": milestones(edition.calendar, edition.publication_on, now),
        "events": _events(children),
        "resources": [page for page in children if isinstance(page, ContentPage)],
        "catalogue": catalogue,
        "fiches": _first_fiches(edition, catalogue, now),
        "sections": sections_of(request, edition, children),
        "now": now,
    }


def _events(children: Sequence[Page]) -> list[EventPage]:
    """The events among `children`, the earliest first."""
    events = [page for page in children if isinstance(page, EventPage)]
    return sorted(events, key=lambda event: (event.starts_at, event.pk))


def _first_fiches(
    edition: CampaignPage, catalogue: ActionIndexPage | None, now: datetime
) -> list[Any]:
    """The first public fiches of the catalogue, with their addresses; none without a public one.

    Those in the spotlight come first, then the newest.
    """
    if catalogue is None:
        return []
    shown = CataloguePage(edition, Criteria(), now)
    fiches = shown.selection.fiches(shown.ids[:FIRST_FICHES], cards_of(edition))
    for fiche in fiches:
        fiche.url = catalogue.url_of(fiche)
    return fiches
