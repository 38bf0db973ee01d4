"""Two editors, or an editor and an establishment, at the same instant: nothing happens twice."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
import time_machine
from django.db import close_old_connections, connection
from django.test import Client
from django.urls import reverse
from wagtail.models import ModelLogEntry

from accounts.models import MailRecord
from contest import admission, depositing, print_jobs, print_running, withdrawal
from contest.enums import Decision, PrintKind
from contest.errors import ContestError, EditConflict
from contest.models import Poster, PrintJob
from contest.models.print_job import FOLDER, private_storage
from tests.contest.scene import NOW, Scene, make_admitted, make_scene, make_submitted
from tests.factories import make_editor

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Run the acts in threads released together; what each returns, or the rule it met."""
    gate = Barrier(len(acts))

    def run(act: Callable[[], Any]) -> Any:
        close_old_connections()
        try:
            gate.wait(timeout=20)
            return act()
        except ContestError as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return [future.result(timeout=60) for future in [pool.submit(run, act) for act in acts]]


def refused(outcomes: list[Any]) -> list[ContestError]:
    return [outcome for outcome in outcomes if isinstance(outcome, ContestError)]


def files_to_print() -> set[str]:
    storage = private_storage()
    return set(storage.listdir(FOLDER)[1]) if storage.exists(FOLDER) else set()


def make_room() -> Scene:
    return make_scene(max_posters=50)


def test_editors_admitting_at_once_give_consecutive_numbers() -> None:
    scene = make_room()
    posters = [make_submitted(scene) for _ in range(6)]
    editors = [scene.editor, make_editor(scene.academy)]

    outcomes = at_once(
        *[
            lambda poster=poster, by=editors[at % 2]: admission.decide(  # type: ignore[misc]
                poster, Decision.ADMIT, by=by
            )
            for at, poster in enumerate(posters)
        ]
    )

    assert refused(outcomes) == []
    numbers = Poster.objects.filter(live=True).values_list("number", flat=True)
    assert sorted(numbers) == [1, 2, 3, 4, 5, 6]


def test_one_poster_is_admitted_once() -> None:
    scene = make_room()
    poster = make_submitted(scene)
    second = make_editor(scene.academy)

    outcomes = at_once(
        lambda: admission.decide(poster, Decision.ADMIT, by=scene.editor),
        lambda: admission.decide(poster, Decision.ADMIT, by=second),
    )

    assert len(refused(outcomes)) == 1
    assert ModelLogEntry.objects.for_instance(poster).filter(action="contest.admit").count() == 1
    assert MailRecord.objects.filter(kind="poster_admitted").count() == 1


def test_two_editors_admitting_the_same_posters_admit_each_once() -> None:
    scene = make_room()
    posters = [make_submitted(scene) for _ in range(4)]
    second = make_editor(scene.academy)

    one, other = at_once(
        lambda: admission.admit_all(posters, by=scene.editor),
        lambda: admission.admit_all(posters, by=second),
    )

    admitted = [poster.pk for poster in one.admitted + other.admitted]
    assert sorted(admitted) == sorted(poster.pk for poster in posters)
    assert len(one.left) + len(other.left) == 4
    numbers = Poster.objects.filter(live=True).values_list("number", flat=True)
    assert sorted(numbers) == [1, 2, 3, 4]


def test_an_admission_is_never_about_a_version_saved_since_it_was_seen() -> None:
    scene = make_room()
    poster = make_submitted(scene)
    seen = poster.latest_revision_id
    version = Poster.objects.get(pk=poster.pk)
    version.title = "Corrigée"

    saved, admitted = at_once(
        lambda: depositing.save_draft(version, by=scene.account, now=NOW),
        lambda: admission.decide(poster, Decision.ADMIT, by=scene.editor, expected_revision=seen),
    )

    row = Poster.objects.get(pk=poster.pk)
    if isinstance(admitted, ContestError):
        assert isinstance(admitted, EditConflict)
        assert (row.title, row.status) == ("Corrigée", "submitted")
    else:
        assert isinstance(saved, ContestError)
        assert (row.title, row.status) == ("Accroche-toi", "admitted")


def test_two_clicks_in_two_windows_decide_once() -> None:
    scene = make_room()
    poster = make_submitted(scene)
    address = reverse("poster_review", args=[poster.pk])
    sent = {"decision": "admit", "revision": str(poster.latest_revision_id)}

    def click() -> int:
        browser = Client()
        browser.force_login(scene.editor, backend="django.contrib.auth.backends.ModelBackend")
        return browser.post(address, sent).status_code

    assert at_once(click, click) == [302, 302]
    assert ModelLogEntry.objects.for_instance(poster).filter(action="contest.admit").count() == 1


@pytest.mark.usefixtures("task_queue")
def test_two_clicks_ask_for_one_file() -> None:
    scene = make_room()
    make_admitted(scene)

    with time_machine.travel(NOW):
        jobs = at_once(
            *[lambda: print_jobs.ask(scene.contest, PrintKind.LABELS, by=scene.editor)] * 3
        )

    assert {job.pk for job in jobs} == {PrintJob.objects.get().pk}


def test_no_file_outlives_a_poster_withdrawn_while_it_is_made() -> None:
    scene = make_room()
    poster, _other = make_admitted(scene), make_admitted(scene)
    job = PrintJob.objects.create(
        contest=scene.contest, kind=PrintKind.LABELS, asked_by=scene.editor, total=2
    )

    before = files_to_print()

    with time_machine.travel(NOW):
        at_once(
            lambda: print_running.run(job.pk),
            lambda: withdrawal.withdraw(poster, by=scene.account, now=NOW),
        )

    row = PrintJob.objects.get(pk=job.pk)
    if row.state == "done":  # begun once the poster had left
        assert row.total == 1
        assert private_storage().exists(row.file.name)
    else:
        assert (row.state, row.file.name) == ("failed", "")
        assert files_to_print() == before
