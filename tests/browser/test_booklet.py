"""The page that follows a recueil on its way, with a script and without."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone
from playwright.sync_api import expect

from campaigns import catalogue_stamp
from campaigns.models import Action, Booklet, CatalogueStamp
from tests.browser.traffic import settle
from tests.browser.visits import Visitor, follow
from tests.campaigns.scene import NOW, make_scene

LINK = re.compile("Ouvrir le recueil")


@pytest.fixture
def address(transactional_db) -> str:
    """The recueil of three public fiches, of which one is read."""
    site = make_scene()
    Action.objects.bulk_create(
        Action(
            campaign=site.edition,
            establishment=site.establishment,
            title=f"Atelier {number}",
            live=True,
            status="published",
            first_published_at=NOW,
            last_published_at=NOW,
        )
        for number in range(3)
    )
    catalogue_stamp.rebuild([site.edition.pk])
    Booklet.objects.create(
        campaign=site.edition,
        stamp=CatalogueStamp.objects.get(campaign=site.edition).number,
        state="running",
        total=3,
        done=1,
        asked_at=timezone.now(),
        progressed_at=timezone.now(),
    )
    return f"/{site.edition.slug}/actions.pdf"


def move(**values: Any) -> None:
    """What the worker notes meanwhile."""
    settle()
    Booklet.objects.update(progressed_at=timezone.now(), **values)


def finish() -> None:
    """What the worker does at the end."""
    settle()
    booklet = Booklet.objects.get()
    booklet.file.save("booklet.pdf", ContentFile(b"%PDF-1.7"), save=False)
    booklet.state, booklet.done, booklet.finished_at = "done", 3, timezone.now()
    booklet.save()


def test_the_page_says_in_place_how_far_it_is_then_offers_the_file(
    address: str, visitor: Visitor
) -> None:
    visit = visitor.visit(address)
    page = visit.page
    expect(page.get_by_text("1 fiche sur 3")).to_be_visible()
    page.evaluate("window.stayed = true")

    move(done=2)
    expect(page.get_by_text("2 fiches sur 3")).to_be_visible(timeout=15_000)
    expect(page.get_by_role("status")).to_be_empty()
    finish()

    link = page.get_by_role("link", name=LINK)
    expect(link).to_be_visible(timeout=15_000)
    expect(page.get_by_role("status")).to_have_text("Le recueil est prêt.")
    assert link.get_attribute("href") == address
    assert page.evaluate("window.stayed")
    assert visit.complaints == []


def test_the_focus_moves_to_the_file_when_it_is_ready(address: str, visitor: Visitor) -> None:
    visit = visitor.visit(address)
    visit.page.get_by_role("link", name="Voir où il en est").focus()

    finish()

    expect(visit.page.get_by_role("link", name=LINK)).to_be_focused(timeout=15_000)
    assert visit.complaints == []


def test_the_page_says_in_place_that_it_failed(address: str, visitor: Visitor) -> None:
    visit = visitor.visit(address)
    expect(visit.page.get_by_text("1 fiche sur 3")).to_be_visible()

    move(state="failed", finished_at=timezone.now(), error="La mise en page a échoué.")

    expect(visit.page.get_by_text("La mise en page a échoué.")).to_be_visible(timeout=15_000)
    expect(visit.page.get_by_role("status")).to_have_text("Le recueil n’a pas pu être préparé.")
    assert visit.complaints == []


def test_without_scripts_a_link_and_the_page_itself_ask_again(
    address: str, visitor: Visitor
) -> None:
    visit = visitor.visit(address, scripts=False)
    expect(visit.page.get_by_text("1 fiche sur 3")).to_be_visible()
    move(done=2)

    follow(visit.page.get_by_role("link", name="Voir où il en est"))
    expect(visit.page.get_by_text("2 fiches sur 3")).to_be_visible()
    finish()

    expect(visit.page.get_by_role("link", name=LINK)).to_be_visible(timeout=15_000)
