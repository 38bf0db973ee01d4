"""An export handed in through the admin: kept in private, imported once, reported."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.utils import timezone

from accounts.models import User
from establishments import uploads
from establishments.models import DirectoryImport, Establishment
from establishments.models.directory_import import private_storage
from tests.establishments.annuaire_files import SAMPLE, as_file, sample_lines

State = DirectoryImport.State


def queued(content: bytes) -> DirectoryImport:
    return DirectoryImport.objects.create(
        file=ContentFile(content, "annuaire.csv"),
        file_name="annuaire.csv",
        bytes_total=len(content),
    )


def upload(content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("annuaire.csv", content, content_type="text/csv")


@pytest.mark.django_db
def test_a_file_handed_over_is_imported_after_the_commit(
    administrator: User, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        record = uploads.hand_over(upload(SAMPLE.read_bytes()), by=administrator)
        assert record.state == State.QUEUED
        assert not Establishment.objects.exists()

    record.refresh_from_db()
    assert record.state == State.DONE
    assert record.requested_by == administrator
    assert (record.report["rows"], record.report["establishments"]) == (996, 993)
    assert record.percentage == 100
    assert record.finished_at is not None


@pytest.mark.django_db
def test_the_file_waits_in_private_and_is_gone_afterwards(client: Client) -> None:
    record = queued(SAMPLE.read_bytes())
    name = record.file.name
    assert private_storage().exists(name)
    assert client.get(f"/media/{name}").status_code == 404

    uploads.run_upload(record.pk)

    record.refresh_from_db()
    assert not private_storage().exists(name)
    assert not record.file


@pytest.mark.django_db
def test_bad_lines_are_in_the_report() -> None:
    lines = sample_lines(3)
    lines[1]["Identifiant_de_l_etablissement"] = "0350122A"
    record = queued(as_file(lines).getvalue())

    uploads.run_upload(record.pk)

    record.refresh_from_db()
    assert record.state == State.DONE
    assert record.report["rejected"] == 1
    ((line, message),) = record.report["errors"]
    assert line == 3
    assert "0350122A" in message


@pytest.mark.django_db
def test_what_is_no_export_fails_and_says_so() -> None:
    record = queued(b"nom;commune\nA;B\n")

    uploads.run_upload(record.pk)

    record.refresh_from_db()
    assert record.state == State.FAILED
    assert record.error
    assert record.report == {}


@pytest.mark.django_db
def test_an_import_that_breaks_off_says_so_and_tells_the_queue() -> None:
    record = queued(b"")
    private_storage().delete(record.file.name)

    with pytest.raises(FileNotFoundError):
        uploads.run_upload(record.pk)

    record.refresh_from_db()
    assert record.state == State.FAILED
    assert record.error


@pytest.mark.django_db
def test_a_file_that_cannot_be_deleted_does_not_undo_the_import(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(*args: Any) -> None:
        raise PermissionError

    record = queued(as_file(sample_lines(2)).getvalue())
    monkeypatch.setattr(type(record.file.storage), "delete", refuse)

    uploads.run_upload(record.pk)

    record.refresh_from_db()
    assert record.state == State.DONE


@pytest.mark.django_db
def test_a_task_delivered_twice_imports_once() -> None:
    record = queued(as_file(sample_lines(2)).getvalue())

    uploads.run_upload(record.pk)
    first = DirectoryImport.objects.get(pk=record.pk)
    uploads.run_upload(record.pk)

    assert DirectoryImport.objects.get(pk=record.pk).finished_at == first.finished_at


@pytest.mark.django_db
def test_progress_is_saved_while_it_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "SECONDS_BETWEEN_SAVES", 0)
    record = queued(SAMPLE.read_bytes())
    seen: list[int] = []
    save = uploads._close

    def spy(closing: DirectoryImport, **outcome: Any) -> None:
        seen.append(DirectoryImport.objects.get(pk=record.pk).bytes_read)
        save(closing, **outcome)

    monkeypatch.setattr(uploads, "_close", spy)

    uploads.run_upload(record.pk)

    assert seen == [record.bytes_total]


def test_the_percentage_is_of_the_bytes_read() -> None:
    def percentage(**fields: Any) -> int:
        return DirectoryImport(**fields).percentage

    assert percentage(state=State.QUEUED) == 0
    assert percentage(state=State.RUNNING, bytes_total=0) == 0
    assert percentage(state=State.RUNNING, bytes_read=50, bytes_total=200) == 25
    assert percentage(state=State.RUNNING, bytes_read=300, bytes_total=200) == 100
    assert percentage(state=State.DONE, bytes_total=200) == 100


def test_an_import_is_silent_after_ten_minutes_without_progress() -> None:
    now = timezone.now()

    def is_silent(state: str, minutes: int) -> bool:
        moved_at = now - timedelta(minutes=minutes)
        return DirectoryImport(state=state, moved_at=moved_at).is_silent(now)

    assert is_silent(State.RUNNING, 11)
    assert not is_silent(State.RUNNING, 9)
    assert not is_silent(State.QUEUED, 60)
    assert not is_silent(State.DONE, 60)


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_two_uploads_at_once_both_end_well() -> None:
    records = [queued(SAMPLE.read_bytes()) for _ in range(2)]

    def run(pk: int) -> None:
        try:
            uploads.run_upload(pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[record.pk]) for record in records]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)

    reports = list(DirectoryImport.objects.values_list("state", flat=True))
    assert reports == [State.DONE, State.DONE]
    assert Establishment.objects.count() == 993
