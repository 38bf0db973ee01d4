"""Personal data is forgotten in time, everywhere it was written."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command

from accounts.models import MailRecord, SignInLink
from campaigns.models import Action, CatalogueStamp
from campaigns.retention import forget_coordinators
from tests.campaigns.scene import make_published
from tests.factories import ActionFactory, EstablishmentFactory, make_edition

pytestmark = pytest.mark.django_db


@pytest.fixture
def fiche(academy) -> Action:
    """A fiche of the edition whose week ended on 7 April 2023, with two revisions."""
    fiche = ActionFactory(
        campaign=make_edition(academy, slug="2023"),
        establishment=EstablishmentFactory(academy=academy),
        coordinator_name="Maud Vasseur",
        coordinator_function="cpe",
        coordinator_email="maud@example.org",
    )
    fiche.save_revision()
    fiche.coordinator_name = "Maud Vasseur-Lemoine"
    fiche.save_revision()
    return fiche


def test_a_coordinator_is_forgotten_in_the_fiche_and_in_each_revision(fiche) -> None:
    assert forget_coordinators(date(2023, 4, 8)) == 1

    fiche.refresh_from_db()
    assert (fiche.coordinator_name, fiche.coordinator_email) == ("", "")
    assert fiche.coordinator_function == "cpe"
    for revision in fiche.revisions.all():
        assert "Vasseur" not in str(revision.content)
        assert "maud@" not in str(revision.content)


def test_a_name_that_only_a_revision_holds_is_forgotten_too(fiche) -> None:
    Action.objects.update(coordinator_name="", coordinator_email="")

    assert forget_coordinators(date(2023, 4, 8)) == 1

    assert "Vasseur" not in str([revision.content for revision in fiche.revisions.all()])


def test_a_coordinator_is_kept_until_the_time_is_over(fiche) -> None:
    assert forget_coordinators(date(2023, 4, 7)) == 0

    fiche.refresh_from_db()
    assert fiche.coordinator_name == "Maud Vasseur"


def test_forgetting_twice_finds_nothing_more(fiche) -> None:
    forget_coordinators(date(2023, 4, 8))

    assert forget_coordinators(date(2023, 4, 8)) == 0


def test_how_to_register_is_forgotten_in_each_version_and_the_catalogue_is_told(scene) -> None:
    fiche = make_published(scene, openness="public", registration="Maud, 02 00 00 00 00")
    stamp = CatalogueStamp.objects.get(campaign=scene.edition).number

    forget_coordinators(date(2023, 4, 8))

    fiche.refresh_from_db()
    assert fiche.registration == ""
    assert "Maud" not in str([revision.content for revision in fiche.revisions.all()])
    assert CatalogueStamp.objects.get(campaign=scene.edition).number != stamp


def test_the_command_applies_each_period(fiche) -> None:
    now = datetime(2024, 4, 8, 3, tzinfo=UTC)
    SignInLink.objects.create(address_hash="a", requested_at=now - timedelta(days=31))
    SignInLink.objects.create(address_hash="b", requested_at=now - timedelta(days=29))
    MailRecord.objects.create(
        kind="x",
        recipient="a@example.org",
        subject="s",
        body="Bonjour Maud",
        outcome="sent",
        queued_at=now - timedelta(days=366),
    )
    said = StringIO()

    with time_machine.travel(now, tick=False):
        call_command("purge_personal_data", stdout=said)

    assert said.getvalue().startswith(
        "Removed: 1 sign-in requests, 1 texts of mails, the coordinators of 1 fiches, "
        "the discussions of 0 fiches, 0 digests, "
    )
    assert SignInLink.objects.get().address_hash == "b"
    assert MailRecord.objects.get().body == ""
