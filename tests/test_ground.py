"""The ground everything stands on."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import call_command

from tests.factories import make_edition


@pytest.mark.django_db
def test_no_model_waits_for_a_migration() -> None:
    said = StringIO()

    call_command("makemigrations", "--dry-run", stdout=said)

    assert said.getvalue() == "No changes detected\n"


@pytest.mark.django_db
def test_an_edition_lives_below_its_academys_home(academy) -> None:
    edition = make_edition(academy, slug="2023")

    assert edition.get_url() == "/2023/"
