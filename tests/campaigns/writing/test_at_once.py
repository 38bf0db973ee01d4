"""Several requests at the same instant, on the database that locks rows."""

from __future__ import annotations

from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test import Client
from wagtail.models import Revision

from campaigns.drafts import latest_version
from campaigns.models import Action
from tests.campaigns.scene import NOW, Scene, make_draft, make_scene
from tests.campaigns.sheet import HOW, NEW, OUTCOME, edit_address, only_fiche, typed

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


def at_once(scene: Scene, *requests: tuple[str, dict[str, Any]]) -> list[Any]:
    """Send each request from a browser of its own, all together; the answers in their order."""
    start = Barrier(len(requests))
    answers: list[Any] = [None] * len(requests)

    def sender(index: int, address: str, sent: dict[str, Any]) -> Callable[[], None]:
        client = Client()
        client.force_login(scene.account)

        def send() -> None:
            start.wait()
            try:
                answers[index] = client.post(address, sent)
            finally:
                connection.close()

        return send

    with time_machine.travel(NOW, tick=False):
        threads = [
            Thread(target=sender(index, address, sent))
            for index, (address, sent) in enumerate(requests)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    return answers


def autosaved(scene: Scene, action: Action | None, **fields: Any) -> dict[str, Any]:
    """What the script of the page sends."""
    return typed(action, do="autosave", account=str(scene.account.pk), **fields)


def test_two_tabs_that_save_at_once_keep_one_text_and_tell_the_other() -> None:
    scene = make_scene()
    draft = make_draft(scene)
    places = ("Préau", "Foyer")

    answers = at_once(
        scene, *((edit_address(draft), autosaved(scene, draft, place=place)) for place in places)
    )

    states = [answer.json()["state"] for answer in answers]
    assert sorted(states) == ["conflict", "saved"]
    assert latest_version(draft).place == places[states.index("saved")]


def test_two_steps_that_save_at_once_are_both_kept() -> None:
    scene = make_scene()
    draft = make_draft(scene)
    browser = Client()
    browser.force_login(scene.account)
    sent = []
    with time_machine.travel(NOW, tick=False):
        for step, fields in ((HOW, {"place": "Préau"}), (OUTCOME, {"outcome": "Un livret."})):
            seen = browser.get(edit_address(draft, step)).context["form"]["seen"].value()
            data = autosaved(scene, draft, step=step, seen=seen, **fields)
            sent.append((edit_address(draft, step), data))

    answers = at_once(scene, *sent)

    assert [answer.json()["state"] for answer in answers] == ["saved", "saved"]
    kept = latest_version(draft)
    assert (kept.place, kept.outcome) == ("Préau", "Un livret.")


def test_a_blank_form_that_saves_by_itself_and_by_its_button_starts_one_fiche() -> None:
    scene = make_scene()
    key = str(uuid4())

    answers = at_once(
        scene, (NEW, autosaved(scene, None, key=key)), (NEW, typed(key=key, do="next"))
    )

    assert sorted(answer.status_code for answer in answers) == [200, 302]
    assert only_fiche(scene).title == typed()["title"]


def test_a_fiche_handed_in_while_its_page_saves_holds_one_of_the_texts_whole() -> None:
    scene = make_scene()
    draft = make_draft(scene)

    typing, handing_in = at_once(
        scene,
        (edit_address(draft), autosaved(scene, draft, place="Préau")),
        (edit_address(draft), typed(draft, do="submit", place="Foyer")),
    )

    state = typing.json()["state"]
    fiche = only_fiche(scene)
    if handing_in.status_code == 302:
        # What was handed in is what the button sent; the typing was told.
        assert state in ("conflict", "refused")
        assert (fiche.status, latest_version(fiche).place) == ("network_review", "Foyer")
    else:
        assert (handing_in.status_code, state) == (409, "saved")
        assert (fiche.status, latest_version(fiche).place) == ("draft", "Préau")
    handed_in = fiche.current_workflow_task_state
    if handed_in:
        assert Revision.objects.filter(pk=handed_in.revision_id).exists()


def test_a_fiche_is_handed_in_once_however_often_the_button_is_pressed() -> None:
    scene = make_scene()
    draft = make_draft(scene)
    sent = typed(draft, step=OUTCOME, do="submit")

    answers = at_once(scene, *[(edit_address(draft, OUTCOME), sent)] * 2)

    assert [answer.status_code for answer in answers] == [302, 302]
    fiche = only_fiche(scene)
    assert fiche.status == "network_review"
    assert fiche.workflow_states.count() == 1
