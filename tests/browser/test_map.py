"""The map of the results, with a script and without."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, expect

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


def test_the_map_tells_a_screen_reader_what_it_is_and_what_a_move_has_shown(
    address: str, visitor: Visitor
) -> None:
    page = visitor.visit(address).page
    near = page.get_by_role("link", name=re.compile("2 fiches"))
    near.wait_for()
    assert page.locator("[data-map-said]").text_content() == ""

    near.press("Enter")

    expect(page.locator("[data-map-said]")).to_have_text("2 fiches dans cette partie de la carte.")
    held = page.get_by_role("group", name=re.compile("Carte des résultats"))
    expect(held).to_have_count(1)
    expect(held).to_be_focused()


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("scripts", [False, True])
def test_what_the_map_writes_can_be_read(
    address: str, visitor: Visitor, dark: bool, scripts: bool
) -> None:
    page = visitor.visit(address, dark=dark, scripts=scripts).page
    names, circles = (".map__name", ".map__link") if scripts else (".map__names text", ".map__disc")
    page.locator(circles).first.wait_for()
    name, words = page.locator(names).first, page.locator(f"{circles}, .map__circle text")
    ground = colour(page.locator(".map__frame"), "background-color")
    disc = colour(page.locator(circles).first, "background-color" if scripts else "fill")

    assert contrast(colour(name, "color" if scripts else "fill"), ground) >= 4.5
    assert contrast(colour(words.last, "color" if scripts else "fill"), disc) >= 4.5
    assert contrast(disc, ground) >= 3
    assert page.locator(circles).count() == 2


def colour(part: Locator, name: str) -> tuple[int, ...]:
    """A colour that the browser has computed: red, green, blue."""
    value = part.first.evaluate("(one, name) => getComputedStyle(one)[name]", name)
    return tuple(int(one) for one in re.findall(r"\d+", value)[:3])


def contrast(one: tuple[int, ...], other: tuple[int, ...]) -> float:
    """The ratio of WCAG 2."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(rgb: tuple[int, ...]) -> float:
    parts = [value / 255 for value in rgb]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
