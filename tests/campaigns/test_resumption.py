"""A form sent by another site never gets further than a text to read."""

from __future__ import annotations

import pytest
import time_machine
from django.test import Client

from campaigns.drafts import latest_version
from campaigns.models import Action
from tests.campaigns.scene import NOW, make_draft
from tests.campaigns.sheet import NEW, edit_address, only_fiche, typed
from tests.campaigns.test_writing_access import hidden_fields

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _call_open():
    with time_machine.travel(NOW, tick=False):
        yield


def one_click_after(scene, address: str, sent: dict) -> str:
    """The page that the button of "session ended" leads to, for a school that was signed in."""
    browser = Client(enforce_csrf_checks=True)
    # A cross-site request comes without the session's cookie.
    ended = browser.post(address, sent).content.decode()
    fields = hidden_fields(ended)
    assert fields["do"] == "resume"
    assert 'value="submit"' not in ended
    token = browser.cookies["csrftoken"].value
    browser.force_login(scene.account)
    # The worst case: the token of the page is still the session's.
    browser.cookies["csrftoken"] = token
    page = browser.post(address, fields)
    assert page.status_code == 409
    return page.content.decode()


@pytest.mark.parametrize("verb", ["save", "submit", "resume"])
def test_another_site_starts_no_fiche_by_one_click(scene, verb) -> None:
    page = one_click_after(scene, NEW, typed(do=verb, title="Texte venu d’ailleurs"))

    assert "Texte venu d’ailleurs" in page
    assert not Action.objects.exists()


@pytest.mark.parametrize("verb", ["save", "submit"])
def test_another_site_changes_no_fiche_by_one_click(scene, verb) -> None:
    draft = make_draft(scene)

    one_click_after(scene, edit_address(draft), typed(draft, do=verb, place="Ailleurs"))

    assert only_fiche(scene).status == "draft"
    assert latest_version(draft).place == ""


@pytest.mark.parametrize("revision", [None, "", "²", "9" * 5000])
def test_a_fiche_is_not_overwritten_without_the_revision_it_was_read_at(scene, revision) -> None:
    draft = make_draft(scene)
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(scene.account)
    token = hidden_fields(browser.get(edit_address(draft)).content.decode())["csrfmiddlewaretoken"]
    sent = typed(draft, place="Ailleurs", csrfmiddlewaretoken=token)
    del sent["revision"]
    if revision is not None:
        sent["revision"] = revision

    response = browser.post(edit_address(draft), sent)

    assert response.status_code == 409
    assert latest_version(draft).place == ""
