"""What is typed in a fiche, opened in a spreadsheet: never run, in any file."""

from __future__ import annotations

import pytest
from django.db import models
from django.test import Client
from django.urls import reverse

from campaigns import catalogue_stamp
from campaigns.models import (
    Action,
    Theme,
)
from tests.campaigns.outputs.full import make_full
from tests.campaigns.outputs.reading import (
    csv_rows,
    fetch,
    get,
    xlsx_file,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n=", " ="])
def test_no_free_text_whatever_is_run_by_a_spreadsheet(client, scene, start) -> None:
    typed = f"{start}1+1"
    action = make_full(scene)
    texts = {
        field.name: typed
        for field in Action._meta.fields
        if isinstance(field, models.CharField | models.TextField)
        and not field.choices
        and field.name != "coordinator_email"
    }
    Action.objects.filter(pk=action.pk).update(**texts)
    for rows in (action.sessions, action.partners, action.indicators):
        names = {"place", "name", "label", "target", "actual"}
        held = names & {field.name for field in rows.model._meta.fields}
        rows.model.objects.filter(action=action).update(**dict.fromkeys(held, typed))
    scene.establishment.__class__.objects.update(name=typed, commune=typed)
    Theme.objects.update(label=typed)
    catalogue_stamp.follow([action.pk])
    editor = Client()
    editor.force_login(scene.editor)

    for answer in (
        fetch(client, scene.edition, "csv"),
        get(editor, reverse("action_export", args=["csv"])),
    ):
        [row] = csv_rows(answer)
        run = [name for name, told in row.items() if told.lstrip().startswith(tuple("=+-@"))]
        # A number may be negative: a longitude is no formula.
        assert [name for name in run if name not in {"latitude", "longitude"}] == []
        assert [name for name, told in row.items() if told[:1] in {"\t", "\r", "\n"}] == []
    for answer in (
        fetch(client, scene.edition, "xlsx"),
        get(editor, reverse("action_export", args=["xlsx"])),
    ):
        cells = [cell for row in xlsx_file(answer).worksheets[0] for cell in row]
        assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
        begins = tuple("=+-@\t\n")  # a carriage return is read as a line feed
        dangerous = [
            cell
            for cell in cells
            if isinstance(cell.value, str) and cell.value.lstrip(" ").startswith(begins)
        ]
        assert dangerous
        assert all(cell.quotePrefix for cell in dangerous)
