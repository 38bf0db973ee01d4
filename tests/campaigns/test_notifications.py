"""The mails of a fiche's path: who gets which, with which link, and nothing from Wagtail."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.core import mail

from accounts.models import MailRecord
from campaigns import review, submission
from campaigns.errors import OutOfTurn
from campaigns.models import Action
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
from tests.factories import UserFactory

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.django_db


def mails_of(act: Callable[[], Action]) -> dict[str, MailRecord]:
    """What an act mails: the record of each kind."""
    before = set(MailRecord.objects.values_list("pk", flat=True))
    act()
    return {record.kind: record for record in MailRecord.objects.exclude(pk__in=before)}


def test_handing_in_is_acknowledged_and_nobody_else_is_written_to() -> None:
    scene = make_scene()
    action = make_draft(scene, title="L’été, l’école & nous")

    sent = mails_of(lambda: submission.submit(action, by=scene.account, now=NOW))

    assert sent.keys() == {"submitted"}
    receipt = sent["submitted"]
    assert receipt.recipient == scene.establishment.mailbox
    assert f"http://localhost/espace/fiches/{action.pk}/" in receipt.body
    assert "L’été, l’école & nous" in receipt.subject
    assert "L’été, l’école & nous" in receipt.body
    assert receipt.scope == scene.academy.code


def test_a_visa_tells_the_establishment() -> None:
    scene = make_scene()
    action = make_submitted(scene)

    sent = mails_of(lambda: review.give_visa(action, by=scene.lead, comment="Beau projet."))

    assert sent.keys() == {"visa_given"}
    assert "Beau projet." in sent["visa_given"].body


@pytest.mark.parametrize(
    ("make", "decide", "kind"),
    [
        (make_endorsed, review.request_changes, "changes_requested"),
        (make_endorsed, review.refuse, "refused"),
        (make_published, review.withdraw, "withdrawn"),
    ],
)
def test_a_disappointing_decision_tells_the_establishment_why(make, decide, kind) -> None:
    scene = make_scene()
    action = make(scene)

    sent = mails_of(lambda: decide(action, by=scene.editor, comment="C’est <trop> & pas assez."))

    assert sent.keys() == {kind}
    assert sent[kind].recipient == scene.establishment.mailbox
    assert "C’est <trop> & pas assez." in sent[kind].body
    assert f"http://localhost/espace/fiches/{action.pk}/" in sent[kind].body


def test_a_publication_gives_the_public_address() -> None:
    scene = make_scene()
    action = make_endorsed(scene)

    sent = mails_of(lambda: review.publish(action, by=scene.editor))

    assert sent.keys() == {"published"}
    address = f"/actions/{action.pk}-petits-dejeuners-de-la-perseverance/"
    assert f"http://localhost{scene.edition.url.rstrip('/')}{address}" in sent["published"].body


def test_an_archive_is_put_away_without_a_word() -> None:
    scene = make_scene()
    action = make_returned(scene)

    assert mails_of(lambda: review.archive(action, by=scene.editor)) == {}


def test_a_fiche_without_a_mailbox_goes_its_way_without_the_mail() -> None:
    scene = make_scene()
    action = make_endorsed(scene)
    scene.establishment.email = ""
    scene.establishment.save()

    assert review.publish(action, by=scene.editor).live


def test_a_title_of_several_lines_makes_a_subject_of_one() -> None:
    scene = make_scene()
    action = make_draft(scene)
    Action.objects.filter(pk=action.pk).update(title="Un\nBcc: autre@example.org")
    action.latest_revision.content["title"] = "Un\nBcc: autre@example.org"
    action.latest_revision.save()

    sent = mails_of(lambda: submission.submit(action, by=scene.account, now=NOW))

    assert "\n" not in sent["submitted"].subject


def whole_path(scene: Scene) -> None:
    """Every kind of act that Wagtail has a notification of its own for."""
    action = make_returned(scene)
    action = submission.submit(action, by=scene.account, now=NOW)
    action = review.publish(action, by=scene.editor)
    action = write(scene, action, title="Changée")
    action = submission.submit(action, by=scene.account, now=NOW)
    review.withdraw(action, by=scene.editor, comment="Motif.")
    review.refuse(make_endorsed(scene), by=scene.editor, comment="Motif.")


def test_only_our_mails_leave_and_an_establishment_never_gets_a_link_to_the_admin(
    django_capture_on_commit_callbacks,
) -> None:
    scene = make_scene()
    UserFactory(is_superuser=True)

    with django_capture_on_commit_callbacks(execute=True):
        whole_path(scene)

    assert len(mail.outbox) == MailRecord.objects.count() > 0
    assert {message.subject for message in mail.outbox} == set(
        MailRecord.objects.values_list("subject", flat=True)
    )
    for message in mail.outbox:
        if message.to == [scene.establishment.mailbox]:
            assert "/admin/" not in message.body


def test_a_coordinator_is_never_written_to(django_capture_on_commit_callbacks) -> None:
    scene = make_scene()

    with django_capture_on_commit_callbacks(execute=True):
        whole_path(scene)

    written_to = {address for message in mail.outbox for address in message.recipients()}
    assert "camille@example.org" not in written_to


def test_a_refused_act_mails_nothing() -> None:
    scene = make_scene()
    action = make_submitted(scene)
    count = MailRecord.objects.count()

    with pytest.raises(OutOfTurn):
        review.publish(action, by=scene.editor)

    assert MailRecord.objects.count() == count
