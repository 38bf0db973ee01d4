"""Files for the printer: asked for, made, given to editors, thrown away with a poster's consent."""

from __future__ import annotations

import zipfile
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageLogEntry

from contest import admission, print_jobs, print_running, withdrawal
from contest.enums import Decision, JobState, PrintKind
from contest.errors import NotAllowed, NothingToPrint
from contest.models import PrintJob
from contest.models.print_job import private_storage
from contest.print_files import label_of
from tests.contest.print_scene import ask, download, made
from tests.contest.scene import (
    NOW,
    Scene,
    make_admitted,
    make_contest,
    make_scene,
    make_submitted,
)
from tests.factories import EstablishmentFactory, make_site, sign_up

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _during_the_contest() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


def now(job: PrintJob) -> PrintJob:
    return PrintJob.objects.get(pk=job.pk)


def content(job: PrintJob) -> bytes:
    with job.file.open("rb") as stream:
        return bytes(stream.read())


def test_labels_are_a_pdf_of_the_admitted_posters(scene: Scene) -> None:
    make_admitted(scene)
    make_submitted(scene)

    job = made(scene)

    assert (job.state, job.done, job.total) == ("done", 1, 1)
    assert content(job).startswith(b"%PDF-")
    assert PageLogEntry.objects.filter(action="contest.print", page=scene.contest).count() == 1


def test_a_label_leads_to_the_page_of_its_poster(scene: Scene) -> None:
    poster = make_admitted(scene)

    label = label_of(poster, scene.contest)

    slug = scene.edition.slug
    assert label.address == f"http://localhost/{slug}/concours/galerie/1/"
    assert (label.number, label.title, label.pupils) == (1, "Accroche-toi", 24)
    assert (label.establishment, label.commune) == (
        scene.establishment.name,
        scene.establishment.commune,
    )


def test_sheets_are_an_archive_with_a_pdf_for_each(scene: Scene) -> None:
    for _ in range(2):
        make_admitted(scene)

    job = made(scene, PrintKind.SHEETS)

    with zipfile.ZipFile(BytesIO(content(job))) as archive:
        assert archive.namelist()[:2] == ["affiche-001.pdf", "affiche-002.pdf"]
        assert archive.read("affiche-001.pdf").startswith(b"%PDF-")
    assert (job.state, job.done, job.total, job.error) == ("done", 2, 2, "")


def test_a_sheet_that_cannot_be_made_is_named_and_costs_no_other(scene: Scene) -> None:
    broken, _whole = make_admitted(scene), make_admitted(scene)
    assert broken.file is not None
    private_storage().delete(f"{broken.file.folder}/master.jpg")

    job = made(scene, PrintKind.SHEETS)

    assert job.state == "done"
    assert "affiche-001.pdf" in job.error


def test_a_category_keeps_the_others_out(scene: Scene) -> None:
    lycee = EstablishmentFactory(academy=scene.academy, kind="lycee_gt")
    sign_up(lycee)
    category = scene.contest.categories.get(name="Lycées, CFA et dispositifs")
    make_admitted(scene)
    make_admitted(scene, establishment=lycee, category=category)

    job = made(scene, PrintKind.SHEETS, category=category)

    with zipfile.ZipFile(BytesIO(content(job))) as archive:
        assert "affiche-002.pdf" in archive.namelist()
        assert "affiche-001.pdf" not in archive.namelist()


def test_a_second_click_returns_the_job_on_its_way(scene: Scene) -> None:
    make_admitted(scene)

    first, second = ask(scene), ask(scene)
    sheets = ask(scene, PrintKind.SHEETS)
    print_running.run(first.pk)

    assert first == second
    assert sheets != first
    assert ask(scene) != first


def test_an_empty_contest_has_nothing_to_print(scene: Scene) -> None:
    make_submitted(scene)

    with pytest.raises(NothingToPrint):
        ask(scene)
    assert not PrintJob.objects.exists()


def test_only_editors_of_the_academy_may_ask(scene: Scene) -> None:
    make_admitted(scene)
    elsewhere = make_scene(make_site("amiens", "amiens.localhost", is_default=False))

    for user in (scene.lead, scene.account, elsewhere.editor):
        with pytest.raises(NotAllowed):
            print_jobs.ask(scene.contest, PrintKind.LABELS, by=user)


def test_a_job_whose_worker_was_stopped_does_not_block_the_next(scene: Scene) -> None:
    make_admitted(scene)
    lost = ask(scene)
    PrintJob.objects.filter(pk=lost.pk).update(state=JobState.RUNNING, progressed_at=NOW)

    with time_machine.travel(NOW + print_jobs.LOST_AFTER, tick=False):
        assert ask(scene) == lost
    with time_machine.travel(NOW + print_jobs.LOST_AFTER + timedelta(seconds=1), tick=False):
        again = ask(scene)

    assert again != lost
    assert (now(lost).state, bool(now(lost).error)) == ("failed", True)


def test_a_job_runs_once(scene: Scene) -> None:
    make_admitted(scene)
    job = made(scene)
    name = job.file.name

    print_running.run(job.pk)

    assert now(job).file.name == name


def test_a_failure_is_noted_in_plain_words(scene: Scene) -> None:
    make_admitted(scene)
    job = ask(scene)
    pages = type(scene.contest).objects.filter(pk=scene.contest.pk)
    pages.update(url_path=f"/{'x' * 5000}/")  # no QR code holds such an address

    with pytest.raises(ValueError, match="QR"):
        print_running.run(job.pk)

    assert now(job).state == "failed"
    assert "administrateur" in now(job).error


def test_a_job_without_a_poster_left_says_so(scene: Scene) -> None:
    poster = make_admitted(scene)
    job = ask(scene)
    withdrawal.withdraw(poster, by=scene.account, now=NOW)

    print_running.run(job.pk)

    assert (now(job).state, now(job).error) == ("failed", "Plus aucune affiche n’est admise.")


@pytest.mark.parametrize("leaving", ["withdrawn", "reopened"])
def test_a_poster_that_leaves_takes_the_files_with_it(
    scene: Scene, editor: Client, django_capture_on_commit_callbacks: Any, leaving: str
) -> None:
    poster, _other = make_admitted(scene), make_admitted(scene)
    job = made(scene)
    path = job.file.name
    assert private_storage().exists(path)

    with django_capture_on_commit_callbacks(execute=True):
        if leaving == "withdrawn":
            withdrawal.withdraw(poster, by=scene.account, now=NOW)
        else:
            admission.decide(poster, Decision.REOPEN, by=scene.editor)

    assert not private_storage().exists(path)
    assert now(job).state == "failed"
    assert "a quitté le site" in now(job).error
    assert download(editor, job).url == reverse("contest_prints", args=[scene.contest.pk])


def test_a_job_that_runs_meanwhile_leaves_no_file(scene: Scene, monkeypatch: Any) -> None:
    poster, _other = make_admitted(scene), make_admitted(scene)
    job = ask(scene)
    write = print_running.WRITERS[PrintKind.LABELS]

    def write_while_a_poster_leaves(target: Any, posters: Any, **more: Any) -> Any:
        withdrawal.withdraw(poster, by=scene.account, now=NOW)
        return write(target, posters, **more)

    monkeypatch.setitem(print_running.WRITERS, PrintKind.LABELS, write_while_a_poster_leaves)
    before = set(stored())
    print_running.run(job.pk)

    assert (now(job).state, now(job).file.name) == ("failed", "")
    assert set(stored()) == before


def stored() -> list[str]:
    if not private_storage().exists("posters-to-print"):
        return []
    return list(private_storage().listdir("posters-to-print")[1])


def test_files_of_other_contests_stay(
    scene: Scene, django_capture_on_commit_callbacks: Any
) -> None:
    from tests.factories import make_edition

    contest = make_contest(make_edition(scene.academy, title="Semaine 2022", slug="2022"))
    other = Scene(**(vars(scene) | {"contest": contest}))
    poster = make_admitted(scene)
    make_admitted(other, contest=contest, category=other.category)
    job = made(other)

    with django_capture_on_commit_callbacks(execute=True):
        withdrawal.withdraw(poster, by=scene.account, now=NOW)

    assert now(job).state == "done"
    assert private_storage().exists(now(job).file.name)


def test_old_jobs_and_files_without_a_job_are_purged(scene: Scene) -> None:
    make_admitted(scene)
    old, orphan = made(scene), "posters-to-print/orphelin.pdf"
    private_storage().save(orphan, ContentFile(b"x"))
    with time_machine.travel(NOW + timedelta(days=2), tick=False):
        recent = made(scene)
    limit = timezone.now() + timedelta(days=1)

    with time_machine.travel(NOW + timedelta(days=3), tick=False):
        assert print_jobs.purge_print_jobs(limit) == 1

    assert list(PrintJob.objects.all()) == [recent]
    assert private_storage().exists(recent.file.name)
    assert not private_storage().exists(old.file.name)
