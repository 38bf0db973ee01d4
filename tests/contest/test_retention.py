"""Posters and contacts are forgotten in time, everywhere they were written."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command

from contest.enums import PosterStatus
from contest.models import Poster, PosterFile, Registration
from contest.retention import archive_expired, forget_contacts, forget_set_aside
from contest.storage import private_storage
from tests.contest.scene import (
    AFTER_RESULTS,
    NOW,
    Scene,
    make_admitted,
    make_file,
    make_refused,
    make_withdrawn,
)

pytestmark = pytest.mark.django_db(transaction=True)

LAST_DAY = date(2023, 8, 31)
SECRET = "Nous avons voulu montrer"


def texts_of(poster: Poster) -> str:
    revisions = [str(revision.content) for revision in poster.revisions.all()]
    return "".join([*revisions, str(Poster.objects.filter(pk=poster.pk).values())])


def test_a_poster_leaves_the_day_after_its_authorisations_end(scene: Scene) -> None:
    poster = make_admitted(scene)
    assert Poster.objects.admitted(datetime(2023, 8, 31, 21, 59, tzinfo=UTC)).exists()
    assert not Poster.objects.admitted(datetime(2023, 8, 31, 22, 0, tzinfo=UTC)).exists()
    assert archive_expired(LAST_DAY) == 0
    assert archive_expired(LAST_DAY + timedelta(days=1)) == 1
    row = Poster.objects.get(pk=poster.pk)
    assert (row.live, row.status, row.file_id) == (False, PosterStatus.ARCHIVED, None)


def test_the_files_of_an_expired_poster_are_deleted(scene: Scene) -> None:
    poster = make_admitted(scene)
    assert poster.file is not None
    archive_expired(LAST_DAY + timedelta(days=1))
    assert not private_storage().exists(poster.file.folder)
    assert not PosterFile.objects.exists()


def test_the_words_of_posters_set_aside_are_forgotten_after_the_results(scene: Scene) -> None:
    refused, withdrawn = make_refused(scene), make_withdrawn(scene)
    kept = make_admitted(scene)
    assert forget_set_aside(scene.contest.results_at) == 0
    assert forget_set_aside(AFTER_RESULTS) == 2
    assert SECRET not in texts_of(refused) + texts_of(withdrawn)
    assert SECRET in texts_of(kept)
    assert forget_set_aside(AFTER_RESULTS) == 0


def test_a_poster_that_waits_when_the_results_are_long_out_is_archived(scene: Scene) -> None:
    from tests.contest.scene import make_submitted

    poster = make_submitted(scene)
    forget_set_aside(AFTER_RESULTS)
    assert Poster.objects.get(pk=poster.pk).status == PosterStatus.ARCHIVED


def test_contacts_are_forgotten_once_the_week_is_long_over(scene: Scene) -> None:
    Registration.objects.create(
        contest=scene.contest,
        establishment=scene.establishment,
        contact_name="Maud Vasseur",
        contact_email="maud@example.org",
        posters_expected=2,
    )
    assert forget_contacts(scene.edition.week_last_day) == 0
    assert forget_contacts(scene.edition.week_last_day + timedelta(days=1)) == 1
    assert list(Registration.objects.values_list("contact_name", "contact_email")) == [("", "")]


def test_the_command_says_what_it_removed(scene: Scene) -> None:
    make_admitted(scene)
    make_refused(scene)
    out = StringIO()
    with time_machine.travel(datetime(2024, 9, 1, tzinfo=UTC)):
        call_command("purge_personal_data", stdout=out)
    assert "1 posters whose authorisations have ended, 1 posters set aside" in out.getvalue()


def test_a_file_that_no_poster_took_is_forgotten_after_a_day(scene: Scene) -> None:
    left = make_file(scene.establishment, scene.contest)
    taken = make_admitted(scene).file
    with time_machine.travel(NOW + timedelta(hours=23)):
        call_command("remove_orphan_files", stdout=StringIO())
    assert PosterFile.objects.count() == 2
    with time_machine.travel(NOW + timedelta(hours=25)):
        call_command("remove_orphan_files", stdout=StringIO())
    assert list(PosterFile.objects.all()) == [taken]
    assert not private_storage().exists(left.folder)


def test_a_folder_that_no_row_knows_is_deleted_once_it_is_old(scene: Scene) -> None:
    orphan = make_file(scene.establishment, scene.contest)
    PosterFile.objects.filter(pk=orphan.pk).delete()
    call_command("remove_orphan_files", stdout=StringIO())
    assert private_storage().exists(orphan.folder)
    with time_machine.travel(datetime.now(UTC) + timedelta(days=2)):
        call_command("remove_orphan_files", "--dry-run", stdout=StringIO())
        assert private_storage().exists(orphan.folder)
        call_command("remove_orphan_files", stdout=StringIO())
    assert not private_storage().exists(orphan.folder)


def test_a_poster_whose_file_is_lost_is_named(scene: Scene) -> None:
    poster = make_admitted(scene)
    assert poster.file is not None
    private_storage().delete(poster.file.original_name)
    errors = StringIO()
    call_command("remove_orphan_files", stdout=StringIO(), stderr=errors)
    assert poster.file.original_name in errors.getvalue()
