"""The rules of sign-in by the official mailbox."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command
from django.db import connection
from django_tasks_db.models import DBTaskResult

from accounts.links import holder_of, make_token
from accounts.models import MailRecord, SignInLink, User
from establishments.models import Academy, Establishment
from establishments.sign_in import (
    AccountConflict,
    account_of,
    enterable,
    mask,
    prepare_link,
    spend_link,
)
from establishments.sign_in_requests import TooManyRequests, ask_for_link
from tests.factories import AcademyFactory, EstablishmentFactory, UserFactory, make_site
from tests.smtp import Sink

NOON = datetime(2026, 3, 2, 11, tzinfo=UTC)
ADDRESS = "203.0.113.9"
State = SignInLink.State


@pytest.fixture
def school(academy: Academy) -> Establishment:
    return EstablishmentFactory(academy=academy, name="Collège du Cap")


@pytest.fixture
def ask(django_capture_on_commit_callbacks: Any) -> Any:
    """Ask for a link, and let the worker answer."""

    def _ask(school: Establishment, *, at: datetime = NOON, uai: str = "") -> SignInLink:
        with (
            time_machine.travel(at, tick=False),
            django_capture_on_commit_callbacks(execute=True),
        ):
            ask_for_link(uai or school.uai, school.academy, address=ADDRESS, now=at)
        return SignInLink.objects.latest("pk")

    return _ask


def token_of(message: Any) -> str:
    found = re.search(r"jeton=([\w-]+)", message.body)
    assert found
    return found[1]


@pytest.mark.django_db
class TestAccount:
    def test_it_is_made_on_first_call_without_password_or_rights(
        self, school: Establishment
    ) -> None:
        account = account_of(school)

        assert (account.username, account.email) == (school.uai.lower(), school.mailbox)
        assert not account.has_usable_password()
        assert not account.is_superuser
        assert account_of(school) == account_of(Establishment.objects.get()) == account

    def test_a_change_of_mailbox_reaches_the_account_and_voids_its_links(
        self, school: Establishment
    ) -> None:
        account = account_of(school)
        link = SignInLink.objects.create(user=account, state=State.SENT, sent_at=NOON)
        token = make_token(account)
        school.mailbox_override = "nouvelle@example.org"
        school.save()

        assert enterable(token) is None

        assert account_of(school).email == "nouvelle@example.org"
        assert holder_of(token) is None
        link.refresh_from_db()
        assert link.state == State.VOID

    @pytest.mark.parametrize("rights", [{"password": "x"}, {"is_superuser": True}])
    def test_a_person_who_bears_the_uai_is_not_taken_over(
        self, school: Establishment, rights: dict[str, Any]
    ) -> None:
        UserFactory(username=school.uai.lower(), **rights)

        with pytest.raises(AccountConflict):
            account_of(school)

    def test_an_account_that_lost_its_establishment_is_found_again(
        self, school: Establishment
    ) -> None:
        account = account_of(school)
        Establishment.objects.update(account=None)

        assert account_of(Establishment.objects.get()) == account


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_two_first_requests_at_once_make_one_account() -> None:
    school = EstablishmentFactory(academy=make_site())
    start = Barrier(2)
    accounts: list[User] = []

    def work() -> None:
        fresh = Establishment.objects.get(pk=school.pk)
        start.wait()
        accounts.append(account_of(fresh))
        connection.close()

    workers = [Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert len(accounts) == 2
    assert accounts[0] == accounts[1] == User.objects.get()


@pytest.mark.django_db
class TestRequest:
    def test_the_link_goes_to_the_official_mailbox_and_lets_in(
        self, school: Establishment, ask: Any
    ) -> None:
        link = ask(school)

        [message] = mail.outbox
        assert message.to == [school.mailbox]
        assert "http://localhost/espace/connexion/lien/?jeton=" in message.body
        assert link.state == State.SENT
        with time_machine.travel(NOON, tick=False):
            assert spend_link(token_of(message), now=NOON) == account_of(school)

    def test_the_register_and_the_queue_never_hold_the_token(
        self, school: Establishment, ask: Any, caplog: pytest.LogCaptureFixture
    ) -> None:
        with caplog.at_level("DEBUG"):
            link = ask(school)

        token = token_of(mail.outbox[0])
        record = MailRecord.objects.get()
        assert record.body == ""
        assert record.scope == school.academy.code
        assert token not in str(vars(record)) + str(vars(link)) + caplog.text

    @pytest.mark.parametrize(
        "change",
        [
            {"is_open": False},
            {"email": ""},
            {"email": "not a mailbox"},
        ],
    )
    def test_no_mail_leaves_where_there_is_nobody_to_send_it_to(
        self, school: Establishment, ask: Any, change: dict[str, Any]
    ) -> None:
        Establishment.objects.update(**change)

        link = ask(school)

        assert mail.outbox == []
        assert link.state in {State.NOBODY, State.FAILED}

    def test_an_unknown_uai_is_recorded_and_nothing_else(
        self, school: Establishment, ask: Any
    ) -> None:
        link = ask(school, uai="0769999Z")

        assert (link.state, link.user) == (State.NOBODY, None)
        assert not User.objects.exists()

    def test_an_establishment_of_another_academie_is_unknown_here(
        self, school: Establishment, ask: Any
    ) -> None:
        other = EstablishmentFactory(academy=AcademyFactory())

        assert ask(school, uai=other.uai).state == State.NOBODY

    def test_an_academie_without_a_site_sends_nothing(self, ask: Any, db: None) -> None:
        assert ask(EstablishmentFactory()).state == State.NOBODY

    def test_an_account_that_was_shut_gets_none(self, school: Establishment, ask: Any) -> None:
        account_of(school)
        User.objects.update(is_active=False)

        assert ask(school).state == State.NOBODY

    def test_a_second_request_within_five_minutes_sends_nothing_and_the_first_link_works(
        self, school: Establishment, ask: Any
    ) -> None:
        ask(school)

        link = ask(school, at=NOON + timedelta(minutes=4))

        assert link.state == State.HELD
        [message] = mail.outbox
        with time_machine.travel(NOON + timedelta(minutes=4), tick=False):
            assert enterable(token_of(message)) == school

    def test_after_five_minutes_or_once_used_another_is_sent(
        self, school: Establishment, ask: Any
    ) -> None:
        ask(school)
        ask(school, at=NOON + timedelta(minutes=5))
        with time_machine.travel(NOON + timedelta(minutes=6), tick=False):
            assert spend_link(token_of(mail.outbox[0]), now=NOON + timedelta(minutes=6))
            assert enterable(token_of(mail.outbox[1])) is None
        ask(school, at=NOON + timedelta(minutes=6))

        assert len(mail.outbox) == 3

    def test_a_stranger_who_asks_all_day_fills_no_mailbox(
        self, school: Establishment, ask: Any
    ) -> None:
        for minute in range(0, 4 * 60, 2):
            ask(school, at=NOON + timedelta(minutes=minute))

        assert len(mail.outbox) <= 4 * 6

    def test_one_address_cannot_ask_without_end(self, school: Establishment, ask: Any) -> None:
        for _ in range(120):
            ask(school)

        with pytest.raises(TooManyRequests) as refusal:
            ask(school)

        assert refusal.value.wait == timedelta(minutes=10)
        assert SignInLink.objects.count() == 120
        ask(school, at=NOON + timedelta(minutes=10))

    def test_https_is_kept_where_the_site_answers_nothing_else(
        self, school: Establishment, ask: Any, settings: Any
    ) -> None:
        settings.SECURE_SSL_REDIRECT = True

        ask(school)

        assert "https://localhost/espace/connexion/lien/" in mail.outbox[0].body


@pytest.mark.django_db
class TestSpending:
    @pytest.mark.parametrize(
        "change",
        [{"is_open": False}, {"mailbox_override": "autre@example.org"}, {"account": None}],
    )
    def test_what_changed_since_the_mail_voids_the_link(
        self, school: Establishment, ask: Any, change: dict[str, Any]
    ) -> None:
        ask(school)
        Establishment.objects.update(**change)

        with time_machine.travel(NOON, tick=False):
            assert enterable(token_of(mail.outbox[0])) is None
            assert spend_link(token_of(mail.outbox[0]), now=NOON) is None

    @pytest.mark.parametrize(
        "rights", [{}, {"is_superuser": True}, {"password": "!", "is_superuser": True}]
    )
    def test_a_link_never_lets_a_person_in(self, rights: dict[str, Any]) -> None:
        assert enterable(make_token(UserFactory(**rights))) is None


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


@pytest.mark.parametrize(
    ("mailbox", "shown"),
    [
        ("ce.0760372s@ac-normandie.fr", "c…s@ac-normandie.fr"),
        ("ab@example.org", "…@example.org"),
        ("x@example.org", "…@example.org"),
    ],
)
def test_a_mailbox_is_shown_masked(mailbox: str, shown: str) -> None:
    assert mask(mailbox) == shown
