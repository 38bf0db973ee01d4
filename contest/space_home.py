"""The contest and the posters on the first page of an establishment's space."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.template.loader import render_to_string
from wagtail import hooks

from campaigns.space_parts import SPACE_HOOK, SpacePart

from .space import by_contest, contest_of, lines_of, posters_of, side_of, with_editions

if TYPE_CHECKING:
    from campaigns.models import CampaignPage
    from establishments.access import EstablishmentRequest


@hooks.register(SPACE_HOOK)
def posters_in_the_space(
    request: EstablishmentRequest, edition: CampaignPage | None, now: datetime
) -> SpacePart:
    """What can be done now in the edition's contest, and every poster of the establishment."""
    establishment = request.establishment
    lines = lines_of(with_editions(posters_of(establishment)), now)
    contest = contest_of(edition, establishment) if edition is not None else None
    said = ""
    if contest is not None:
        here = [line for line in lines if line.poster.contest_id == contest.pk]
        context = {
            "contest": contest,
            "side": side_of(establishment, contest, here, now),
            "academy": establishment.academy,
            "of_contest": True,
        }
        said = render_to_string("contest/space/now.html", context, request)
    contests = by_contest(lines)
    listing = ""
    if contests:
        listing = render_to_string("contest/space/home_list.html", {"contests": contests}, request)
    return SpacePart(now=said, listing=listing, stylesheet="css/deposit.css")
