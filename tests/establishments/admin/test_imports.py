"""The import of the annuaire in the admin."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from establishments.admin import imports
from establishments.models import DirectoryImport, Establishment
from tests.establishments.annuaire_files import SAMPLE, as_file, sample_lines
from tests.establishments.territory import Territory

State = DirectoryImport.State
LIST, ADD = "directory_import:index", "directory_import:add"


def hand_in(client: Client, user: User, content: bytes) -> Any:
    client.force_login(user)
    file = SimpleUploadedFile("annuaire-35.csv", content, content_type="text/csv")
    return client.post(reverse(ADD), {"file": file})


def visit(client: Client, user: User, record: DirectoryImport, **params: str) -> HttpResponse:
    client.force_login(user)
    response = client.get(reverse("directory_import:report", args=[record.pk]), params)
    assert response.status_code == 200
    return response


def report_of(client: Client, user: User, record: DirectoryImport) -> str:
    return visit(client, user, record).content.decode()


def test_an_administrator_hands_in_a_file_and_reads_its_report(
    client: Client, administrator: User, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        response = hand_in(client, administrator, SAMPLE.read_bytes())

    record = DirectoryImport.objects.get()
    assert response.status_code == 302
    assert response.url.startswith(reverse("directory_import:report", args=[record.pk]))
    followed = client.get(response.url)
    assert "Refresh" not in followed
    page = followed.content.decode()
    assert "996" in page
    assert "993" in page
    assert "annuaire-35.csv" in page
    assert Establishment.objects.count() == 993


def test_the_report_lists_bad_lines_without_running_them(
    client: Client, administrator: User, django_capture_on_commit_callbacks: Any
) -> None:
    lines = sample_lines(2)
    lines[1]["Identifiant_de_l_etablissement"] = "<b>x</b>"
    with django_capture_on_commit_callbacks(execute=True):
        hand_in(client, administrator, as_file(lines).getvalue())

    page = report_of(client, administrator, DirectoryImport.objects.get())

    assert "&lt;B&gt;X&lt;/B&gt;" in page or "&lt;b&gt;x&lt;/b&gt;" in page
    assert "<td>3</td>" in page


def test_a_running_import_shows_its_progress_and_refreshes_as_long_as_wanted(
    client: Client, administrator: User
) -> None:
    record = DirectoryImport.objects.create(
        file_name="a.csv", state=State.RUNNING, bytes_total=200, bytes_read=50
    )

    followed = visit(client, administrator, record, suivre="1")
    still = visit(client, administrator, record)

    assert followed["Refresh"] == "3"
    assert "Refresh" not in still
    assert 'value="25"' in still.content.decode()
    assert 'href="?suivre=1"' in still.content.decode()


def test_an_import_that_has_stopped_says_so_and_no_longer_refreshes(
    client: Client, administrator: User
) -> None:
    record = DirectoryImport.objects.create(
        file_name="a.csv",
        state=State.RUNNING,
        bytes_total=200,
        moved_at=timezone.now() - timedelta(minutes=11),
    )

    assert "Refresh" not in visit(client, administrator, record, suivre="1")


def test_a_failed_import_says_why(
    client: Client, administrator: User, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        hand_in(client, administrator, b"nom;commune\nA;B\n")

    record = DirectoryImport.objects.get()
    assert record.state == State.FAILED
    assert "identifiant de l etablissement" in report_of(client, administrator, record)


@pytest.mark.parametrize(("content", "limit"), [(b"", 100), (b"x" * 101, 100)])
def test_an_empty_or_far_too_large_file_is_refused(
    client: Client,
    administrator: User,
    monkeypatch: pytest.MonkeyPatch,
    content: bytes,
    limit: int,
) -> None:
    monkeypatch.setattr(imports, "LARGEST_FILE", limit)

    response = hand_in(client, administrator, content)

    assert response.status_code == 200
    assert response.context["form"].errors["file"]
    assert not DirectoryImport.objects.exists()


@pytest.mark.parametrize("role", ["editor", "lead", "observer", "school", None])
def test_imports_are_the_administrators_alone(
    client: Client, here: Territory, role: str | None
) -> None:
    record = DirectoryImport.objects.create(file_name="a.csv")
    if role:
        client.force_login(getattr(here, role))

    for url in (
        reverse(LIST),
        reverse("directory_import:index_results"),
        reverse(ADD),
        reverse("directory_import:report", args=[record.pk]),
    ):
        assert client.get(url).status_code in {302, 403}, url
    file = SimpleUploadedFile("a.csv", SAMPLE.read_bytes())
    assert client.post(reverse(ADD), {"file": file}).status_code in {302, 403}
    assert DirectoryImport.objects.count() == 1


def test_no_group_can_be_made_to_import(client: Client, administrator: User) -> None:
    client.force_login(administrator)

    page = client.get(reverse("wagtailusers_groups:add")).content.decode()

    assert "directoryimport" not in page
    assert "change_academy" not in page


def test_the_list_of_imports_costs_the_same_for_one_and_for_thirty(
    client: Client, administrator: User, django_assert_max_num_queries: Any
) -> None:
    client.force_login(administrator)
    DirectoryImport.objects.create(file_name="1.csv", requested_by=administrator)
    client.get(reverse(LIST))
    with django_assert_max_num_queries(20) as one:
        client.get(reverse(LIST))
    for number in range(29):
        DirectoryImport.objects.create(file_name=f"{number}.csv", requested_by=administrator)

    with django_assert_max_num_queries(20) as thirty:
        response = client.get(reverse(LIST))

    assert response.status_code == 200
    assert len(thirty) == len(one)


def test_the_site_history_leads_to_the_report(
    client: Client, administrator: User, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        hand_in(client, administrator, SAMPLE.read_bytes())

    assert client.get(reverse("wagtailadmin_reports:site_history")).status_code == 200
