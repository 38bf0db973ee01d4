from __future__ import annotations

import pytest
from django.apps import apps
from django.apps.registry import Apps
from django.core.management import call_command
from django.db import IntegrityError, transaction

from campaigns.models import Audience, Theme
from campaigns.seeding import CORE, seed_vocabularies
from tests.factories import AcademyFactory

pytestmark = pytest.mark.django_db


def rows() -> dict[str, list[tuple[str, str, int]]]:
    return {
        name: list(
            apps.get_model("campaigns", name)
            .objects.filter(academy=None)
            .values_list("code", "label", "order")
        )
        for name in CORE
    }


def test_a_migrated_database_holds_the_seven_vocabularies_in_their_order() -> None:
    found = rows()

    assert len(found) == 7
    for name, entries in CORE.items():
        assert [(code, label) for code, label, _order in found[name]] == list(entries)


def test_seeding_twice_changes_nothing() -> None:
    before = rows()

    seed_vocabularies()

    assert rows() == before


def test_an_entry_that_is_missing_comes_back_in_its_place() -> None:
    before = rows()
    Audience.objects.filter(code="parents").delete()

    seed_vocabularies()

    assert rows() == before


def test_an_entry_reworded_or_no_longer_offered_stays_so() -> None:
    Theme.objects.filter(code="digital").update(label="Culture numérique", is_active=False)

    seed_vocabularies()

    theme = Theme.objects.get(code="digital", academy=None)
    assert (theme.label, theme.is_active) == ("Culture numérique", False)


def test_an_academys_own_term_may_share_a_code_with_the_core_without_replacing_it() -> None:
    academy = AcademyFactory()
    Theme.objects.create(academy=academy, code="digital", label="Numérique éducatif")

    seed_vocabularies()

    assert Theme.objects.filter(code="digital").count() == 2


def test_the_core_refuses_a_code_twice() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Theme.objects.create(code="digital", label="Encore le numérique")


def test_models_that_a_migration_has_not_reached_are_left_alone() -> None:
    before = rows()

    seed_vocabularies(apps=Apps())

    assert rows() == before


@pytest.mark.django_db(transaction=True)
def test_the_vocabularies_come_back_after_a_flush() -> None:
    call_command("flush", interactive=False, verbosity=0)

    assert {name: len(entries) for name, entries in rows().items()} == {
        name: len(entries) for name, entries in CORE.items()
    }
