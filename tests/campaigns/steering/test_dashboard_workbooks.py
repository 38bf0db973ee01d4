"""The spreadsheets of the dashboard's figures, each in its reader's scope."""

from __future__ import annotations

import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from campaigns.enums import Status
from campaigns.steering.definitions import TITLES
from tests.campaigns.admin_browser import signed_in
from tests.campaigns.steering.cases import Steered, cells_of, hand_in, some_fiches

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_that_time")]


def test_each_figure_opens_in_a_spreadsheet(site: Steered) -> None:
    some_fiches(site)
    client = signed_in(site.editor)
    response = client.get(
        reverse("steering_figure_workbook", args=[site.edition.pk, "departements"])
    )
    book = load_workbook(io.BytesIO(response.content))
    first = list(book.worksheets[0].iter_rows(values_only=True))
    assert first[1][:3] == (str(site.departments[0]), 3, 2)
    told = dict(list(book.worksheets[1].iter_rows(values_only=True, max_col=2)))
    assert told["Édition"] == site.edition.title
    assert str(TITLES["departements"]) in told
    assert "no-store" in response["Cache-Control"]


def test_the_spreadsheet_of_a_lead_holds_their_network_only(site: Steered) -> None:
    some_fiches(site)
    hand_in(site.edition, site.schools[1], Status.PUBLISHED)
    cells = cells_of(signed_in(site.lead).get(reverse("steering_workbook", args=[site.edition.pk])))
    assert site.departments[1].name not in str(cells)
    assert site.schools[1].name not in str(cells)


def test_a_figure_that_a_scope_has_not_is_not_found(site: Steered) -> None:
    address = reverse("steering_figure_workbook", args=[site.edition.pk, "reseaux"])
    assert signed_in(site.lead).get(address).status_code == 404
