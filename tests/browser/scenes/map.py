"""The map of the catalogue's results."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from campaigns import catalogue_stamp
from campaigns.models import Action
from tests.browser.pages import View, scene
from tests.browser.visits import NARROW
from tests.campaigns.scene import NOW, make_scene
from tests.factories import EstablishmentFactory, make_edition

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from campaigns.models import CampaignPage
    from establishments.models import Academy

PLACES = {
    "Rouen": (49.44, 1.10),
    "Sotteville": (49.41, 1.09),
    "Caen": (49.18, -0.37),
    "Cherbourg": (49.64, -1.62),
    "Évreux": (49.02, 1.15),
    "Le Havre": (49.49, 0.11),
}


def add_fiche(edition: CampaignPage, academy: Academy, commune: str) -> None:
    """A public fiche of a school of its own."""
    latitude, longitude = PLACES.get(commune, (None, None))
    Action.objects.create(
        campaign=edition,
        establishment=EstablishmentFactory(
            academy=academy, commune=commune, latitude=latitude, longitude=longitude
        ),
        title=f"Action de {commune}",
        live=True,
        status="published",
        first_published_at=NOW,
        last_published_at=NOW,
    )


def wait_for_circles(page: Page) -> None:
    """The map that moves has asked for its circles."""
    page.locator(".map__link").first.wait_for()


def stay_a_drawing(page: Page) -> None:
    """As without scripts: the drawing of the server, which nothing replaces."""
    page.route(
        re.compile(r"/js/map[^/]*\.js"),
        lambda route: route.fulfill(body="", content_type="text/javascript"),
    )
    page.reload(wait_until="load")
    page.locator(".map__circle").first.wait_for()


@scene
def the_map() -> list[View]:
    """Circles of several communes and of one, the drawing alone, no address known."""
    site = make_scene()
    for commune in PLACES:
        add_fiche(site.edition, site.academy, commune)
    nowhere = make_edition(site.academy, title="Semaine 2022")
    add_fiche(nowhere, site.academy, "Nulle part")
    catalogue_stamp.rebuild([site.edition.pk, nowhere.pk])
    address = f"/{site.edition.slug}/actions/?vue=carte"
    return [
        View("map, circles", address, act=wait_for_circles),
        View(
            "map, one place",
            f"{address}&zone=49.10,-0.50,49.30,-0.20",
            act=wait_for_circles,
            width=NARROW,
        ),
        View("map, the drawing alone", address, act=stay_a_drawing, width=NARROW),
        View("map, no address known", f"/{nowhere.slug}/actions/?vue=carte"),
    ]
