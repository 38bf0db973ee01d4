"""Two deposits at the same instant: row locks decide, and nothing happens twice."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.db import close_old_connections, connection
from django.test import Client
from wagtail.models import ModelLogEntry

from accounts.models import MailRecord
from contest import admission, depositing, status, withdrawal
from contest.enums import Decision, PosterStatus
from contest.errors import (
    AlreadyStarted,
    ContestError,
    EditConflict,
    FileTaken,
    QuotaReached,
)
from contest.models import Poster, PosterFile
from contest.storage import private_storage
from tests.contest.deposit_sheet import edit_address, new_address, page_of, sent, typed
from tests.contest.scene import (
    NOW,
    Scene,
    in_memory,
    make_draft,
    make_file,
    make_scene,
    make_submitted,
)

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


def refused(outcomes: list[Any]) -> list[type[ContestError]]:
    return [type(outcome) for outcome in outcomes if isinstance(outcome, ContestError)]


def hand_in(scene: Scene, file: PosterFile | None, **fields: Any) -> Callable[[], Poster]:
    """An act that hands in a new poster with `file`."""
    key = fields.pop("key", None)
    version = in_memory(scene, **fields)
    return lambda: depositing.submit(version, by=scene.account, now=NOW, file=file, key=key)


def test_two_deposits_at_the_last_place_make_one_poster() -> None:
    scene = make_scene(max_posters=1)
    files = [make_file(scene.establishment, scene.contest) for _ in range(4)]

    outcomes = at_once(*[hand_in(scene, file) for file in files])

    assert refused(outcomes) == [QuotaReached] * 3
    assert Poster.objects.count() == 1
    assert ModelLogEntry.objects.filter(action="contest.submit").count() == 1
    assert MailRecord.objects.filter(kind="poster_submitted").count() == 1


def test_one_file_becomes_one_poster() -> None:
    scene = make_scene()
    file = make_file(scene.establishment, scene.contest)

    outcomes = at_once(hand_in(scene, file, title="Un"), hand_in(scene, file, title="Deux"))

    assert refused(outcomes) == [FileTaken]
    assert Poster.objects.get().file == file


def test_a_form_sent_twice_at_once_starts_one_poster() -> None:
    scene = make_scene()
    file, key = make_file(scene.establishment, scene.contest), uuid4()

    outcomes = at_once(*[hand_in(scene, file, key=key) for _ in range(3)])

    assert refused(outcomes) == [AlreadyStarted] * 2
    assert Poster.objects.count() == 1


def test_two_tabs_that_save_at_once_do_not_overwrite_each_other() -> None:
    scene = make_scene()
    draft = make_draft(scene)
    seen = draft.latest_revision_id

    def save(title: str) -> Callable[[], Poster]:
        version = Poster.objects.get(pk=draft.pk)
        version.title = title
        return lambda: depositing.save_draft(
            version, by=scene.account, expected_revision=seen, now=NOW
        )

    outcomes = at_once(save("Un"), save("Deux"))

    assert refused(outcomes) == [EditConflict]
    assert Poster.objects.get().title in {"Un", "Deux"}


def test_two_tabs_that_replace_the_file_leave_one_file_and_no_orphan() -> None:
    scene = make_scene()
    draft = make_draft(scene)
    seen = draft.latest_revision_id

    def replace_file() -> Callable[[], Poster]:
        version = Poster.objects.get(pk=draft.pk)
        file = make_file(scene.establishment, scene.contest)
        return lambda: depositing.save_draft(
            version, by=scene.account, expected_revision=seen, now=NOW, file=file
        )

    outcomes = at_once(replace_file(), replace_file())

    assert refused(outcomes) == [EditConflict]
    kept = Poster.objects.get().file
    assert kept is not None
    assert private_storage().exists(kept.original_name)
    # The file of the other tab waits for the day to end; the former one is gone.
    assert PosterFile.objects.count() == 2
    assert draft.file is not None
    assert not private_storage().exists(draft.file.folder)


@pytest.mark.parametrize("first", [True, False])
def test_a_withdrawal_as_an_editor_admits_leaves_nothing_public(first: bool) -> None:
    scene = make_scene()
    poster = make_submitted(scene)
    acts: list[Callable[[], Any]] = [
        lambda: withdrawal.withdraw(poster, by=scene.account, now=NOW),
        lambda: admission.decide(poster, Decision.ADMIT, by=scene.editor, now=NOW),
    ]

    outcomes = at_once(*(acts if first else acts[::-1]))

    row = Poster.objects.get()
    assert not any(isinstance(outcome, QuotaReached) for outcome in outcomes)
    assert (row.status, row.live, row.file) == (PosterStatus.WITHDRAWN, False, None)
    assert row.status == status.derived_status(row)
    assert poster.file is not None
    assert not private_storage().exists(poster.file.folder)


def test_a_deposit_waits_for_the_withdrawal_that_makes_room() -> None:
    scene = make_scene(max_posters=1)
    former = make_draft(scene)
    file = make_file(scene.establishment, scene.contest)

    at_once(
        lambda: withdrawal.withdraw(former, by=scene.account, now=NOW),
        hand_in(scene, file),
    )

    assert Poster.objects.count() <= 1


def test_requests_at_once_land_on_one_poster() -> None:
    """The whole way, from two browsers of one school that press the button together."""
    scene = make_scene(max_posters=1)
    sheet = typed(scene.contest)
    with time_machine.travel(NOW, tick=False):
        browsers = [Client(), Client()]
        for browser in browsers:
            browser.force_login(scene.account)
        content = sent().read()

        def press(browser: Client) -> Callable[[], Any]:
            whole = {**sheet, "upload": sent(content)}
            return lambda: browser.post(new_address(scene.contest), whole)

        answers = at_once(*[press(browser) for browser in browsers])

    poster = Poster.objects.get()
    assert poster.status == PosterStatus.SUBMITTED
    assert [answer.url for answer in answers] == [page_of(poster)] * 2


def test_two_requests_that_delete_a_draft_both_end_well() -> None:
    scene = make_scene()
    draft = make_draft(scene)
    with time_machine.travel(NOW, tick=False):
        browsers = [Client(), Client(), Client()]
        for browser in browsers:
            browser.force_login(scene.account)
        address = f"{page_of(draft)}retirer/"
        sheet = typed(scene.contest, draft, do="save")

        answers = at_once(
            lambda: browsers[0].post(address),
            lambda: browsers[1].post(address),
            lambda: browsers[2].post(edit_address(draft), sheet),
        )

    assert [answer.status_code for answer in answers[:2]] == [302, 302]
    assert answers[2].status_code in {302, 404, 409}
    assert not Poster.objects.exists()
