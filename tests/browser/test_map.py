"""The map of the results, with a script and without."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from campaigns import catalogue_stamp
from campaigns.models import Action
from tests.browser.visits import Visitor, follow
from tests.campaigns.scene import NOW, make_scene
from tests.factories import EstablishmentFactory

PLACES = {"Rouen": (49.44, 1.10), "Sotteville": (49.41, 1.09), "Caen": (49.18, -0.37)}


@pytest.fixture
def address(transactional_db) -> str:
    """The map of an edition with one fiche in each of three communes, two of them near."""
    site = make_scene()
    for commune, (latitude, longitude) in PLACES.items():
        school = EstablishmentFactory(
            academy=site.academy, commune=commune, latitude=latitude, longitude=longitude
        )
        Action.objects.create(
            campaign=site.edition,
            establishment=school,
            title=f"Action de {commune}",
            live=True,
            status="published",
            first_published_at=NOW,
            last_published_at=NOW,
        )
    catalogue_stamp.rebuild([site.edition.pk])
    return f"/{site.edition.slug}/actions/?vue=carte"


def test_a_circle_opens_by_keyboard_and_leads_to_the_fiches_of_a_commune(
    address: str, visitor: Visitor
) -> None:
    visit = visitor.visit(address)
    near = visit.page.get_by_role("link", name=re.compile("2 fiches"))
    near.focus()
    visit.page.keyboard.press("Enter")

    rouen = visit.page.get_by_role("link", name=re.compile("1 fiche, Rouen"))
    expect(rouen).to_be_visible()
    follow(rouen)

    expect(visit.page.get_by_role("link", name="Action de Rouen")).to_be_visible()
    assert visit.page.get_by_role("link", name="Action de Caen").count() == 0
    assert visit.complaints == []


def test_without_scripts_the_circles_are_the_same_links(address: str, visitor: Visitor) -> None:
    visit = visitor.visit(address, scripts=False)

    follow(visit.page.get_by_role("link", name=re.compile("2 fiches")))
    follow(visit.page.get_by_role("link", name=re.compile("1 fiche, Sotteville")))

    expect(visit.page.get_by_role("link", name="Action de Sotteville")).to_be_visible()
