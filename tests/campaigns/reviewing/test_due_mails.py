"""The daily digest of reviewers, and the reminder of a fiche that was sent back: once each."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command

from accounts.models import MailRecord
from campaigns import digests, return_reminders, review
from campaigns.models import Action, ActionMessage, Reminder
from tests.campaigns.scene import (
    NOW,
    Scene,
    make_draft,
    make_endorsed,
    make_published,
    make_returned,
    make_scene,
    make_submitted,
    write,
)
from tests.campaigns.test_concurrency import at_once
from tests.factories import UserFactory, make_site

pytestmark = pytest.mark.django_db

WEEK_LATER = NOW + timedelta(days=7, minutes=1)


def digests_sent() -> list[MailRecord]:
    return list(MailRecord.objects.filter(kind="digest").order_by("pk"))


def given_contact(scene: Scene) -> Scene:
    scene.academy.contact_email = "draio@ac.example"
    scene.academy.save()
    return scene


def age(action: Action, days: int) -> None:
    """Make the fiche stand where it stands since `days` days before NOW."""
    instant = NOW - timedelta(days=days)
    Action.objects.filter(pk=action.pk).update(status_changed_at=instant)
    action.latest_revision.created_at = instant
    action.latest_revision.save()


def test_a_lead_receives_one_mail_for_all_that_waits_with_its_age_and_link() -> None:
    scene = make_scene()
    first = make_submitted(scene, title="L’ancienne & belle")
    second = make_submitted(scene, title="La récente")
    age(first, 5)
    age(second, 0)

    assert digests.send_due(NOW) == 1

    mail = digests_sent()[0]
    assert mail.recipient == scene.lead.email
    assert mail.subject.startswith("2 fiches-actions")
    assert mail.body.index("L’ancienne & belle") < mail.body.index("La récente")
    assert "depuis 5 jours" in mail.body
    assert f"http://localhost/admin/fiches/{first.pk}/" in mail.body
    assert mail.scope == scene.academy.code


def test_handing_in_thirty_fiches_writes_to_no_lead_before_the_digest() -> None:
    scene = make_scene()
    for _number in range(3):
        make_submitted(scene)

    assert not MailRecord.objects.filter(recipient=scene.lead.email).exists()


def test_one_digest_a_day_however_often_the_command_runs() -> None:
    scene = make_scene()
    make_submitted(scene)

    assert [digests.send_due(NOW), digests.send_due(NOW + timedelta(hours=3))] == [1, 0]
    assert digests.send_due(NOW + timedelta(days=1)) == 1


def test_the_academies_mailbox_receives_what_it_is_to_publish() -> None:
    scene = given_contact(make_scene())
    make_endorsed(scene, title="À publier")
    make_submitted(scene, title="À viser")

    assert digests.send_due(NOW) == 2

    mail = MailRecord.objects.get(kind="digest", recipient="draio@ac.example")
    assert "À publier" in mail.body
    assert "À viser" not in mail.body


def test_the_academie_learns_of_what_waits_for_a_network_that_nobody_leads_any_more() -> None:
    scene = given_contact(make_scene())
    make_submitted(scene, title="Sans responsable")
    scene.network.leads.clear()

    assert digests.send_due(NOW) == 1

    assert "Sans responsable" in MailRecord.objects.get(kind="digest").body


def test_nothing_that_waits_means_no_mail_and_leaves_the_day_open() -> None:
    scene = given_contact(make_scene())
    make_draft(scene)
    make_published(scene)
    make_returned(scene)

    assert digests.send_due(NOW) == 0
    assert not Reminder.objects.exists()


def test_each_lead_reads_of_their_own_networks_only() -> None:
    scene = make_scene()
    second = UserFactory()
    scene.network.leads.add(second, UserFactory(is_active=False))
    neighbour = make_scene(scene.academy)
    other = make_scene(make_site("amiens", "amiens.localhost", is_default=False))
    make_submitted(scene, title="La nôtre")
    make_submitted(other, title="La leur")

    digests.send_due(NOW)

    told = {mail.recipient: mail.body for mail in digests_sent()}
    assert neighbour.lead.email not in told
    for address in (scene.lead.email, second.email):
        assert "La nôtre" in told[address]
        assert "La leur" not in told[address]
    assert "La nôtre" not in told[other.lead.email]


def test_a_long_list_is_cut_and_counted() -> None:
    scene = make_scene()
    action = make_submitted(scene)
    Action.objects.bulk_create(
        Action(
            campaign=scene.edition,
            establishment=scene.establishment,
            title=f"Action {number}",
            status="network_review",
            status_changed_at=NOW,
            submitted_at=NOW,
            live=False,
        )
        for number in range(40)
    )
    age(action, 2)

    digests.send_due(NOW)

    mail = digests_sent()[0]
    assert mail.body.count("/admin/fiches/") == digests.LISTED
    assert "Et 11 autres fiches." in mail.body


def test_a_message_without_an_answer_is_in_the_academies_digest() -> None:
    scene = given_contact(make_scene())
    action = make_published(scene, title="Publiée")
    ActionMessage.objects.create(
        action=action, text="Une faute !", is_from_establishment=True, key=uuid.uuid4()
    )

    assert digests.send_due(NOW) == 1
    assert "Publiée" in digests_sent()[0].body

    ActionMessage.objects.create(action=action, text="Corrigée.", key=uuid.uuid4())
    assert digests.send_due(NOW + timedelta(days=1)) == 0


def reminders() -> list[MailRecord]:
    return list(MailRecord.objects.filter(kind="return_reminder"))


def test_a_school_is_reminded_once_of_a_fiche_left_alone_for_a_week_with_what_is_asked() -> None:
    scene = make_scene()
    with time_machine.travel(NOW, tick=False):
        action = review.request_changes(
            make_endorsed(scene),
            by=scene.editor,
            comment="Presque.",
            field_comments={"objectives": "Combien d’élèves ?"},
        )

    assert return_reminders.send_due(NOW + timedelta(days=6)) == 0
    assert return_reminders.send_due(WEEK_LATER) == 1
    assert return_reminders.send_due(WEEK_LATER + timedelta(days=9)) == 0

    mail = reminders()[0]
    assert mail.recipient == scene.establishment.mailbox
    for told in ("Presque.", "Combien d’élèves ?", "il y a 7 jours"):
        assert told in mail.body
    assert f"http://localhost/espace/fiches/{action.pk}/" in mail.body
    assert "/admin/" not in mail.body


def test_whoever_has_begun_to_correct_is_left_in_peace() -> None:
    scene = make_scene()
    with time_machine.travel(NOW, tick=False):
        action = make_returned(scene)
    with time_machine.travel(NOW + timedelta(days=5), tick=False):
        write(scene, action, title="En cours")

    assert return_reminders.send_due(WEEK_LATER) == 0


def test_each_return_may_be_reminded_of() -> None:
    scene = make_scene()
    with time_machine.travel(NOW, tick=False):
        action = make_returned(scene)
    return_reminders.send_due(WEEK_LATER)
    Action.objects.filter(pk=action.pk).update(status_changed_at=NOW + timedelta(days=10))

    assert return_reminders.send_due(NOW + timedelta(days=18)) == 1


def test_nobody_is_reminded_once_the_week_is_over() -> None:
    scene = make_scene()
    with time_machine.travel(NOW, tick=False):
        make_returned(scene)

    assert return_reminders.send_due(scene.edition.calendar.week_ends_at + timedelta(hours=1)) == 0


def test_the_command_sends_both_and_says_how_many(capsys) -> None:
    scene = make_scene()
    make_submitted(scene)
    age(make_returned(scene), 9)

    with time_machine.travel(NOW):
        call_command("send_due_mails")
        call_command("send_due_mails")

    said = capsys.readouterr().out.splitlines()
    assert [line for line in said if line.startswith(("digests", "reminders of returned"))] == [
        "digests: 1",
        "reminders of returned fiches: 1",
        "digests: 0",
        "reminders of returned fiches: 0",
    ]


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_two_runs_at_once_send_one_mail_each() -> None:
    scene = make_scene()
    make_submitted(scene)
    age(make_returned(scene), 9)

    counts = at_once(*[lambda: (digests.send_due(NOW), return_reminders.send_due(NOW))] * 3)

    assert sorted(map(sum, counts)) in ([0, 0, 2], [0, 1, 1])
    assert len(digests_sent()) == len(reminders()) == 1
