"""Who writes which fiche, and what was typed when a session ends."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from campaigns import review
from campaigns.drafts import latest_version
from campaigns.models import Action, AssociatedEstablishment
from tests.campaigns.scene import (
    LATE,
    NOW,
    make_draft,
    make_published,
    make_scene,
    make_submitted,
)
from tests.campaigns.sheet import NEW, OUTCOME, edit_address, only_fiche, typed
from tests.factories import EstablishmentFactory, UserFactory, make_site, sign_up

pytestmark = pytest.mark.django_db

LAST_SECOND = LATE - timedelta(seconds=1)
MUCH_LATER = LATE + timedelta(hours=2)


# A lost session


def hidden_fields(page: str) -> dict[str, str]:
    """The hidden fields of a page, by name."""
    return dict(re.findall(r'type="hidden"\s+name="([^"]+)"\s+value="([^"]*)"', page))


def test_what_was_typed_survives_the_end_of_the_session(scene) -> None:
    draft = make_draft(scene)
    browser = Client(enforce_csrf_checks=True)
    with time_machine.travel(NOW, tick=False):
        ended = browser.post(edit_address(draft), typed(draft, place="Préau"))
        # Signing in again draws another token.
        del browser.cookies["csrftoken"]
        browser.force_login(scene.account)

        found = browser.post(edit_address(draft), hidden_fields(ended.content.decode()))
        page = found.content.decode()
        assert 'value="Préau"' in page
        assert not latest_version(draft).place
        token = hidden_fields(page)["csrfmiddlewaretoken"]
        again = typed(draft, place="Préau", csrfmiddlewaretoken=token)
        sent = browser.post(edit_address(draft), again)

    assert ended.status_code == 403
    assert sent.status_code == 302
    assert latest_version(draft).place == "Préau"


def test_a_request_forged_by_another_site_changes_nothing(scene) -> None:
    draft = make_draft(scene)
    browser = Client(enforce_csrf_checks=True)
    with time_machine.travel(NOW, tick=False):
        browser.force_login(scene.account)
        for address, data in (
            (edit_address(draft), typed(draft, do="submit", place="Préau")),
            (NEW, typed(do="submit")),
        ):
            assert browser.post(address, data).status_code == 409
        assert browser.post(f"/espace/fiches/{draft.pk}/supprimer/").status_code == 403

    assert only_fiche(scene).status == "draft"
    assert not latest_version(draft).place


def test_the_page_of_an_ended_session_tells_nothing_of_the_fiche(client, scene) -> None:
    draft = make_draft(scene, title="Un titre secret")
    data = {"title": "<script>"}

    known = client.post(edit_address(draft), data).content.decode()
    unknown = client.post("/espace/fiches/999999/modifier/comment/", data).content.decode()

    assert "Un titre secret" not in known
    assert "&lt;script&gt;" in known
    unknown = unknown.replace("/999999/", f"/{draft.pk}/")
    token = r'(name="csrfmiddlewaretoken"\s+value=")[^"]+'
    assert re.sub(token, r"\1", unknown) == re.sub(token, r"\1", known)


# Whose fiche


def test_anonymous_readers_are_asked_to_sign_in(client, scene) -> None:
    draft = make_draft(scene)

    for address in (NEW, edit_address(draft)):
        assert client.get(address).url.startswith("/espace/connexion/")


def test_people_are_told_that_the_space_is_for_establishments(client, scene) -> None:
    draft = make_draft(scene)
    for person in (scene.editor, scene.lead, UserFactory()):
        client.force_login(person)
        for address in (NEW, edit_address(draft)):
            assert client.get(address).status_code == 403
            assert client.post(address, typed(draft)).status_code == 403


def test_another_establishments_fiche_does_not_exist(at, scene) -> None:
    draft, public = make_draft(scene), make_published(scene)
    stranger = Client()
    stranger.force_login(sign_up(EstablishmentFactory(academy=scene.academy)))
    at(NOW)

    for action in (draft, public):
        assert stranger.get(edit_address(action)).status_code == 404
        assert stranger.post(edit_address(action), typed(action)).status_code == 404


def test_an_associated_establishment_let_in_writes_but_does_not_hand_in(at, scene) -> None:
    partner = EstablishmentFactory(academy=scene.academy)
    draft = make_draft(
        scene, associated=[AssociatedEstablishment(establishment=partner, may_edit=True)]
    )
    at(NOW)
    colleague = Client()
    colleague.force_login(sign_up(partner))

    page = colleague.get(edit_address(draft)).content.decode()
    last = colleague.get(edit_address(draft, OUTCOME)).content.decode()
    refused = colleague.post(edit_address(draft), typed(draft, do="submit", place="Préau"))

    assert 'value="next"' in page
    assert 'value="submit"' not in last
    assert refused.status_code == 302
    assert only_fiche(scene).status == "draft"
    assert latest_version(draft).place == "Préau"


def test_an_edition_of_another_academy_is_never_written_for(at, scene) -> None:
    make_scene(make_site("amiens", "amiens.localhost", is_default=False))

    at(NOW).post(NEW, typed())

    assert only_fiche(scene).campaign == scene.edition


def test_a_withdrawn_fiche_is_no_longer_written(at, scene) -> None:
    action = review.withdraw(make_published(scene), by=scene.editor, comment="À revoir.")
    school = at(NOW)

    assert school.get(edit_address(action)).status_code == 302
    assert school.post(edit_address(action), typed(action, place="Préau")).status_code == 409
    assert Action.objects.get(pk=action.pk).status == "withdrawn"


def test_a_fiche_under_review_is_read_not_written(at, scene) -> None:
    action = make_submitted(scene)

    assert at(NOW).get(edit_address(action)).url == f"/espace/fiches/{action.pk}/"
