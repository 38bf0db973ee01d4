"""Each number of the dashboard leads to the fiches that it counts, for those who may list them."""

from __future__ import annotations

import re

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from campaigns.enums import Status
from tests.campaigns.admin_browser import signed_in, url
from tests.campaigns.scene import NOW
from tests.campaigns.steering.cases import SECRET, Steered, hand_in, make_steered, some_fiches
from tests.campaigns.steering.reading import dashboard
from tests.factories import BasinFactory, make_edition

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_that_time")]


@pytest.fixture
def site() -> Steered:
    """Both halves with fiches in several statuses, one public under change, another edition."""
    site = make_steered()
    for side, school in enumerate(site.schools):
        school.basin = BasinFactory(academy=site.academy, name=f"Bassin {side}")
        school.save()
    some_fiches(site)
    hand_in(
        site.edition,
        site.schools[1],
        Status.ACADEMY_REVIEW,
        live=True,
        first_published_at=NOW,
        last_published_at=NOW,
    )
    hand_in(site.edition, site.schools[1], Status.ARCHIVED)
    hand_in(make_edition(site.academy), site.schools[0], Status.PUBLISHED)
    return site


def links(page: BeautifulSoup) -> dict[str, int]:
    """The addresses of lists of fiches, and the number that each is on or beside."""
    listed = url("list")
    found = {}
    for link in page.select(f"main a[href^='{listed}?']"):
        item = link.find_parent(class_="figure-keys__item")
        number = item.select_one(".figure-keys__value") if item else link
        found[link["href"]] = int(re.sub(r"\D", "", number.get_text()))
    return found


@pytest.mark.parametrize(("role", "least"), [("editor", 20), ("lead", 8), ("observer", 2)])
def test_each_number_is_that_of_the_list_it_leads_to(site: Steered, role: str, least: int) -> None:
    reader = getattr(site, role)
    found = links(dashboard(reader, site))
    assert len(found) >= least
    client = signed_in(reader)
    for address, number in found.items():
        page = BeautifulSoup(client.get(address).content, "html.parser")
        assert len(page.select("tbody tr td.title")) == number, address


def test_a_lead_who_observes_too_finds_what_each_role_counts(site: Steered) -> None:
    site.departments[1].observers.add(site.lead)
    client = signed_in(site.lead)
    for query in ("", "?role=observer"):
        found = links(dashboard(site.lead, site, query))
        assert found
        for address, number in found.items():
            page = BeautifulSoup(client.get(address).content, "html.parser")
            assert len(page.select("tbody tr td.title")) == number, address


def test_an_observer_is_led_to_public_fiches_only(site: Steered) -> None:
    client = signed_in(site.observer)
    found = links(dashboard(site.observer, site))
    assert not any("status=" in address or "only=" in address for address in found)
    for address in found:
        assert SECRET not in client.get(address).content.decode()


@pytest.mark.parametrize(("role", "number"), [("editor", "3"), ("lead", "3"), ("observer", "2")])
def test_an_establishment_leads_to_its_fiches(site: Steered, role: str, number: str) -> None:
    client = signed_in(getattr(site, role))
    answers = reverse("steering_answers", args=[site.edition.pk]) + "?answer=all"
    page = BeautifulSoup(client.get(answers).content, "html.parser")
    (link,) = page.select(f"a[href$='q={site.schools[0].uai}']")
    assert link.find(string=True, recursive=False).strip() == number
    listed = BeautifulSoup(client.get(link["href"]).content, "html.parser")
    assert len(listed.select("tbody tr td.title")) == int(number)
