"""The sending of one recorded mail: claimed first, so that it can never leave twice."""

from __future__ import annotations

import smtplib
from collections.abc import Callable
from datetime import timedelta
from enum import Enum

from django.core.mail import EmailMessage
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from .models import MailRecord

Outcome = MailRecord.Outcome

RETRY_DELAYS = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(hours=1),
)
"""The waits between attempts; there is one attempt more than waits."""

ERROR_LENGTH = 255

# Answering machines must not answer, and a bounce must not be answered either.
HEADERS = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}


class Result(Enum):
    """What became of an attempt."""

    SENT = "sent"
    RETRY = "retry"
    FAILED = "failed"
    NOT_MINE = "not mine"


class Undeliverable(Exception):
    """What the text of a mail is made from no longer holds; the message says why."""


def deliver(
    record_id: int, *, write: Callable[[MailRecord], str] | None = None, may_retry: bool = True
) -> tuple[Result, timedelta]:
    """Try once to send a recorded mail.

    No transaction is open while the mail server is spoken to: SQLite has one writer, and the
    site would wait with us. The claim is one conditional UPDATE instead.

    Args:
        write: writes the text where the record keeps none because it carries a secret; may raise
            `Undeliverable`.
        may_retry: whether the caller can try again later.

    Returns:
        What became of it, and how long to wait before the next attempt where there is one.
        `NOT_MINE` means that another worker has it, or that it is done.
    """
    claimed = MailRecord.objects.filter(pk=record_id, outcome=Outcome.QUEUED).update(
        outcome=Outcome.SENDING, attempts=F("attempts") + 1
    )
    if not claimed:
        return Result.NOT_MINE, timedelta()
    record = MailRecord.objects.get(pk=record_id)
    try:
        body = write(record) if write else record.body
        EmailMessage(record.subject, body, to=[record.recipient], headers=HEADERS).send()
    except Undeliverable as error:
        return _settle(record, Outcome.FAILED, str(error))
    except Exception as error:
        transient = is_transient(error)
        text = describe(error, is_secret=write is not None)
        if transient and may_retry and record.attempts <= len(RETRY_DELAYS):
            return _settle(record, Outcome.QUEUED, text)
        _settle(record, Outcome.FAILED, text)
        if not isinstance(error, OSError | ValueError):
            raise
        return Result.FAILED, timedelta()
    return _settle(record, Outcome.SENT, "")


def is_transient(error: Exception) -> bool:
    """Whether the same mail may get through later.

    RFC 5321 §4.2.1: replies in 4xx are for now, those in 5xx for good. A refused password or
    greeting is about our settings, not about the mail: somebody will mend them.
    """
    if isinstance(error, smtplib.SMTPAuthenticationError | smtplib.SMTPHeloError):
        return True
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code < 500 for code, _text in error.recipients.values())
    if isinstance(error, smtplib.SMTPResponseException):
        return error.smtp_code < 500
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return False
    return isinstance(error, OSError)


def describe(error: Exception, *, is_secret: bool) -> str:
    """One line for the register.

    A server that refuses a mail may quote it: of the answer to a mail that carries a secret,
    only the code is kept.
    """
    replies: list[tuple[int, bytes | str]] = []
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        replies = list(error.recipients.values())
    elif isinstance(error, smtplib.SMTPResponseException):
        replies = [(error.smtp_code, error.smtp_error)]
    if replies:
        code, reply = replies[0]
        if is_secret:
            return _("Answer %(code)s of the mail server") % {"code": code}
        text = reply.decode(errors="replace") if isinstance(reply, bytes) else reply
        return f"{code} {' '.join(text.split())}"[:ERROR_LENGTH]
    if isinstance(error, OSError):
        return _("The mail server cannot be reached (%(kind)s)") % {"kind": type(error).__name__}
    return type(error).__name__


def _settle(record: MailRecord, outcome: str, error: str) -> tuple[Result, timedelta]:
    record.outcome = outcome
    record.error = error[:ERROR_LENGTH]
    record.sent_at = timezone.now() if outcome == Outcome.SENT else None
    record.save(update_fields=["outcome", "error", "sent_at"])
    if outcome == Outcome.QUEUED:
        return Result.RETRY, RETRY_DELAYS[record.attempts - 1]
    return (Result.SENT if outcome == Outcome.SENT else Result.FAILED), timedelta()
