"""What the dashboard promises, in each role's scope: figures, definitions, files, reminders."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from campaigns.enums import Status
from campaigns.models import Level, Theme
from tests.campaigns.admin_browser import signed_in
from tests.campaigns.steering.cases import Steered, cells_of, hand_in, make_steered
from tests.campaigns.steering.reading import dashboard, table
from tests.factories import BasinFactory, EstablishmentFactory, NetworkFactory, make_edition

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_that_time")]

OF_ALL = ["statuts", "rythme", "edition-precedente"]
OF_EACH = ["types", "reponses", "niveaux", "thematiques"]
FIGURES = {
    "editor": [*OF_ALL, "departements", "bassins", "reseaux", *OF_EACH],
    # One network, of one department and one basin: there is nothing to tell apart by them.
    "lead": [*OF_ALL, *OF_EACH],
    "observer": [*OF_ALL, "bassins", "reseaux", *OF_EACH],
}


@pytest.fixture
def site() -> Steered:
    """Two editions; in the observed department, two basins and two networks."""
    site = make_steered()
    basins = [BasinFactory(academy=site.academy, name=f"Bassin {side}") for side in ("nord", "sud")]
    for school, basin in zip(site.schools, basins, strict=True):
        school.basin = basin
        school.save()
    neighbour = EstablishmentFactory(
        academy=site.academy,
        department=site.departments[0],
        basin=basins[1],
        network=NetworkFactory(academy=site.academy, name="Réseau voisin"),
    )
    before = make_edition(
        site.academy,
        call_opens_at=datetime(2022, 1, 17, 8, tzinfo=UTC),
        call_closes_at=datetime(2022, 3, 10, 22, 59, 59, tzinfo=UTC),
    )
    for school in (*site.schools, neighbour):
        hand_in(before, school, Status.PUBLISHED, at=datetime(2022, 1, 20, tzinfo=UTC))
        action = hand_in(site.edition, school, Status.PUBLISHED)
        action.levels.add(Level.objects.get(code="4e", academy=None))
        action.themes.add(Theme.objects.get(code="motivation", academy=None))
        action.save()
    return site


@pytest.mark.parametrize("role", FIGURES)
def test_every_figure_has_its_chart_definition_table_and_file(site: Steered, role: str) -> None:
    page = dashboard(getattr(site, role), site)
    client = signed_in(getattr(site, role))
    assert [figure["id"] for figure in page.select("section.figure")] == FIGURES[role]
    for figure in page.select("section.figure"):
        assert figure.select_one("svg[role=img] desc").get_text().strip()
        assert figure.select_one(".figure__definition").get_text().strip()
        rows = [
            [" ".join(cell.get_text().split()) for cell in row.find_all(["th", "td"])]
            for row in figure.select("tbody tr")
        ]
        assert rows
        cells = cells_of(client.get(figure.select_one(".figure__file")["href"]))
        # A day is a date there; all else is told by the same first words.
        if figure["id"] != "rythme":
            assert [row[0] for row in cells[1 : len(rows) + 1]] == [row[0] for row in rows]
        assert figure.select_one("h2").get_text().strip() in {row[0] for row in cells}


@pytest.mark.parametrize("role", FIGURES)
def test_the_previous_edition_is_beside_this_one(site: Steered, role: str) -> None:
    page = dashboard(getattr(site, role), site)
    number = {"editor": "3", "lead": "1", "observer": "2"}[role]
    assert page.select_one(".figure-keys__compared").get_text().split()[0] == number
    assert [row[-1] for row in table(page, "types").values()] == [number]


def test_a_basin_leads_to_its_establishments(site: Steered) -> None:
    page = dashboard(site.editor, site)
    assert {name: row[0] for name, row in table(page, "bassins").items()} == {
        "Bassin nord": "1",
        "Bassin sud": "2",
    }
    (link,) = [one for one in page.select("#bassins th a") if one.text.strip() == "Bassin sud"]
    listed = signed_in(site.editor).get(f"{link['href']}&answer=all").content
    names = [
        row.get_text()
        for row in BeautifulSoup(listed, "html.parser").select(".steering-table tbody th")
    ]
    assert len(names) == 2
    assert not any(site.schools[0].name in name for name in names)


@pytest.mark.parametrize("role", FIGURES)
def test_reminding_is_one_click_away_where_there_is_somebody_to_remind(
    site: Steered, role: str
) -> None:
    remind = reverse("steering_remind", args=[site.edition.pk])
    reader = getattr(site, role)
    assert not dashboard(reader, site).select(f"a[href^='{remind}']")
    EstablishmentFactory(
        academy=site.academy, department=site.departments[0], network=site.networks[0]
    )
    found = dashboard(reader, site).select(f"a[href^='{remind}']")
    assert len(found) == (0 if role == "observer" else 1)


@pytest.mark.parametrize("role", FIGURES)
def test_the_first_page_of_the_admin_leads_to_the_figures(site: Steered, role: str) -> None:
    page = BeautifulSoup(signed_in(getattr(site, role)).get("/admin/").content, "html.parser")
    assert page.select(f"main a.button[href='{reverse('steering_home')}']")
