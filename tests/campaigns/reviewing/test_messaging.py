"""The thread between an establishment and its reviewers, and the notes that only they read."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from accounts.models import MailRecord
from campaigns import digests, messaging
from campaigns.errors import NotAllowed
from campaigns.models import Action, ActionMessage
from tests.campaigns.admin_browser import signed_in, url
from tests.campaigns.matrix import Role, make_world
from tests.campaigns.scene import (
    NOW,
    Scene,
    make_draft,
    make_endorsed,
    make_published,
    make_scene,
    make_submitted,
)
from tests.campaigns.test_concurrency import at_once
from tests.campaigns.test_writing_access import hidden_fields

pytestmark = pytest.mark.django_db

NOTE = "Confidence entre relecteurs"


def screen(action: Action) -> str:
    return reverse("action_review", args=[action.pk])


def page_in_space(action: Action) -> str:
    return reverse("space:fiche", args=[action.pk])


def with_contact(scene: Scene) -> Scene:
    scene.academy.contact_email = "draio@ac.example"
    scene.academy.save()
    return scene


def test_each_side_reads_what_the_other_writes_on_the_fiches_own_page() -> None:
    scene = make_scene()
    action = make_submitted(scene)
    messaging.send(action, by=scene.account, text="Faut-il un devis ?", key=uuid4(), now=NOW)
    messaging.send(action, by=scene.lead, text="Non, merci.", key=uuid4(), now=NOW)

    for page in (
        signed_in(scene.account).get(page_in_space(action)),
        signed_in(scene.editor).get(screen(action)),
    ):
        text = page.content.decode()
        assert "Faut-il un devis" in text
        assert "Non, merci." in text


def test_an_establishment_writes_from_its_space_without_javascript() -> None:
    scene = make_scene()
    action = make_submitted(scene)
    client = signed_in(scene.account)
    assert (
        reverse("space:message", args=[action.pk])
        in client.get(page_in_space(action)).content.decode()
    )

    response = client.post(
        reverse("space:message", args=[action.pk]), {"text": "Bonjour", "key": uuid4()}
    )

    assert response.url == f"{page_in_space(action)}#messages"
    said = ActionMessage.objects.get()
    assert (said.text, said.is_from_establishment, said.is_note) == ("Bonjour", True, False)


def test_a_message_typed_when_the_session_has_ended_is_given_back_and_sent_by_its_button() -> None:
    scene = make_scene()
    action = make_submitted(scene)
    browser = Client(enforce_csrf_checks=True)
    address = reverse("space:message", args=[action.pk])

    ended = browser.post(address, {"text": "Faut-il un devis ?", "key": str(uuid4())})
    assert ended.status_code == 403
    assert str(action.title) not in ended.content.decode()
    # Signing in again draws another token.
    del browser.cookies["csrftoken"]
    browser.force_login(scene.account)
    found = browser.post(address, hidden_fields(ended.content.decode()))
    page = found.content.decode()

    assert (found.status_code, "Faut-il un devis ?" in page) == (409, True)
    assert not ActionMessage.objects.exists()
    assert browser.post(address, {**hidden_fields(page), "text": "Faut-il un devis ?"}).url
    assert ActionMessage.objects.get().text == "Faut-il un devis ?"


def test_another_site_sends_no_message() -> None:
    scene = make_scene()
    action = make_submitted(scene)
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(scene.account)

    forged = browser.post(
        reverse("space:message", args=[action.pk]), {"text": "Ailleurs", "key": str(uuid4())}
    )

    assert forged.status_code == 409
    assert not ActionMessage.objects.exists()


@pytest.mark.parametrize("text", ["", "   ", "x" * 4_001])
def test_what_cannot_be_sent_stays_typed_beside_its_error(text) -> None:
    scene = make_scene()
    action = make_submitted(scene)

    response = signed_in(scene.account).post(
        reverse("space:message", args=[action.pk]), {"text": text, "key": uuid4()}
    )

    assert response.status_code == 422
    assert response.context["form"].errors.keys() == {"text"}
    assert text.strip() in response.content.decode()
    with pytest.raises(ValidationError):
        messaging.send(action, by=scene.account, text=text, key=uuid4(), now=NOW)
    assert not ActionMessage.objects.exists()


def test_a_message_sent_twice_is_kept_and_mailed_once() -> None:
    scene = make_scene()
    action = make_submitted(scene)
    key = uuid4()

    for _time in range(2):
        messaging.send(action, by=scene.lead, text="Une fois", key=key, now=NOW)

    assert ActionMessage.objects.count() == 1
    assert MailRecord.objects.filter(kind="message").count() == 1


def test_the_key_of_anothers_message_is_refused() -> None:
    scene = make_scene()
    action, second = make_submitted(scene), make_submitted(scene)
    key = uuid4()
    messaging.send(action, by=scene.lead, text="À moi", key=key, now=NOW)

    for fiche, user in ((action, scene.account), (second, scene.lead)):
        with pytest.raises(NotAllowed):
            messaging.send(fiche, by=user, text="Volé", key=key, now=NOW)


def test_the_establishment_is_mailed_each_message_with_a_link_to_its_space() -> None:
    scene = make_scene()
    action = make_submitted(scene)

    messaging.send(action, by=scene.lead, text="L’heure & le lieu ?", key=uuid4(), now=NOW)

    mail = MailRecord.objects.get(kind="message")
    assert mail.recipient == scene.establishment.mailbox
    assert "L’heure & le lieu ?" in mail.body
    assert f"/espace/fiches/{action.pk}/" in mail.body
    assert "/admin/" not in mail.body


def test_the_academie_is_mailed_at_most_once_an_hour_about_a_fiche() -> None:
    scene = with_contact(make_scene())
    action, other = make_endorsed(scene), make_endorsed(scene)

    def write(fiche: Action, minutes: int) -> int:
        now = NOW + timedelta(minutes=minutes)
        messaging.send(fiche, by=scene.account, text="Alors ?", key=uuid4(), now=now)
        return MailRecord.objects.filter(kind="message_received").count()

    assert [write(action, 0), write(action, 59), write(other, 59), write(action, 61)] == [
        1,
        1,
        2,
        3,
    ]
    mail = MailRecord.objects.filter(kind="message_received").first()
    assert mail is not None
    assert mail.recipient == "draio@ac.example"
    assert f"/admin/fiches/{action.pk}/" in mail.body


def test_leads_learn_of_messages_by_their_digest_only() -> None:
    scene = with_contact(make_scene())
    action = make_submitted(scene)
    messaging.send(action, by=scene.account, text="Une question", key=uuid4(), now=NOW)
    assert not MailRecord.objects.filter(kind="message_received").exists()

    digests.send_due(NOW)

    body = MailRecord.objects.get(kind="digest", recipient=scene.lead.email).body
    assert "Son établissement vous a écrit" in body


def test_there_is_no_thread_about_a_draft() -> None:
    scene = make_scene()
    draft = make_draft(scene)

    with pytest.raises(NotAllowed):
        messaging.send(draft, by=scene.account, text="Allô ?", key=uuid4(), now=NOW)
    response = signed_in(scene.account).post(
        reverse("space:message", args=[draft.pk]), {"text": "Allô ?", "key": uuid4()}
    )
    assert response.status_code == 403
    assert (
        'id="messages"' not in signed_in(scene.account).get(page_in_space(draft)).content.decode()
    )


def test_only_those_who_take_part_read_or_write() -> None:
    world = make_world()
    action = make_published(world.scene)
    messaging.send(action, by=world.scene.editor, text="Entre nous", key=uuid4(), now=NOW)
    parts = {Role.OWN_ESTABLISHMENT, Role.LEAD, Role.OWN_EDITOR, Role.ADMINISTRATOR}

    for role in Role:
        client = world.client(role)
        for address in (page_in_space(action), screen(action)):
            response = client.get(address)
            shown = response.status_code == 200 and "Entre nous" in response.content.decode()
            assert not shown or role in parts, role
        client.post(reverse("space:message", args=[action.pk]), {"text": "Intrus", "key": uuid4()})
        client.post(
            reverse("action_message", args=[action.pk]),
            {"to": "establishment", "text": "Intrus", "key": uuid4()},
        )

    authors = set(ActionMessage.objects.filter(text="Intrus").values_list("author", flat=True))
    assert authors == {world.people[role].pk for role in parts}  # type: ignore[union-attr]


def test_a_note_is_read_by_the_fiches_reviewers_and_nobody_else(
    django_capture_on_commit_callbacks, mailoutbox
) -> None:
    world = make_world()
    scene = with_contact(world.scene)
    action = make_published(scene)
    with django_capture_on_commit_callbacks(execute=True):
        client = signed_in(scene.lead)
        client.post(
            reverse("action_message", args=[action.pk]),
            {"to": "note", "text": NOTE, "key": uuid4()},
        )
        digests.send_due(NOW)
    assert ActionMessage.objects.get().is_note

    pages = [
        page_in_space(action),
        reverse("space:home"),
        screen(action),
        url("list"),
        f"{url('list')}?only=unanswered",
        reverse("wagtailadmin_home"),
        action.get_absolute_url(),
    ]
    for role in Role:
        client = world.client(role)
        found = {
            address
            for address in pages
            if (response := client.get(address)).status_code == 200
            and NOTE in response.content.decode()
        }
        reviewers = {Role.LEAD, Role.OWN_EDITOR, Role.ADMINISTRATOR}
        assert found == ({screen(action)} if role in reviewers else set()), role
    assert not any(NOTE in record.body for record in MailRecord.objects.all())
    assert not any(NOTE in message.body for message in mailoutbox)
    assert not messaging.thread_for(scene.account, action)


def test_an_establishment_writes_no_note() -> None:
    scene = make_scene()

    with pytest.raises(NotAllowed):
        messaging.send(
            make_submitted(scene), by=scene.account, text=NOTE, key=uuid4(), now=NOW, is_note=True
        )


def test_a_reviewer_who_forgets_for_whom_keeps_what_was_typed() -> None:
    scene = make_scene()
    action = make_submitted(scene)

    response = signed_in(scene.lead).post(
        reverse("action_message", args=[action.pk]), {"text": "Déjà écrit", "key": uuid4()}
    )

    assert list(response.context["message_form"].errors) == ["to"]
    assert "Déjà écrit" in response.content.decode()
    assert not ActionMessage.objects.exists()


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_a_double_click_sends_one_message_and_two_at_once_mail_the_academie_once() -> None:
    scene = with_contact(make_scene())
    action = make_endorsed(scene)
    key = uuid4()

    def write(this_key: object) -> ActionMessage:
        return messaging.send(
            action,
            by=scene.account,
            text="Alors ?",
            key=this_key,  # type: ignore[arg-type]
            now=NOW,
        )

    at_once(lambda: write(key), lambda: write(key), lambda: write(uuid4()))

    assert ActionMessage.objects.count() == 2
    assert MailRecord.objects.filter(kind="message_received").count() == 1
