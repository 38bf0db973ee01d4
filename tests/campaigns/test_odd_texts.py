"""Texts that no honest browser sends are answered, never an error of the server.

PostgreSQL stores no NUL; SQLite stores it, so that these tests say more on the first.
"""

from __future__ import annotations

import pytest
import time_machine
from django.urls import reverse

from campaigns.models import ReviewLabel
from tests.campaigns.admin_browser import form_data, signed_in, url
from tests.campaigns.scene import NOW, make_endorsed, make_published

pytestmark = pytest.mark.django_db

NUL = "a\0b"


def test_nobody_of_that_uai_is_given_time(scene) -> None:
    address = reverse("edition_extensions", args=[scene.edition.pk])

    response = signed_in(scene.editor).post(address, {"uai": NUL, "until": "2023-03-20"})

    assert response.status_code == 404


def test_nobody_of_that_uai_is_associated_by_an_editor(scene) -> None:
    action = make_endorsed(scene)
    browser = signed_in(scene.editor)
    address = url("edit", action.pk)
    row = {"associated-TOTAL_FORMS": "1", "associated-0-establishment": NUL}

    response = browser.post(address, form_data(browser, address) | row)

    assert response.status_code == 200
    assert not action.associated.exists()


def test_a_label_is_named_without_it(scene) -> None:
    action = make_endorsed(scene)

    signed_in(scene.editor).post(reverse("action_labels", args=[action.pk]), {"new_name": NUL})

    assert ReviewLabel.objects.get().name == "ab"


def test_a_merge_is_searched_for_and_explained_without_it(scene) -> None:
    kept, duplicate = make_published(scene), make_endorsed(scene)
    browser = signed_in(scene.editor)
    address = reverse("action_merge", args=[duplicate.pk])

    with time_machine.travel(NOW, tick=False):
        assert browser.get(address, {"q": NUL}).status_code == 200
        browser.post(address, {"into": str(kept.pk), "comment": NUL})

    duplicate.refresh_from_db()
    assert duplicate.merged_into == kept
