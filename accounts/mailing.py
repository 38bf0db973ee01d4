"""Mails: each is recorded, queued once the transaction is committed, and sent by the worker."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.template.loader import render_to_string

from .models import MailRecord
from .tasks import send_mail

SUBJECT_LENGTH = 255


def queue_mail(
    kind: str, recipient: str, subject: str, body: str, *, scope: str = "", about: str = ""
) -> MailRecord:
    """Record a mail and hand it to the task worker after commit.

    Args:
        kind: what the mail is for, a short code such as "submitted"; the register filters by it.
        scope: the code of the académie whose editors may read the record.
        about: what the mail speaks of, for the register.

    Returns:
        The record. One whose recipient is no address is recorded as failed and never sent: a
        wrong mailbox must not stop the act that the mail announces.
    """
    record = record_mail(kind, recipient, subject, body, scope=scope, about=about)
    if record.outcome == MailRecord.Outcome.QUEUED:
        transaction.on_commit(lambda: send_mail.enqueue(record.pk))
    return record


def queue_template_mail(
    kind: str,
    recipient: str,
    template: str,
    context: Mapping[str, Any],
    *,
    scope: str = "",
    about: str = "",
) -> MailRecord:
    """Record and queue the mail that `template` writes; see `render_mail` and `queue_mail`."""
    subject, body = render_mail(template, context)
    return queue_mail(kind, recipient, subject, body, scope=scope, about=about)


def render_mail(template: str, context: Mapping[str, Any]) -> tuple[str, str]:
    """The subject and the text of a mail.

    `template` extends `accounts/mail/base.txt` and fills its blocks `subject` and `body`. The
    base's footer shows, from the context, `site_name`, `service` and `contact`.
    """
    subject, _, body = render_to_string(template, dict(context)).strip().partition("\n")
    return subject.strip(), body.strip() + "\n"


def record_mail(
    kind: str, recipient: str, subject: str, body: str, *, scope: str = "", about: str = ""
) -> MailRecord:
    """Record a mail without queueing it, for callers with a sending task of their own."""
    record = MailRecord(
        kind=kind,
        scope=scope,
        recipient=recipient.strip()[: MailRecord._meta.get_field("recipient").max_length],
        # One line: a header that the caller's text could continue would be a header injected.
        subject=" ".join(subject.split())[:SUBJECT_LENGTH],
        body=body,
        about=about[:SUBJECT_LENGTH],
    )
    try:
        validate_email(record.recipient)
    except ValidationError as error:
        record.outcome = MailRecord.Outcome.FAILED
        record.error = str(error.message)
    record.save()
    return record
