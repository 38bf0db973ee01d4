"""Making the pictures of a file, in the worker: what is kept, tried again, thrown away."""

from __future__ import annotations

import io
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from PIL import Image

from contest import preparation
from contest.images import sandbox
from contest.models import PosterFile
from contest.preparation import prepare_file
from contest.storage import keep, private_storage
from contest.tasks import prepare_poster_file
from tests.contest.scene import Scene, make_file, make_submitted

pytestmark = pytest.mark.django_db


def waiting(scene: Scene, content: bytes) -> PosterFile:
    """A file that waits for its pictures, with `content` as its original."""
    file = make_file(scene.establishment, scene.contest, prepared=False)
    private_storage().delete(file.original_name)
    private_storage().save(file.original_name, ContentFile(content))
    return file


def picture() -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (700, 990), "teal").save(stream, "JPEG", comment=b"secret comment")
    return stream.getvalue()


def test_the_pictures_are_made_and_written_down(scene: Scene) -> None:
    file = waiting(scene, picture())
    assert not prepare_file(file.pk)
    file.refresh_from_db()
    assert file.prepared_at is not None
    assert (file.master_width, file.master_height) == (700, 990)
    assert {one.name for one in file.pictures} == {"320.jpg", "320.avif", "640.jpg", "640.avif"}
    for one in file.pictures:
        assert private_storage().exists(f"{file.folder}/{one.name}")
    with private_storage().open(f"{file.folder}/master.jpg") as master:
        assert b"secret" not in master.read()
    with private_storage().open(file.original_name) as original:
        assert original.read() == picture()


def test_a_second_run_does_nothing(scene: Scene) -> None:
    file = waiting(scene, picture())
    prepare_file(file.pk)
    before = PosterFile.objects.get(pk=file.pk).prepared_at
    prepare_file(file.pk)
    assert PosterFile.objects.get(pk=file.pk).prepared_at == before
    assert not prepare_file(10**9)


def test_a_file_that_cannot_be_prepared_keeps_the_reason(scene: Scene) -> None:
    file = waiting(scene, b"\xff\xd8\xff\xe0 no picture at all")
    assert not prepare_file(file.pk)
    file.refresh_from_db()
    assert file.prepared_at is None
    assert file.preparation_error in {"damaged", "truncated", "not-a-picture"}


def test_a_file_that_is_lost_keeps_the_reason(scene: Scene) -> None:
    file = waiting(scene, picture())
    private_storage().delete(file.original_name)
    assert not prepare_file(file.pk)
    file.refresh_from_db()
    assert file.preparation_error == "missing"


def test_what_is_made_of_a_file_gone_meanwhile_is_erased(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = waiting(scene, picture())

    def prepare_while_it_is_replaced(original: Path, folder: Path) -> sandbox.Preparation:
        made = sandbox.prepare(original, folder)
        PosterFile.objects.filter(pk=file.pk).delete()
        return made

    monkeypatch.setattr(preparation, "prepare", prepare_while_it_is_replaced)
    prepare_file(file.pk)
    assert not private_storage().exists(file.folder)


def test_a_machine_too_busy_tries_again_some_times(
    scene: Scene, monkeypatch: pytest.MonkeyPatch, task_queue: None
) -> None:
    file = waiting(scene, picture())
    monkeypatch.setattr(sandbox, "SECONDS", 0)
    for tried in range(4):
        prepare_poster_file.call(file.pk, tried)
    queued = DBTaskResult.objects.filter(task_path__endswith="prepare_poster_file")
    assert sorted(task.args_kwargs["args"][1] for task in queued) == [1, 2, 3]
    assert all(task.run_after > timezone.now() + timedelta(minutes=4) for task in queued)
    assert PosterFile.objects.get(pk=file.pk).preparation_error == "too-slow"


def test_the_preparation_is_queued_once_a_poster_is_handed_in(
    scene: Scene, task_queue: None, django_capture_on_commit_callbacks: object
) -> None:
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        poster = make_submitted(scene, prepared=False)
    queued = DBTaskResult.objects.get(task_path__endswith="prepare_poster_file")
    assert poster.file is not None
    assert queued.args_kwargs["args"] == [poster.file.pk]


def test_keeping_a_file_again_replaces_it(tmp_path: Path) -> None:
    name = "posters/0123/again.txt"
    for words in ("first", "second"):
        source = tmp_path / "source.txt"
        source.write_text(words)
        keep(source, name)
    with private_storage().open(name) as stored:
        assert stored.read() == b"second"
