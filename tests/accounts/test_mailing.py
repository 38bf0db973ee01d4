"""Mails recorded, queued and written."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail
from django.db import transaction
from django.template import engines

from accounts.mailing import queue_mail, queue_template_mail, render_mail
from accounts.models import MailRecord

pytestmark = pytest.mark.django_db


def test_a_queued_mail_is_sent_after_commit_and_recorded(
    django_capture_on_commit_callbacks: Any,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        record = queue_mail(
            "submitted", "ce.0760372s@example.org", "Reçue", "Bonjour,", scope="70", about="Fiche 1"
        )
        assert mail.outbox == []

    record.refresh_from_db()
    assert record.outcome == MailRecord.Outcome.SENT
    assert record.sent_at is not None
    assert (record.scope, record.about, record.attempts) == ("70", "Fiche 1", 1)
    [message] = mail.outbox
    assert (message.to, message.subject) == (["ce.0760372s@example.org"], "Reçue")
    assert message.extra_headers["Auto-Submitted"] == "auto-generated"


@pytest.mark.django_db(transaction=True)
def test_a_mail_of_a_transaction_rolled_back_is_neither_sent_nor_recorded() -> None:
    with transaction.atomic():
        queue_mail("submitted", "ce@example.org", "Reçue", "Bonjour,")
        transaction.set_rollback(True)

    assert mail.outbox == []
    assert not MailRecord.objects.exists()


def test_a_subject_on_two_lines_cannot_add_a_header(
    django_capture_on_commit_callbacks: Any,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        queue_mail("submitted", "ce@example.org", "Fiche\r\nBcc: victim@example.org", "…")

    [message] = mail.outbox
    assert message.subject == "Fiche Bcc: victim@example.org"
    assert "\nBcc:" not in message.message().as_string()
    assert message.recipients() == ["ce@example.org"]


@pytest.mark.parametrize(
    "recipient", ["", "nobody", "a@example.org\nBcc: b@example.org", "a@b.org, c@d.org"]
)
def test_a_recipient_that_is_no_address_fails_in_the_register_and_stops_nothing(
    recipient: str, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True) as callbacks:
        record = queue_mail("submitted", recipient, "Reçue", "…")

    assert callbacks == []
    assert mail.outbox == []
    assert record.outcome == MailRecord.Outcome.FAILED
    assert record.error


def test_a_long_subject_is_cut_to_what_the_register_holds() -> None:
    assert len(queue_mail("submitted", "ce@example.org", "é" * 400, "…").subject) == 255


def test_a_template_gives_the_subject_the_text_and_the_academies_foot(tmp_path: Any) -> None:
    template = tmp_path / "received.txt"
    template.write_text(
        '{% extends "accounts/mail/base.txt" %}{% block subject %}Fiche « {{ title }} »'
        "{% endblock %}{% block body %}Nous avons reçu {{ title }}.{% endblock %}"
    )
    engine = engines["django"].engine
    engine.dirs.append(tmp_path)
    try:
        context = {
            "title": "L’atelier <rouge> & bleu",
            "site_name": "Semaine – Normandie",
            "service": "DRAIO",
            "contact": "contact@example.org",
        }
        subject, body = render_mail("received.txt", context)
        record = queue_template_mail("received", "ce@example.org", "received.txt", context)
    finally:
        engine.dirs.remove(tmp_path)

    assert subject == "Fiche « L’atelier <rouge> & bleu »"
    assert "Nous avons reçu L’atelier <rouge> & bleu." in body
    assert body.index("\n-- \nSemaine – Normandie\nDRAIO\n") > 0
    assert "contact@example.org" in body
    assert (record.subject, record.body) == (subject, body)
