"""Deadlines, double clicks, two tabs: what happens to what was typed."""

from __future__ import annotations

import re
from datetime import timedelta
from threading import Barrier, Thread
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test import Client

from campaigns.drafts import latest_version
from tests.campaigns.scene import (
    LATE,
    NOW,
    make_draft,
    make_scene,
    write,
)
from tests.campaigns.sheet import FOR_WHOM, NEW, WHO, edit_address, only_fiche, typed

pytestmark = pytest.mark.django_db

LAST_SECOND = LATE - timedelta(seconds=1)
MUCH_LATER = LATE + timedelta(hours=2)


# The deadline


def test_a_fiche_handed_in_at_the_last_second_is_accepted(at, scene) -> None:
    draft = make_draft(scene)

    at(LAST_SECOND).post(edit_address(draft), typed(draft, do="submit"))

    assert only_fiche(scene).status == "network_review"


def test_a_fiche_handed_in_one_second_late_is_refused_and_kept_as_a_draft(at, scene) -> None:
    draft = make_draft(scene)
    scene.academy.contact_email = "draio@ac.example"
    scene.academy.save()

    response = at(LATE).post(edit_address(draft), typed(draft, do="submit", place="Préau"))

    assert response.status_code == 409
    assert "draio@ac.example" in response.content.decode()
    assert only_fiche(scene).status == "draft"
    assert latest_version(draft).place == "Préau"


def test_a_new_fiche_handed_in_one_second_late_is_refused_and_kept_as_a_draft(at, scene) -> None:
    response = at(LATE).post(NEW, typed(do="submit"))

    assert response.status_code == 409
    assert (only_fiche(scene).status, only_fiche(scene).coordinator_name) == (
        "draft",
        "Camille Exemple",
    )


@pytest.mark.parametrize("is_new", [True, False])
def test_what_arrives_long_after_the_deadline_is_given_back_unsaved(at, scene, is_new) -> None:
    draft = make_draft(scene)

    address = NEW if is_new else edit_address(draft, WHO)
    sent = typed(draft, step=WHO, do="submit", title="Le café du lundi")
    response = at(MUCH_LATER).post(address, sent)

    page = response.content.decode()
    assert response.status_code == 409
    assert 'value="Le café du lundi"' in page
    assert 'value="submit"' not in page
    assert 'value="save"\n              tabindex' in page
    assert latest_version(only_fiche(scene)).title == draft.title


def test_after_the_deadline_a_draft_is_only_read(at, scene) -> None:
    draft = make_draft(scene)
    school = at(LATE)

    assert school.get(edit_address(draft)).url == f"/espace/fiches/{draft.pk}/"
    page = school.get(f"/espace/fiches/{draft.pk}/").content.decode()
    assert "Redonner confiance." in page
    assert "/modifier/" not in page


def test_after_the_deadline_no_blank_form_is_shown(at) -> None:
    response = at(LATE).get(NEW)

    assert response.status_code == 200
    assert "<textarea" not in response.content.decode()


def test_before_the_first_call_no_blank_form_is_shown(at, scene) -> None:
    scene.edition.delete()

    response = at(NOW).get(NEW)

    assert response.status_code == 200
    assert "<textarea" not in response.content.decode()


# Twice the same


def test_a_blank_form_sent_twice_starts_one_fiche(at, scene) -> None:
    school = at(NOW)
    data = typed(key=str(uuid4()))

    first, second = school.post(NEW, data), school.post(NEW, data)

    assert first.url == second.url == edit_address(only_fiche(scene), WHO)


def test_a_blank_form_sent_twice_goes_on_to_the_same_next_step(at, scene) -> None:
    school = at(NOW)
    data = typed(key=str(uuid4()), do="next")

    first, second = school.post(NEW, data), school.post(NEW, data)

    assert first.url == second.url == edit_address(only_fiche(scene), FOR_WHOM)


@pytest.mark.parametrize("do", ["save", "submit"])
def test_a_form_sent_twice_does_no_harm(at, scene, do) -> None:
    draft = make_draft(scene)
    school = at(NOW)
    data = typed(draft, do=do, place="Préau")

    first = school.post(edit_address(draft), data)
    second = school.post(edit_address(draft), data)

    assert first.url == second.url
    assert latest_version(draft).place == "Préau"


@pytest.mark.parametrize("key", ["", "not-a-key", "61418fef-a815-4083-b6f4-d6c74ef1bb7a"])
def test_a_forged_key_starts_an_ordinary_fiche_or_none(at, scene, key) -> None:
    response = at(NOW).post(NEW, typed(key=key))

    assert response.status_code in (200, 302)


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_two_requests_at_once_start_one_fiche() -> None:
    scene = make_scene()
    data = typed(key=str(uuid4()))
    start = Barrier(2)
    statuses = []

    def send() -> None:
        client = Client()
        client.force_login(scene.account)
        start.wait()
        try:
            statuses.append(client.post(NEW, data).status_code)
        finally:
            connection.close()

    with time_machine.travel(NOW, tick=False):
        threads = [Thread(target=send) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    assert statuses == [302, 302]
    assert only_fiche(scene).title == data["title"]


# Two tabs


def test_a_version_saved_meanwhile_is_never_overwritten_unknowingly(at, scene) -> None:
    opened = make_draft(scene)
    school = at(NOW)
    write(scene, opened, place="Gymnase")

    response = school.post(edit_address(opened), typed(opened, place="Préau"))

    page = response.content.decode()
    assert response.status_code == 409
    places = {
        one.first.name: (one.first.text, one.second.text) for one in response.context["differences"]
    }
    assert places["place"] == ("Gymnase", "Préau")
    assert 'value="Préau"' in page
    assert "Gymnase" in page
    assert latest_version(opened).place == "Gymnase"


def test_once_compared_the_writers_version_is_kept(at, scene) -> None:
    opened = make_draft(scene)
    school = at(NOW)
    write(scene, opened, place="Gymnase")
    page = school.post(edit_address(opened), typed(opened, place="Préau")).content.decode()
    shown = re.search(r'name="revision" value="(\d+)"', page)
    assert shown

    school.post(edit_address(opened), typed(opened, place="Préau", revision=shown[1]))

    assert latest_version(opened).place == "Préau"


@pytest.mark.parametrize("revision", ["", "x", "-1", "9" * 40, "٣"])
def test_a_page_that_names_no_revision_overwrites_nothing(at, scene, revision) -> None:
    draft = make_draft(scene)

    response = at(NOW).post(edit_address(draft), typed(draft, place="Préau", revision=revision))

    assert response.status_code == 409
    assert not latest_version(draft).place


def test_what_is_typed_while_reviewers_read_is_given_back_unsaved(at, scene) -> None:
    draft = make_draft(scene)
    school = at(NOW)
    make_data = typed(draft, place="Préau")
    school.post(edit_address(draft), typed(draft, do="submit"))

    response = school.post(edit_address(draft), make_data)

    assert response.status_code == 409
    assert 'value="Préau"' in response.content.decode()
    assert not latest_version(draft).place
