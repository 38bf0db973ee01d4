"""Who answered the call and who did not: the list, its filters, its spreadsheet."""

from __future__ import annotations

import io
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from openpyxl import load_workbook

from campaigns.enums import Status
from campaigns.models.action_rows import AssociatedEstablishment
from tests.campaigns.admin_browser import signed_in
from tests.campaigns.steering.cases import Steered, hand_in
from tests.factories import EstablishmentFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_that_time")]


def listed(user: Any, site: Steered, query: str = "") -> list[str]:
    address = reverse("steering_answers", args=[site.edition.pk])
    response = signed_in(user).get(address + query)
    assert response.status_code == 200
    page = BeautifulSoup(response.content, "html.parser")
    return [
        " ".join(cell.contents[0].get_text().split())
        for cell in page.select(".steering-table tbody th")
    ]


def test_those_that_have_not_answered_come_first(site: Steered) -> None:
    hand_in(site.edition, site.schools[0])
    assert listed(site.editor, site) == [site.schools[1].name]
    assert listed(site.editor, site, "?answer=answered") == [site.schools[0].name]
    assert len(listed(site.editor, site, "?answer=all")) == 2


def test_a_draft_is_no_answer_and_shows_nowhere(site: Steered) -> None:
    hand_in(site.edition, site.schools[0], Status.DRAFT)
    assert site.schools[0].name in listed(site.editor, site)


def test_taking_part_is_an_answer(site: Steered) -> None:
    action = hand_in(site.edition, site.schools[0])
    AssociatedEstablishment.objects.create(action=action, establishment=site.schools[1])
    assert listed(site.editor, site) == []


def test_filters_narrow_the_list(site: Steered) -> None:
    lycee = EstablishmentFactory(
        academy=site.academy,
        department=site.departments[1],
        kind="lycee_gt",
        name="Lycée du Phare",
        commune="Dieppe",
    )
    assert listed(site.editor, site, "?kind=lycee_gt") == [lycee.name]
    assert lycee.name in listed(site.editor, site, f"?department={site.departments[1].code}")
    assert listed(site.editor, site, f"?network={site.networks[0].pk}") == [site.schools[0].name]
    assert listed(site.editor, site, "?q=dieppe") == [lycee.name]


def test_a_lead_and_an_observer_have_their_own(site: Steered) -> None:
    assert listed(site.lead, site) == [site.schools[0].name]
    assert listed(site.observer, site) == [site.schools[0].name]
    other = f"?network={site.networks[1].pk}&department={site.departments[1].code}"
    assert listed(site.lead, site, other) == []


def test_an_observer_does_not_learn_of_a_fiche_before_it_is_public(site: Steered) -> None:
    action = hand_in(site.edition, site.schools[0], Status.ACADEMY_REVIEW)
    assert listed(site.observer, site, "?answer=answered") == []
    hand_in(site.edition, site.schools[0], Status.PUBLISHED)
    assert listed(site.observer, site, "?answer=answered") == [site.schools[0].name]
    response = signed_in(site.observer).get(
        reverse("steering_answers_workbook", args=[site.edition.pk]) + "?answer=all"
    )
    (sheet,) = load_workbook(io.BytesIO(response.content)).worksheets
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[1][6] == 1, action  # the one that is public
    assert "Boîte de messagerie" not in rows[0]
    assert site.schools[0].mailbox not in str(rows)


def test_the_spreadsheet_holds_what_the_list_holds(site: Steered) -> None:
    EstablishmentFactory(academy=site.academy, name="=1+1", department=site.departments[0])
    response = signed_in(site.editor).get(
        reverse("steering_answers_workbook", args=[site.edition.pk])
    )
    (sheet,) = load_workbook(io.BytesIO(response.content)).worksheets
    rows = list(sheet.iter_rows(values_only=True))
    assert len(rows) == 4
    assert rows[0][0] == "UAI"
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value == "=1+1"]
    assert [cell.data_type for cell in cells] == ["s"]
