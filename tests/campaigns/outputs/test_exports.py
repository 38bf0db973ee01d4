"""The list of fiches as a file: each role's own rows, and what that role may see of them."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import ModelLogEntry

from campaigns.enums import Status
from campaigns.models import FundingSource
from campaigns.outputs.columns import COLUMNS
from tests.campaigns.matrix import Role, make_world
from tests.campaigns.outputs.reading import body, csv_rows, get, xlsx_file
from tests.campaigns.scene import make_draft, make_published, make_scene, make_submitted
from tests.factories import make_site

pytestmark = pytest.mark.django_db

PERSONAL = {"coordonnateur", "courriel_coordonnateur", "courriel_etablissement", "inscription"}
MONEY = {"budget_euros", "sources_financement"}


def export(client: Client, kind: str = "csv", **filters: Any) -> Any:
    return get(client, reverse("action_export", args=[kind]), data=filters)


def rows(client: Client, **filters: Any) -> dict[str, dict[str, str]]:
    """The rows of the CSV, by title."""
    answer = export(client, **filters)
    assert answer.status_code == 200
    return {row["intitule"]: row for row in csv_rows(answer)}


@pytest.fixture
def world() -> Any:
    world = make_world()
    money = {"budget": "1234.50", "funding_sources": list(FundingSource.objects.all()[:1])}
    make_draft(world.scene, title="Brouillon", **money)
    make_submitted(world.scene, title="Remise", **money)
    make_published(world.scene, title="Publiée", **money)
    other = make_scene(make_site("lille", "lille.localhost", is_default=False))
    make_published(other, title="Ailleurs")
    return world


def test_editors_get_all_that_is_handed_in_with_people_and_money(world) -> None:
    found = rows(world.client(Role.OWN_EDITOR))

    assert set(found) == {"Remise", "Publiée"}
    row = found["Remise"]
    assert row.keys() >= PERSONAL | MONEY
    assert (row["coordonnateur"], row["budget_euros"]) == ("Camille Exemple", "1234.50")
    assert row["courriel_coordonnateur"] == "camille@example.org"
    assert row["courriel_etablissement"] == world.scene.establishment.mailbox
    assert row["sources_financement"]
    assert row["statut"] == str(Status.NETWORK_REVIEW.label)
    assert row["adresse"] == ""
    assert found["Publiée"]["adresse"].startswith("http://localhost/")


def test_leads_get_the_people_of_their_network_and_no_money(world) -> None:
    found = rows(world.client(Role.LEAD))

    assert set(found) == {"Remise", "Publiée"}
    assert found["Remise"]["coordonnateur"] == "Camille Exemple"
    assert not found["Remise"].keys() & MONEY


def test_observers_get_the_public_columns_of_what_is_published(world) -> None:
    found = rows(world.client(Role.OBSERVER))

    assert set(found) == {"Publiée"}
    assert list(found["Publiée"]) == [column.key for column in COLUMNS]
    assert "Camille Exemple" not in str(found)


def test_a_lead_who_also_observes_learns_nobody_of_what_they_observe(world) -> None:
    user = world.people[Role.OBSERVER]
    elsewhere = make_scene(world.scene.academy)
    elsewhere.network.leads.add(user)
    make_submitted(elsewhere, title="De mon réseau")

    found = rows(world.client(Role.OBSERVER))

    assert found["De mon réseau"]["coordonnateur"] == "Camille Exemple"
    assert found["Publiée"]["coordonnateur"] == ""
    assert found["Publiée"]["statut"] == ""


def test_nobody_else_gets_the_list(world) -> None:
    for role in Role:
        if role in (Role.OWN_EDITOR, Role.LEAD, Role.OBSERVER, Role.ADMINISTRATOR):
            continue
        client = world.client(role)
        for kind in ("csv", "xlsx"):
            answer = export(client, kind)
            if answer.status_code == 200:  # another académie's reviewer: their own list
                assert b"Camille Exemple" not in body(answer), role
                assert "Remise" not in body(answer).decode("utf-8", "replace"), role
            else:
                assert answer.status_code in (302, 403), role


def test_the_file_holds_what_the_list_is_narrowed_to(world) -> None:
    editor = world.client(Role.OWN_EDITOR)

    assert set(rows(editor, status="published")) == {"Publiée"}
    assert set(rows(editor, q="remise")) == {"Remise"}
    assert set(rows(editor, campaign="999999999999999999999", status="zzz", p="-1")) <= {
        "Remise",
        "Publiée",
    }


def test_the_workbook_says_the_same_as_the_table(world) -> None:
    sheet = xlsx_file(export(world.client(Role.OWN_EDITOR), "xlsx")).worksheets[0]
    lines = list(sheet.iter_rows(values_only=True))

    assert len(lines) == 3
    assert "Budget (euros)" in lines[0]
    assert 1234.5 in lines[1]


def test_the_workbook_keeps_to_what_each_role_may_see(world) -> None:
    secret = {
        Role.LEAD: ["1234.5", "Budget"],
        Role.OBSERVER: ["1234.5", "Budget", "Camille Exemple", "camille@", ">Remise<"],
        Role.OTHER_EDITOR: ["Camille Exemple", ">Remise<", ">Publiée<", "1234.5"],
    }
    for role, kept in secret.items():
        answer = export(world.client(role), "xlsx")
        assert answer.status_code == 200
        with zipfile.ZipFile(io.BytesIO(body(answer))) as book:
            held = "".join(book.read(name).decode() for name in book.namelist())
        assert [text for text in kept if text in held] == [], role


def test_an_export_is_noted_with_its_reader(world) -> None:
    client = world.client(Role.OWN_EDITOR)
    export(client, "csv", status="published")

    [entry] = ModelLogEntry.objects.filter(action="campaigns.export")
    assert entry.user == world.people[Role.OWN_EDITOR]
    assert entry.data == {"kind": "csv", "fiches": 1, "query": "status=published"}
    assert client.head(reverse("action_export", args=["csv"])).status_code == 200
    assert ModelLogEntry.objects.filter(action="campaigns.export").count() == 1


def test_the_list_leads_to_its_files_with_its_filters(world) -> None:
    page = world.client(Role.OWN_EDITOR).get(
        reverse("wagtailsnippets_campaigns_action:list"), {"status": "published"}
    )

    assert "/admin/fiches/export.xlsx?status=published" in page.content.decode()


def test_an_export_costs_the_same_queries_however_many_fiches(world) -> None:
    def queries() -> int:
        client = world.client(Role.OWN_EDITOR)
        with CaptureQueriesContext(connection) as captured:
            export(client)
        return len(captured)

    queries()
    one = queries()
    for number in range(4):
        make_submitted(world.scene, title=f"Autre {number}")

    assert queries() == one <= 40
