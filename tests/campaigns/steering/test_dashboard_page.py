"""The dashboard in the admin: who sees which numbers, what they count."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from wagtail.models import PageViewRestriction

from campaigns.enums import Status
from campaigns.models import Level
from campaigns.models.action_rows import AssociatedEstablishment
from tests.campaigns.admin_browser import signed_in
from tests.campaigns.steering.cases import (
    SECRET,
    Steered,
    cells_of,
    hand_in,
    make_steered,
    some_fiches,
)
from tests.campaigns.steering.reading import dashboard, key_numbers, table
from tests.factories import EstablishmentFactory, UserFactory, make_edition

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_that_time")]


def test_an_editor_sees_the_whole_academie(site: Steered) -> None:
    some_fiches(site)
    page = dashboard(site.editor, site)
    assert key_numbers(page) == ["4", "2", "1", "2"]
    assert table(page, "departements")[f"{site.departments[0]}"][:4] == ["3", "2", "1", "0"]
    assert table(page, "departements")[f"{site.departments[1]}"][:4] == ["1", "0", "0", "1"]
    assert table(page, "reseaux")[site.networks[1].name][0] == "1"
    statuses = table(page, "statuts")
    assert statuses["Publiée"][0] == "2"
    assert statuses["Non retenue"][0] == "1"


def test_a_lead_sees_their_network_only(site: Steered) -> None:
    some_fiches(site)
    hand_in(site.edition, site.schools[1], Status.PUBLISHED)
    page = dashboard(site.lead, site)
    assert key_numbers(page) == ["3", "2", "1", "1"]
    assert site.networks[0].name in page.text
    assert site.networks[1].name not in page.text
    assert site.departments[1].name not in page.text


def test_an_observer_sees_their_department_counts_and_no_status(site: Steered) -> None:
    some_fiches(site)
    page = dashboard(site.observer, site)
    assert key_numbers(page) == ["3", "2", "1", "1"]
    assert table(page, "statuts") == {
        "Publiques sur le site": ["2", "67\u00a0%"],
        "Non publiques": ["1", "33\u00a0%"],
    }
    words = page.select_one("#main").get_text() if page.select_one("#main") else page.text
    assert str(Status.NETWORK_REVIEW.label) not in words
    assert site.departments[1].name not in words


@pytest.mark.parametrize("role", ["editor", "lead", "observer"])
def test_no_title_is_on_any_page_or_in_any_file(site: Steered, role: str) -> None:
    some_fiches(site)
    client = signed_in(getattr(site, role))
    for name in ("steering", "steering_answers"):
        assert SECRET not in client.get(reverse(name, args=[site.edition.pk])).content.decode()
    for name in ("steering_workbook", "steering_answers_workbook"):
        assert SECRET not in str(cells_of(client.get(reverse(name, args=[site.edition.pk]))))


def every_address(site: Steered) -> list[str]:
    pk = site.edition.pk
    return [
        *(
            reverse(name, args=[pk])
            for name in (
                "steering",
                "steering_workbook",
                "steering_answers",
                "steering_answers_workbook",
                "steering_remind",
            )
        ),
        reverse("steering_figure_workbook", args=[pk, "statuts"]),
    ]


@pytest.mark.parametrize("role", ["editor", "lead", "observer"])
def test_another_academie_finds_nothing(site: Steered, role: str) -> None:
    elsewhere = make_steered("amiens", "amiens.localhost")
    client = signed_in(getattr(elsewhere, role))
    assert {client.get(address).status_code for address in every_address(site)} == {404}


def test_neither_the_public_nor_an_establishment_enters(site: Steered) -> None:
    school = signed_in(site.schools[0].account)
    for address in [*every_address(site), reverse("steering_home")]:
        assert Client().get(address).status_code == 302
        assert school.get(address).status_code in (302, 403, 404)


def test_someone_with_the_admin_but_no_role_finds_nothing(site: Steered) -> None:
    someone = UserFactory()
    someone.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client = signed_in(someone)
    assert {client.get(address).status_code for address in every_address(site)} == {404}
    assert client.get(reverse("steering_home")).status_code == 404
    assert reverse("steering_home") not in client.get("/admin/").content.decode()


@pytest.mark.parametrize("role", ["editor", "lead", "observer"])
def test_the_menu_leads_to_the_edition_of_the_moment(site: Steered, role: str) -> None:
    client = signed_in(getattr(site, role))
    assert reverse("steering_home") in client.get("/admin/").content.decode()
    response = client.get(reverse("steering_home"))
    assert response.url == reverse("steering", args=[site.edition.pk])


def test_an_edition_behind_a_password_is_not_an_observers(site: Steered) -> None:
    PageViewRestriction.objects.create(page=site.edition, restriction_type="login")
    address = reverse("steering", args=[site.edition.pk])
    assert signed_in(site.observer).get(address).status_code == 404
    assert signed_in(site.editor).get(address).status_code == 200


def test_who_leads_and_observes_goes_from_one_to_the_other(site: Steered) -> None:
    some_fiches(site)
    site.departments[1].observers.add(site.lead)
    assert key_numbers(dashboard(site.lead, site))[0] == "3"
    assert key_numbers(dashboard(site.lead, site, "?role=observer"))[0] == "1"
    # A role that one has not changes nothing.
    assert key_numbers(dashboard(site.lead, site, "?role=editor"))[0] == "3"


def test_each_figure_has_its_definition_its_chart_and_its_table(site: Steered) -> None:
    make_edition(
        site.academy,
        call_opens_at=datetime(2022, 1, 17, 8, tzinfo=UTC),
        call_closes_at=datetime(2022, 3, 10, 22, 59, 59, tzinfo=UTC),
    )
    some_fiches(site)
    page = dashboard(site.editor, site)
    figures = page.select("section.figure")
    assert len(figures) >= 8
    for figure in figures:
        assert figure.select_one(".figure__definition").get_text().strip()
        if figure.select_one(".figure__empty"):
            continue
        chart = figure.select_one("svg[role=img]")
        if chart:  # without any fiche of a level there is nothing to draw
            names = chart["aria-labelledby"].split()
            assert all(page.find(id=name).get_text().strip() for name in names)
        assert figure.select_one("details table caption")
    ids = [one["id"] for one in page.select("[id]")]
    assert len(ids) == len(set(ids))
    for number in page.select(".figure-keys__item"):
        assert number.select_one(".figure-keys__definition").get_text().strip()


def test_levels_covered_and_not_covered_are_told(site: Steered) -> None:
    action = hand_in(site.edition, site.schools[0], Status.PUBLISHED)
    level = Level.objects.get(code="4e", academy=None)
    action.levels.add(level)
    action.save()
    refused = hand_in(site.edition, site.schools[0], Status.REFUSED)
    refused.levels.add(Level.objects.get(code="5e", academy=None))
    refused.save()
    page = dashboard(site.editor, site)
    assert table(page, "niveaux")["4e"] == ["1"]
    missing = page.select_one("#niveaux .figure__missing").get_text()
    assert "5e" in missing
    assert "4e" not in missing


def test_an_academie_whose_terms_are_its_own_keeps_them(site: Steered) -> None:
    elsewhere = make_steered("amiens", "amiens.localhost")
    Level.objects.create(academy=elsewhere.academy, label="Niveau d’ailleurs")
    hand_in(site.edition, site.schools[0], Status.PUBLISHED)
    assert "Niveau d’ailleurs" not in dashboard(site.editor, site).text


def test_taking_part_in_the_fiche_of_another_is_an_answer(site: Steered) -> None:
    action = hand_in(site.edition, site.schools[0])
    AssociatedEstablishment.objects.create(action=action, establishment=site.schools[1])
    assert key_numbers(dashboard(site.editor, site))[3] == "2"


def test_closed_establishments_and_services_are_not_expected(site: Steered) -> None:
    EstablishmentFactory(academy=site.academy, is_open=False)
    EstablishmentFactory(academy=site.academy, kind="administration")
    page = dashboard(site.editor, site)
    assert table(page, "reponses") == {"Collège": ["2", "0", "2", "0\u00a0%"]}


def test_an_edition_without_a_fiche_shows_so(site: Steered) -> None:
    page = dashboard(site.editor, site)
    assert key_numbers(page) == ["0", "0", "0", "0"]
    assert "Rien à montrer" in page.select_one("#statuts").get_text()


@pytest.mark.parametrize(
    "query", ["?role=%00", "?role=editor&role=x", "?page=-1", "?department=%27&network=99e9&kind=x"]
)
def test_no_address_makes_it_fail(site: Steered, query: str) -> None:
    client = signed_in(site.lead)
    for address in every_address(site):
        assert client.get(address + query).status_code == 200
