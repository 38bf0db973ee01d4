"""What the public files say, read by others than those who wrote them; and what they never say."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, models
from django.test.utils import CaptureQueriesContext
from modelcluster.fields import ParentalKey

from campaigns import catalogue_stamp
from campaigns.criteria import Criteria
from campaigns.editions import catalogue_of
from campaigns.models import (
    Action,
)
from campaigns.outputs.columns import COLUMNS
from campaigns.outputs.kept_back import NEVER_PUBLIC
from campaigns.outputs.rows import rows_of
from campaigns.selection import Selection
from home.spreadsheets import Kind
from tests.campaigns.outputs.full import FORMULA, make_full
from tests.campaigns.outputs.reading import (
    KINDS,
    atom_file,
    body,
    csv_rows,
    fetch,
    json_file,
    xlsx_file,
)
from tests.campaigns.scene import NOW
from tests.factories import ActionFactory

pytestmark = pytest.mark.django_db


def test_every_part_of_a_fiche_is_published_or_kept_back_by_name() -> None:
    parts = set()
    for field in Action._meta.get_fields():
        if field.auto_created and not isinstance(field.remote_field, ParentalKey):
            if field.concrete:
                parts.add("pk")
            continue
        if field.auto_created:
            parts |= {
                f"{field.name}.{one.name}"
                for one in field.related_model._meta.get_fields()
                if one.name not in {"id", "sort_order", "action"}
            }
        elif isinstance(field, models.Field) and field.name != "establishment":
            parts.add(field.name)
    parts -= {"revisions", "_revisions", "workflow_states_relation", "_workflow_states"}
    told = {
        name
        for column in COLUMNS
        for name in column.holds
        if not name.startswith("establishment.") and name != "url"
    }

    assert told | set(NEVER_PUBLIC) == parts
    assert not told & set(NEVER_PUBLIC)
    of_establishments = {
        name for column in COLUMNS for name in column.holds if name.startswith("establishment.")
    }
    assert not {name for name in of_establishments if "mail" in name or "phone" in name}


def test_no_public_file_names_or_reaches_a_person(client, scene) -> None:
    action = make_full(scene)

    for kind in KINDS:
        answer = fetch(client, scene.edition, kind)
        text = body(answer).decode("utf-8", "replace")
        if kind == "xlsx":
            text = "\n".join(
                str(cell.value) for sheet in xlsx_file(answer) for row in sheet for cell in row
            )
        assert "Cliquez" in text
        assert "SECRET" not in text.upper(), kind
        assert "98765" not in text
        assert scene.establishment.mailbox not in text
        assert action.funding_sources.all()[0].label not in text


def test_the_csv_opens_as_a_table_that_runs_nothing(client, scene) -> None:
    action = make_full(scene)
    catalogue_stamp.follow([action.pk])

    answer = fetch(client, scene.edition, "csv")

    assert body(answer).startswith(b"\xef\xbb\xbfidentifiant;adresse;intitule;")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    [row] = csv_rows(answer)
    assert row["identifiant"] == str(action.pk)
    assert row["adresse"] == action.get_absolute_url()
    assert row["intitule"] == f"'{FORMULA}"
    assert row["uai"] == scene.establishment.uai
    assert row["premier_jour"] == "2023-04-03"
    assert row["reutilisable"] == "true"
    assert row["eleves_prevus"] == "120"
    assert row["seances"] == "2023-04-03, 13:00, 14:30, Tout public"
    assert row["indicateurs"] == "Présence, 80 %, 85 %"
    assert row["deroule"] == '\'- Accueil\n- Atelier ; "débat"'
    assert row["etablissements_associes"] == "Lycée associé, Rouen"
    assert row["thematiques"].count(" | ") == 1
    assert row["fonction_coordonnateur"] == "CPE"
    assert row["mise_a_jour_le"][10] == "T"
    assert row["mise_a_jour_le"].endswith(("+01:00", "+02:00"))


def test_the_json_says_what_it_is_and_what_its_fields_are(client, scene) -> None:
    action = make_full(scene)

    read = json_file(fetch(client, scene.edition, "json", "?moment=year&theme=zzz&theme=zzz"))
    whole = json_file(fetch(client, scene.edition, "json"))

    assert whole["licence"]["nom"] == "Licence Ouverte 2.0"
    assert whole["mise_a_jour"][:10] == action.last_published_at.isoformat()[:10]
    assert whole["nombre"] == 1
    assert whole["selection"] == {}
    assert scene.academy.service_name in whole["source"]
    assert (read["nombre"], read["fiches"]) == (0, [])
    assert read["selection"] == {"moment": ["year"], "theme": ["zzz"]}
    [fiche] = whole["fiches"]
    assert [field["nom"] for field in whole["champs"]] == list(fiche)
    assert all(field["description"] and field["libelle"] for field in whole["champs"])
    assert fiche["intitule"] == FORMULA
    assert fiche["seances"][0]["debut"] == "13:00:00"
    assert fiche["thematiques"] == [theme.label for theme in action.themes.all()]


def test_the_workbook_has_the_fiches_and_a_sheet_about_them(client, scene) -> None:
    action = make_full(scene)

    book = xlsx_file(fetch(client, scene.edition, "xlsx"))

    fiches, about = book.worksheets
    heads = [cell.value for cell in fiches[1]]
    row = dict(zip(heads, list(fiches[2]), strict=True))
    assert len(heads) == len(COLUMNS)
    assert row["Numéro"].value == action.pk
    assert row["Titre"].value == FORMULA
    assert row["Titre"].data_type == "s"
    assert row["Premier jour"].value.date() == date(2023, 4, 3)
    told = {cells[0].value: cells[2].value for cells in about.iter_rows(min_row=2)}
    assert "Licence Ouverte 2.0" in told["Licence"]
    assert told["Nombre de fiches"] == "1"
    assert set(heads) <= set(told)


def test_the_feed_keeps_the_identity_of_a_fiche_when_its_title_changes(client, scene) -> None:
    action = make_full(scene)
    before = atom_file(fetch(client, scene.edition, "atom"))
    Action.objects.filter(pk=action.pk).update(title="Autre titre \x0b")
    catalogue_stamp.follow([action.pk])

    after = atom_file(fetch(client, scene.edition, "atom"))

    assert not after.bozo
    [first], [second] = before.entries, after.entries
    assert first.id == second.id == f"tag:localhost,2022:fiches/{action.pk}"
    assert second.title == "Autre titre"
    assert second.link == Action.objects.get(pk=action.pk).get_absolute_url()
    assert second.updated == action.last_published_at.isoformat()
    assert after.feed.updated == action.last_published_at.isoformat()
    assert "Licence Ouverte 2.0" in after.feed.rights
    own = [link.href for link in after.feed.links if link.rel == "self"]
    assert own == [f"http://localhost/{scene.edition.slug}/actions.atom"]


def test_the_feed_holds_the_latest_fifty(client, scene) -> None:
    made = [
        ActionFactory(
            campaign=scene.edition,
            establishment=scene.establishment,
            live=True,
            status="published",
            first_published_at=NOW,
            last_published_at=NOW,
        )
        for _number in range(53)
    ]
    catalogue_stamp.rebuild([scene.edition.pk])

    entries = atom_file(fetch(client, scene.edition, "atom")).entries

    assert [entry.id.rpartition("/")[2] for entry in entries] == [
        str(action.pk) for action in reversed(made[3:])
    ]


def test_an_edition_without_fiches_has_files_that_say_so(client, scene) -> None:
    assert csv_rows(fetch(client, scene.edition, "csv")) == []
    assert json_file(fetch(client, scene.edition, "json"))["fiches"] == []
    assert xlsx_file(fetch(client, scene.edition, "xlsx")).worksheets[0].max_row == 1
    feed = atom_file(fetch(client, scene.edition, "atom"))
    assert (feed.entries, feed.bozo) == ([], False)


def test_rows_cost_the_same_queries_however_many_there_are(scene) -> None:
    def queries() -> int:
        selection = Selection(scene.edition, Criteria(), NOW)
        assert selection.total
        page: Any = catalogue_of(scene.edition)
        with CaptureQueriesContext(connection) as captured:
            assert len(list(rows_of(selection, page))) == selection.total
        return len(captured)

    make_full(scene)
    one = queries()
    for _number in range(4):
        make_full(scene)

    assert queries() == one <= 14


TYPES_IN_THE_DOCS = {
    Kind.TEXT: "texte",
    Kind.INTEGER: "nombre entier",
    Kind.COORDINATE: "nombre décimal",
    Kind.DATE: "date",
    Kind.DATE_TIME: "date et heure",
}


def test_the_documentation_lists_the_fields_as_they_are() -> None:
    page = (Path(__file__).parents[3] / "docs" / "open-data.md").read_text(encoding="utf-8")
    told = re.findall(r"^\| `(\w+)` \| ([^|]+) \| [^|]+ \|$", page, re.MULTILINE)

    assert [name for name, _kind in told] == [column.key for column in COLUMNS]
    for column, (_name, kind) in zip(COLUMNS, told, strict=True):
        if kind != "vrai ou faux":
            assert kind == ("liste" if column.is_list else TYPES_IN_THE_DOCS[column.kind])
    for key in ("jour", "debut", "fin", "lieu", "ouverture", "indicateur", "cible", "resultat"):
        assert f"`{key}`" in page
