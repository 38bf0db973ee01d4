"""The edition in figures, for everybody: published fiches only, each number with its definition."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from campaigns import catalogue_stamp
from campaigns.enums import Openness, Status
from campaigns.models import Action, ActionIndexPage, ActionSession, Theme
from tests.campaigns.scene import NOW
from tests.campaigns.steering.cases import SECRET, Steered, hand_in
from tests.factories import EstablishmentFactory, make_edition

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_that_time")]


def address(site: Steered) -> str:
    return f"/{site.edition.slug}/chiffres/"


def figures(site: Steered) -> BeautifulSoup:
    response = Client().get(address(site))
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def key_numbers(page: BeautifulSoup) -> dict[str, str]:
    return {
        one.dt.get_text().strip(): " ".join(
            one.select_one(".figure-keys__value").get_text().split()
        )
        for one in page.select(".figure-keys__item")
    }


def test_only_published_fiches_count(site: Steered) -> None:
    east, west = site.schools
    hand_in(site.edition, east, Status.PUBLISHED, pupils_planned=30, ready_to_reuse=True)
    hand_in(site.edition, west, Status.PUBLISHED, openness=Openness.PUBLIC)
    for status in (Status.ACADEMY_REVIEW, Status.REFUSED, Status.DRAFT):
        hand_in(site.edition, west, status, title=SECRET, pupils_planned=1_000)
    withdrawn = hand_in(site.edition, west, Status.WITHDRAWN, title=SECRET)
    Action.objects.filter(pk=withdrawn.pk).update(live=True, withdrawn_at=NOW)
    catalogue_stamp.rebuild([site.edition.pk])
    page = figures(site)
    assert list(key_numbers(page).values()) == ["2", "2", "2", "2", "30", "1", "1"]
    assert SECRET not in page.text
    assert "1 fiche sur 2 donne ce nombre" in page.text
    assert "1 030" not in page.text


def test_numbers_lead_to_the_fiches_that_they_count(site: Steered) -> None:
    action = hand_in(site.edition, site.schools[0], Status.PUBLISHED)
    hand_in(site.edition, site.schools[1], Status.PUBLISHED)
    theme = Theme.objects.get(code="motivation", academy=None)
    action.themes.add(theme)
    action.save()
    ActionSession.objects.create(action=action, date=date(2023, 4, 4))
    catalogue_stamp.rebuild([site.edition.pk])
    page = figures(site)
    row = page.select_one("#thematiques tbody tr")
    assert [cell.get_text().strip() for cell in row.find_all("td")] == ["1", "50\u00a0%"]
    link = row.a["href"]
    assert link.endswith("/actions/?theme=motivation")
    assert action.title in Client().get(link).content.decode()
    assert "mardi 4 avril" in page.select_one("#jours").get_text().lower()


def test_each_figure_is_drawn_described_and_in_a_table(site: Steered) -> None:
    action = hand_in(site.edition, site.schools[0], Status.PUBLISHED)
    hand_in(site.edition, site.schools[1], Status.PUBLISHED)
    action.themes.add(Theme.objects.get(code="motivation", academy=None))
    action.save()
    catalogue_stamp.rebuild([site.edition.pk])
    page = figures(site)
    assert len(page.select("section.figure")) >= 3
    for figure in page.select("section.figure"):
        assert figure.select_one(".figure__definition").get_text().strip()
        names = figure.select_one("svg[role=img]")["aria-labelledby"].split()
        assert all(page.find(id=name).get_text().strip() for name in names)
        assert figure.select_one("details table caption")
    for number in page.select(".figure-keys__item"):
        assert number.select_one(".figure-keys__definition").get_text().strip()
    assert not page.select("main [style], main [onclick]")


def make_previous(site: Steered) -> Any:
    return make_edition(
        site.academy,
        title="Semaine 2022",
        call_opens_at=datetime(2022, 1, 17, 8, tzinfo=UTC),
        call_closes_at=datetime(2022, 3, 10, 22, 59, 59, tzinfo=UTC),
    )


def test_it_is_compared_with_the_edition_before(site: Steered) -> None:
    previous = make_previous(site)
    hand_in(previous, site.schools[0], Status.PUBLISHED)
    hand_in(previous, site.schools[0], Status.ACADEMY_REVIEW)
    hand_in(site.edition, site.schools[0], Status.PUBLISHED)
    page = figures(site)
    assert "édition précédente\u00a0: 1" in page.select_one(".figure-keys__item").get_text()
    assert f"/{previous.slug}/chiffres/" in str(page)


def test_an_edition_that_not_everybody_may_open_is_compared_with_nothing(site: Steered) -> None:
    previous = make_previous(site)
    hand_in(previous, site.schools[0], Status.PUBLISHED)
    hand_in(site.edition, site.schools[0], Status.PUBLISHED)
    PageViewRestriction.objects.create(page=previous, restriction_type="login")
    page = figures(site)
    assert previous.title not in page.text
    assert "édition précédente" not in page.text.lower()
    assert Client().get(f"/{previous.slug}/chiffres/").status_code == 302


def test_an_edition_without_a_public_catalogue_has_no_figures(site: Steered) -> None:
    hand_in(site.edition, site.schools[0], Status.PUBLISHED)
    ActionIndexPage.objects.child_of(site.edition).update(live=False)
    page = figures(site)
    assert not page.select("section.figure, .figure-keys")
    assert "Aucune fiche" in page.text


def test_an_edition_without_a_fiche_says_so(site: Steered) -> None:
    assert "Aucune fiche" in figures(site).text


def test_an_edition_not_published_is_not_found(site: Steered) -> None:
    site.edition.live = False
    site.edition.save()
    assert Client().get(address(site)).status_code == 404


def test_the_edition_leads_to_its_figures(site: Steered) -> None:
    hand_in(site.edition, site.schools[0], Status.PUBLISHED)
    assert address(site) in Client().get(f"/{site.edition.slug}/").content.decode()


@pytest.mark.parametrize("query", ["?q=%00", "?theme=" + "x" * 500, "?page=²"])
def test_no_address_makes_it_fail(site: Steered, query: str) -> None:
    hand_in(site.edition, site.schools[0], Status.PUBLISHED)
    assert Client().get(address(site) + query).status_code == 200


def test_queries_do_not_grow_with_the_fiches(site: Steered) -> None:
    def queries() -> int:
        Client().get(address(site))
        with CaptureQueriesContext(connection) as asked:
            figures(site)
        return len(asked)

    hand_in(make_previous(site), site.schools[0], Status.PUBLISHED)
    hand_in(site.edition, site.schools[0], Status.PUBLISHED)
    few = queries()
    for number in range(30):
        school = EstablishmentFactory(
            academy=site.academy, department=site.departments[number % 2], commune=f"C{number}"
        )
        hand_in(site.edition, school, Status.PUBLISHED)
    assert queries() == few
    assert few <= 15
