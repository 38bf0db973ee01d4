"""A reader in the catalogue of fiches: in place with a keyboard, on a phone, without JavaScript."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from campaigns.models import Action
from tests.browser.scenes.catalogue import make_catalogue
from tests.browser.visits import NARROW, Visit, follow
from tests.campaigns.scene import Scene

Catalogue = tuple[Scene, list[Action]]


@pytest.fixture
def catalogue(transactional_db: None) -> Catalogue:
    """Six fiches."""
    return make_catalogue()


def test_narrowing_in_place_keeps_the_page_the_focus_and_the_way_back(
    catalogue: Catalogue, visit: Callable[..., Visit]
) -> None:
    site, _fiches = catalogue
    base = f"/{site.edition.slug}/actions/"
    seen = visit(base)
    page = seen.page
    page.evaluate("window.isTheSame = true")
    count = page.locator("[data-count]")
    expect(count).to_contain_text("6 fiches")

    choice = page.locator("[data-choice='reutilisable=1']")
    choice.press("Enter")
    expect(count).to_have_text(re.compile("2 fiches sur 6"))
    assert page.url.endswith("?reutilisable=1")
    assert page.evaluate("document.activeElement.dataset.choice") == "reutilisable=1"
    expect(page.locator("[data-said]")).to_have_text(re.compile("2 fiches sur 6"))

    page.locator("#catalogue-mots").fill("hawkins")
    page.keyboard.press("Enter")
    expect(page.locator(".catalogue-slip")).to_contain_text("hawking")
    expect(page.locator("[data-said]")).to_contain_text("vous aviez tapé")

    page.go_back()
    expect(count).to_have_text(re.compile("2 fiches sur 6"))
    expect(page.locator("#catalogue-mots")).to_have_value("")
    page.go_back()
    expect(count).to_contain_text("6 fiches")
    assert page.evaluate("window.isTheSame") is True
    assert seen.complaints == []


def test_on_a_phone_results_come_before_the_facets_and_nothing_scrolls_sideways(
    catalogue: Catalogue, visit: Callable[..., Visit]
) -> None:
    site, fiches = catalogue
    seen = visit(f"/{site.edition.slug}/actions/", width=NARROW)
    page = seen.page

    assert not page.locator("[data-choice='reutilisable=1']").is_visible()
    page.locator(".catalogue-filters__summary").click()
    page.locator("[data-choice='ouvert=1']").click()
    expect(page.locator("[data-count]")).to_have_text(re.compile("1 fiche sur 6"))
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW
    follow(page.locator(".fr-card__title a").first)
    expect(page.locator("h1")).to_have_text(fiches[0].title)
    follow(page.get_by_role("link", name="Retour à votre sélection"))
    expect(page.locator("[data-count]")).to_have_text(re.compile("1 fiche sur 6"))
    assert seen.complaints == []


def test_without_scripts_links_and_the_form_do_the_same(
    catalogue: Catalogue, visit: Callable[..., Visit]
) -> None:
    site, _fiches = catalogue
    page = visit(f"/{site.edition.slug}/actions/", scripts=False).page

    follow(page.locator("[data-choice='reutilisable=1']"))
    page.locator("#catalogue-mots").fill("radio")
    follow(page.locator("#catalogue-recherche button"))
    assert page.url.endswith("?q=radio&reutilisable=1")
    expect(page.locator("[data-count]")).to_have_text(re.compile("1 fiche sur 6"))
    follow(page.locator(".catalogue-tag").first)
    expect(page.locator("[data-count]")).to_have_text(re.compile("2 fiches sur 6"))
