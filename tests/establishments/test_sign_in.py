"""Asking for a link to the official mailbox, and spending it."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail

from accounts.link_requests import TooManyRequests
from accounts.links import make_token
from accounts.models import MailRecord, SignInLink, User
from establishments.models import Establishment
from establishments.sign_in import account_of, enterable, mask, spend_link
from establishments.sign_in_requests import ask_for_link
from tests.establishments.signing_in import NOON
from tests.factories import AcademyFactory, EstablishmentFactory, UserFactory

ADDRESS = "203.0.113.9"
State = SignInLink.State


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
