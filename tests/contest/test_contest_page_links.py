"""What leads to the contest: the page of its edition, and the main menu."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from contest.models import ContestPage
from home.models import SiteSettings
from tests.contest.scene import AFTER_RESULTS, NOW, Scene, make_contest
from tests.factories import make_edition, make_site

pytestmark = pytest.mark.django_db


def soup_of(address: str, now: datetime = NOW, **headers: str) -> BeautifulSoup:
    with time_machine.travel(now, tick=False):
        response = Client().get(address, headers=headers)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def menu_of(soup: BeautifulSoup) -> dict[str, str]:
    """The entries of the main menu and where they lead."""
    return {link.get_text(strip=True): link["href"] for link in soup.select("nav .fr-nav__link")}


def section_of(soup: BeautifulSoup) -> Any:
    """The contest's section of an edition's page."""
    heading = soup.find(id="concours")
    return heading and heading.find_parent("section")


def test_the_main_menu_leads_to_the_contest_of_the_current_edition(scene: Scene) -> None:
    address = f"/{scene.edition.slug}/concours/"
    for page in ("/", f"/{scene.edition.slug}/", address):
        assert menu_of(soup_of(page))["Concours d’affiches"] == address

    link = soup_of(address).select_one(f'.fr-nav__link[href="{address}"]')
    assert link["aria-current"] == "page"


def test_the_contest_of_another_edition_or_site_is_not_in_the_menu(scene: Scene) -> None:
    older = make_edition(
        scene.academy,
        slug="2022",
        call_opens_at=datetime(2022, 1, 17, 8, tzinfo=UTC),
        call_closes_at=datetime(2022, 3, 9, 8, tzinfo=UTC),
        week_first_day=datetime(2022, 4, 4, tzinfo=UTC).date(),
        week_last_day=datetime(2022, 4, 8, tzinfo=UTC).date(),
        school_year="2021-2022",
    )
    make_contest(older)
    other = make_site("amiens", "amiens.localhost", is_default=False)
    make_edition(other)

    assert menu_of(soup_of("/2022/"))["Concours d’affiches"] == f"/{scene.edition.slug}/concours/"
    assert "Concours d’affiches" not in menu_of(soup_of("/", host="amiens.localhost"))


@pytest.mark.parametrize("hidden", ["draft", "restricted"])
def test_a_contest_that_is_not_public_is_nowhere(scene: Scene, hidden: str) -> None:
    if hidden == "draft":
        scene.contest.unpublish()
    else:
        PageViewRestriction.objects.create(page=scene.contest, restriction_type="login")

    soup = soup_of(f"/{scene.edition.slug}/")

    assert "Concours d’affiches" not in menu_of(soup)
    assert section_of(soup) is None


def test_the_page_of_the_edition_says_what_can_be_done(scene: Scene) -> None:
    section = section_of(soup_of(f"/{scene.edition.slug}/"))

    assert "L’engagement" in section.get_text()
    assert "Déposez vos affiches avant le" in section.get_text()
    assert [link["href"] for link in section.find_all("a")] == [f"/{scene.edition.slug}/concours/"]


def test_once_the_results_are_out_it_leads_to_the_gallery(scene: Scene) -> None:
    section = section_of(soup_of(f"/{scene.edition.slug}/", AFTER_RESULTS))

    assert [link["href"] for link in section.find_all("a")] == [
        f"/{scene.edition.slug}/concours/galerie/",
        f"/{scene.edition.slug}/concours/",
    ]


def test_an_edition_without_a_contest_says_nothing_of_one(scene: Scene) -> None:
    ContestPage.objects.all().delete()

    assert section_of(soup_of(f"/{scene.edition.slug}/")) is None


def test_the_links_cost_one_query_for_the_jury(scene: Scene) -> None:
    SiteSettings.for_site(scene.academy.site)

    def counts() -> list[int]:
        counted = []
        for address in ("/", f"/{scene.edition.slug}/"):
            Client().get(address)
            with CaptureQueriesContext(connection) as queries:
                Client().get(address)
            counted.append(len(queries))
        return counted

    home, edition = counts()
    ContestPage.objects.all().delete()

    assert counts() == [home, edition - 1]
