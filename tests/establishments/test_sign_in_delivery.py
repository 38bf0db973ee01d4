"""How a sign-in link leaves: over SMTP and the queue, later, or not at all."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread

import pytest
from django.core.management import call_command
from django.db import connection
from django_tasks_db.models import DBTaskResult

from accounts.models import MailRecord, SignInLink
from establishments.sign_in import enterable, prepare_link
from establishments.sign_in_requests import ask_for_link
from tests.establishments.signing_in import NOON
from tests.factories import EstablishmentFactory, make_site
from tests.smtp import Sink

ADDRESS = "203.0.113.9"
State = SignInLink.State


@pytest.mark.django_db(transaction=True)
def test_over_real_smtp_and_the_real_queue_a_link_arrives(
    smtp_sink: Sink, task_queue: None
) -> None:
    school = EstablishmentFactory(academy=make_site())
    ask_for_link(school.uai, school.academy, address=ADDRESS, now=datetime.now(UTC))
    assert smtp_sink.mails == []

    call_command("db_worker", batch=True, interval=0, verbosity=0)

    [received] = smtp_sink.mails
    text = received.get_payload(decode=True).decode()
    found = re.search(r"^http://localhost/espace/connexion/lien/\?jeton=([\w-]+)\r?$", text, re.M)
    assert found
    assert enterable(found[1]) == school
    assert found[1] not in str(list(DBTaskResult.objects.values()))


@pytest.mark.django_db(transaction=True)
def test_while_the_mail_server_is_down_the_link_waits_and_is_made_anew(
    smtp_down: None, task_queue: None
) -> None:
    school = EstablishmentFactory(academy=make_site())
    ask_for_link(school.uai, school.academy, address=ADDRESS, now=datetime.now(UTC))

    call_command("db_worker", batch=True, interval=0, verbosity=0)

    link = SignInLink.objects.get()
    assert (link.state, link.sent_at) == (State.QUEUED, None)
    assert link.mail is not None
    assert (link.mail.outcome, link.mail.attempts) == (MailRecord.Outcome.QUEUED, 1)


@pytest.mark.django_db(transaction=True)
def test_a_link_that_nobody_waits_for_any_more_is_given_up(
    smtp_sink: Sink, task_queue: None
) -> None:
    school = EstablishmentFactory(academy=make_site())
    DBTaskResult.objects.all().delete()
    ask_for_link(school.uai, school.academy, address=ADDRESS, now=datetime.now(UTC))
    call_command("db_worker", batch=True, interval=0, verbosity=0, max_tasks=1)
    late = datetime.now(UTC) - timedelta(minutes=31)
    SignInLink.objects.update(queued_at=late)

    call_command("db_worker", batch=True, interval=0, verbosity=0)

    assert smtp_sink.mails == []
    assert SignInLink.objects.get().state == State.FAILED


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_two_requests_answered_at_once_send_one_mail() -> None:
    school = EstablishmentFactory(academy=make_site())
    links = [SignInLink.objects.create(address_hash="a", requested_at=NOON) for _ in range(2)]
    start, sent = Barrier(2), []

    def answer(link: SignInLink) -> None:
        start.wait()
        sent.append(prepare_link(link.pk, school.uai, school.academy_id, now=NOON))
        connection.close()

    workers = [Thread(target=answer, args=[link]) for link in links]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert sorted(sent) == [False, True]
    assert sorted(SignInLink.objects.values_list("state", flat=True)) == [State.HELD, State.QUEUED]
