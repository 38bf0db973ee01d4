"""What was typed, and the file, when the session ends; and what another site may send."""

from __future__ import annotations

import re

import pytest
import time_machine
from django.test import Client

from contest.enums import PosterStatus
from contest.models import Poster, PosterFile
from tests.contest.deposit_sheet import (
    edit_address,
    new_address,
    only_poster,
    page_of,
    received,
    sent,
    token_in,
    typed,
    upload_address,
)
from tests.contest.scene import NOW, Scene, make_draft

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _deposit_open():
    with time_machine.travel(NOW, tick=False):
        yield


def hidden_fields(page: str) -> dict[str, str]:
    return dict(re.findall(r'type="hidden"\s+name="([^"]+)"\s+value="([^"]*)"', page))


def test_what_was_typed_and_the_file_received_survive_the_end_of_the_session(
    school: Client, scene: Scene
) -> None:
    browser = Client(enforce_csrf_checks=True)
    token = received(school, scene.contest).token
    sheet = typed(scene.contest, file=token, technique="Linogravure")
    ended = browser.post(new_address(scene.contest), sheet)
    browser.force_login(scene.account)
    found = browser.post(new_address(scene.contest), hidden_fields(ended.content.decode()))
    page = found.content.decode()
    again = typed(scene.contest, file=token_in(page), technique="Linogravure")
    again["csrfmiddlewaretoken"] = hidden_fields(page)["csrfmiddlewaretoken"]
    assert not Poster.objects.exists()
    browser.post(new_address(scene.contest), again)

    assert (ended.status_code, found.status_code) == (403, 409)
    assert token_in(page) == token
    assert 'value="Linogravure"' in page
    assert only_poster().status == PosterStatus.SUBMITTED


def test_a_file_sent_with_a_session_that_ended_is_asked_for_again(scene: Scene) -> None:
    browser = Client(enforce_csrf_checks=True)
    sheet = typed(scene.contest, upload=sent())
    ended = browser.post(new_address(scene.contest), sheet).content.decode()
    browser.force_login(scene.account)
    page = browser.post(new_address(scene.contest), hidden_fields(ended)).content.decode()

    assert not PosterFile.objects.exists()
    assert "choisissez-le de nouveau" in page
    assert 'value="Accroche-toi"' in page


@pytest.mark.parametrize("verb", ["save", "submit", "check"])
def test_a_form_sent_by_another_site_keeps_nothing(scene: Scene, verb: str) -> None:
    draft = make_draft(scene)
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(scene.account)
    for address, poster in ((new_address(scene.contest), None), (edit_address(draft), draft)):
        sheet = typed(scene.contest, poster, title="Ailleurs", upload=sent(), do=verb)
        assert browser.post(address, sheet).status_code == 409
    assert browser.post(f"{page_of(draft)}retirer/").status_code == 403
    assert browser.post(upload_address(scene.contest), {"upload": sent()}).status_code == 403

    assert only_poster().title == draft.title
    assert PosterFile.objects.count() == 1
