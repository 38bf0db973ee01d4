"""Mails over real SMTP, and what becomes of those that do not get through."""

from __future__ import annotations

import smtplib
from threading import Barrier, Thread
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import connection
from django_tasks_db.models import DBTaskResult

from accounts.delivery import RETRY_DELAYS, Result, deliver, describe, is_transient
from accounts.mailing import queue_mail, record_mail
from accounts.models import MailRecord
from accounts.tasks import send_mail
from tests.smtp import Sink

Outcome = MailRecord.Outcome


def recorded(recipient: str = "ce.0760372s@example.org", body: str = "Bonjour,\n") -> MailRecord:
    return record_mail("submitted", recipient, "Fiche reçue", body)


@pytest.mark.django_db
def test_a_mail_arrives_as_it_was_written(smtp_sink: Sink) -> None:
    record = recorded(body="Élève, établissement : « ça y est » !\n")

    assert deliver(record.pk)[0] is Result.SENT

    [received] = smtp_sink.mails
    assert received["To"] == "ce.0760372s@example.org"
    assert received["Subject"] == "Fiche reçue"
    assert received.get_payload(decode=True).decode().strip() == record.body.strip()


@pytest.mark.django_db
def test_a_refused_recipient_fails_at_once_with_the_servers_words(smtp_sink: Sink) -> None:
    record = recorded("refused@example.org")

    assert deliver(record.pk)[0] is Result.FAILED

    record.refresh_from_db()
    assert record.outcome == Outcome.FAILED
    assert record.error == "550 5.1.1 No such mailbox here"
    assert record.sent_at is None
    assert smtp_sink.mails == []


@pytest.mark.django_db
@pytest.mark.parametrize("recipient", ["ce@example.org", "later@example.org"])
def test_what_may_pass_is_tried_five_times_then_given_up(
    recipient: str, request: pytest.FixtureRequest
) -> None:
    request.getfixturevalue("smtp_down" if recipient.startswith("ce") else "smtp_sink")
    record = recorded(recipient)

    results = [deliver(record.pk) for _attempt in range(6)]

    assert [wait for result, wait in results if result is Result.RETRY] == list(RETRY_DELAYS)
    assert [result for result, _wait in results[4:]] == [Result.FAILED, Result.NOT_MINE]
    record.refresh_from_db()
    assert (record.outcome, record.attempts) == (Outcome.FAILED, 5)
    assert record.error


@pytest.mark.django_db
def test_where_the_queue_cannot_wait_a_mail_fails_at_once(smtp_down: None) -> None:
    record = recorded()

    send_mail.enqueue(record.pk)

    record.refresh_from_db()
    assert (record.outcome, record.attempts) == (Outcome.FAILED, 1)


@pytest.mark.django_db
def test_a_mail_already_sent_is_not_sent_again() -> None:
    record = recorded()

    assert [deliver(record.pk)[0] for _ in range(2)] == [Result.SENT, Result.NOT_MINE]
    assert len(mail.outbox) == 1


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_two_workers_send_one_mail_once(smtp_sink: Sink) -> None:
    record = recorded()
    start, results = Barrier(2), []

    def work() -> None:
        start.wait()
        results.append(deliver(record.pk)[0])
        connection.close()

    workers = [Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert sorted(result.name for result in results) == ["NOT_MINE", "SENT"]
    assert len(smtp_sink.mails) == 1


@pytest.mark.django_db
def test_a_fault_of_ours_is_recorded_and_raised(monkeypatch: pytest.MonkeyPatch) -> None:
    record = recorded()

    def broken(_mail: MailRecord) -> str:
        raise KeyError("oops")

    with pytest.raises(KeyError):
        deliver(record.pk, write=broken)

    record.refresh_from_db()
    assert (record.outcome, record.error) == (Outcome.FAILED, "KeyError")


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (ConnectionRefusedError(), True),
        (TimeoutError(), True),
        (smtplib.SMTPServerDisconnected(), True),
        (smtplib.SMTPAuthenticationError(535, b"no"), True),
        (smtplib.SMTPDataError(451, b"later"), True),
        (smtplib.SMTPDataError(554, b"spam"), False),
        (smtplib.SMTPNotSupportedError(), False),
        (smtplib.SMTPRecipientsRefused({"a@b.fr": (450, b"later")}), True),
        (smtplib.SMTPRecipientsRefused({"a@b.fr": (550, b"no")}), False),
        (ValueError(), False),
    ],
)
def test_only_what_may_get_through_later_is_tried_again(error: Exception, expected: bool) -> None:
    assert is_transient(error) is expected


def test_of_the_answer_to_a_secret_only_the_code_is_kept() -> None:
    error = smtplib.SMTPDataError(554, b"Blocked link https://example.org/?jeton=SECRET")

    assert "SECRET" in describe(error, is_secret=False)
    assert "SECRET" not in describe(error, is_secret=True)
    assert "554" in describe(error, is_secret=True)


@pytest.mark.django_db(transaction=True)
def test_the_worker_sends_what_waits_and_comes_back_for_what_failed(
    smtp_sink: Sink, task_queue: None
) -> None:
    arrives = queue_mail("submitted", "ce@example.org", "Reçue", "Bonjour,")
    waits = queue_mail("submitted", "later@example.org", "Reçue", "Bonjour,")
    assert smtp_sink.mails == []

    call_command("db_worker", batch=True, interval=0, verbosity=0)

    arrives.refresh_from_db()
    waits.refresh_from_db()
    assert [received["To"] for received in smtp_sink.mails] == ["ce@example.org"]
    assert arrives.outcome == Outcome.SENT
    assert (waits.outcome, waits.attempts) == (Outcome.QUEUED, 1)
    later = DBTaskResult.objects.get(status="READY")
    assert later.args_kwargs["args"] == [waits.pk]
    assert later.run_after - waits.queued_at >= RETRY_DELAYS[0]


def test_the_worker_is_told_ids_and_nothing_personal(task_queue: Any, db: None) -> None:
    send_mail.enqueue(recorded().pk)

    kept = str(DBTaskResult.objects.get().args_kwargs)
    assert "example.org" not in kept
