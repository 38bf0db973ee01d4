"""What other apps show on the first page of an establishment's space, which does not know them.

An app registers a callable for the hook `perseverance_space`; it takes the request of an
establishment, the edition to show first (None where there is none) and the instant, and returns a
`SpacePart`, of safe HTML (from `render_to_string`):

    @hooks.register("perseverance_space")
    def posters_in_the_space(request, edition, now):
        return SpacePart(now=render_to_string("contest/space/now.html", {…}, request))

Its number of queries must not depend on how many things it lists.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from wagtail import hooks

if TYPE_CHECKING:
    from campaigns.models import CampaignPage
    from establishments.access import EstablishmentRequest

SPACE_HOOK = "perseverance_space"


@dataclass(frozen=True)
class SpacePart:
    """Two pieces of HTML, either of which may be empty.

    `now` says what can be done now, and stands first on the page; `listing` holds sections that
    start with a heading of level 2, and stands below the fiches. `stylesheet` is the name of a
    static file that they need.
    """

    now: str = ""
    listing: str = ""
    stylesheet: str = ""


def space_parts(
    request: EstablishmentRequest, edition: CampaignPage | None, now: datetime
) -> list[SpacePart]:
    """The parts to show, in the order of the hooks."""
    return [render(request, edition, now) for render in hooks.get_hooks(SPACE_HOOK)]
