"""The page on which editors ask for files to print, and the files that it gives."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from contest import print_jobs, print_running
from contest.enums import JobState
from contest.models import Poster, PrintJob
from contest.models.print_job import private_storage
from tests.contest.print_scene import ask, download, made
from tests.contest.scene import NOW, Scene, make_admitted

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _during_the_contest() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


def test_the_file_is_downloaded_and_kept_by_no_cache(scene: Scene, editor: Client) -> None:
    make_admitted(scene)
    job = made(scene)

    response = download(editor, job)

    assert response.status_code == 200
    assert b"".join(response).startswith(b"%PDF-")
    name = f"etiquettes-{scene.edition.slug}.pdf"
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'
    assert "no-store" in response["Cache-Control"]
    assert response["X-Content-Type-Options"] == "nosniff"


def test_a_file_is_not_given_once_an_authorisation_has_ended(scene: Scene, editor: Client) -> None:
    poster = make_admitted(scene)
    job = made(scene)
    Poster.objects.filter(pk=poster.pk).update(attestation_expires_on=date(2023, 2, 1))
    assert print_jobs.is_downloadable(job, timezone.now())

    with time_machine.travel(NOW + timedelta(days=1), tick=False):
        editor.force_login(scene.editor, backend="django.contrib.auth.backends.ModelBackend")
        assert download(editor, job).status_code == 302
        assert not print_jobs.is_downloadable(job, timezone.now())


def test_a_file_that_the_storage_has_lost_is_no_error(scene: Scene, editor: Client) -> None:
    make_admitted(scene)
    job = made(scene)
    private_storage().delete(job.file.name)

    assert download(editor, job).status_code == 302
    assert editor.get(reverse("contest_prints", args=[scene.contest.pk])).status_code == 200


def page(editor: Client, scene: Scene) -> str:
    response = editor.get(reverse("contest_prints", args=[scene.contest.pk]))
    assert response.status_code == 200
    return str(response.content.decode())


def test_the_page_tells_how_far_each_file_is(scene: Scene, editor: Client) -> None:
    assert "rien à imprimer" in page(editor, scene)
    make_admitted(scene)

    asked = editor.post(
        reverse("contest_prints", args=[scene.contest.pk]), {"kind": "labels"}, follow=True
    ).content.decode()
    job = PrintJob.objects.get()
    assert "En attente de son tour" in asked
    assert 'data-refresh="4"' in asked
    PrintJob.objects.filter(pk=job.pk).update(state=JobState.RUNNING, done=3, total=7)
    assert "3 sur 7" in page(editor, scene)
    PrintJob.objects.filter(pk=job.pk).update(state=JobState.QUEUED)
    print_running.run(job.pk)
    done = page(editor, scene)
    assert reverse("contest_print_file", args=[job.pk]) in done
    assert "data-refresh" not in done


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"kind": "x"},
        {"kind": "labels", "category": "²"},
        {"kind": "labels", "category": "9" * 30},
    ],
)
def test_nothing_sent_makes_it_fail(scene: Scene, editor: Client, sent: dict[str, str]) -> None:
    response = editor.post(reverse("contest_prints", args=[scene.contest.pk]), sent)

    assert response.status_code == 302


def test_another_category_is_said_to_wait(scene: Scene, editor: Client) -> None:
    make_admitted(scene)
    ask(scene)
    address = reverse("contest_prints", args=[scene.contest.pk])

    sent = {"kind": "labels", "category": str(scene.category.pk)}
    text = editor.post(address, sent, follow=True).content.decode()

    assert "en préparation pour d’autres affiches" in text
    assert PrintJob.objects.count() == 1


def test_twenty_files_cost_as_many_queries_as_one(scene: Scene, editor: Client) -> None:
    make_admitted(scene)
    first = made(scene)
    page(editor, scene)

    with CaptureQueriesContext(connection) as one:
        page(editor, scene)
    for day in range(19):
        PrintJob.objects.create(
            contest=scene.contest,
            kind=first.kind,
            category=scene.category,
            state=JobState.DONE,
            asked_by=scene.lead,
            file=first.file.name,
            finished_at=NOW + timedelta(days=day),
        )
    with CaptureQueriesContext(connection) as twenty:
        page(editor, scene)

    assert len(twenty) == len(one)
