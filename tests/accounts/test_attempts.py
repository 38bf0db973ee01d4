"""Passwords cannot be guessed at will, and nobody is kept out by those who try."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from accounts.attempts import PASSWORDS, PASSWORDS_OF_ADDRESS, Limit
from accounts.models import User
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
HERE, ELSEWHERE = "192.0.2.1", "198.51.100.7"
TOO_MANY = "Trop de tentatives"


@pytest.fixture
def person() -> User:
    user: User = UserFactory(username="lou@example.org", is_superuser=True)
    return user


def sign_in(account: str, password: str, address: str = HERE) -> Any:
    data = {"username": account, "password": password}
    return Client().post("/admin/login/", data, REMOTE_ADDR=address)


def fail(times: int, account: str, address: str = HERE) -> Any:
    for _ in range(times):
        response = sign_in(account, "faux", address)
    return response


def test_after_five_wrong_passwords_the_right_one_waits_too(person: User) -> None:
    with time_machine.travel(NOW, tick=False):
        assert TOO_MANY not in fail(5, person.username).content.decode()

        response = sign_in("LOU@example.org", "secret")

    assert response.status_code == 200
    assert "Trop de tentatives. Réessayez dans 15 minutes." in response.content.decode()


def test_the_wait_ends(person: User) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        fail(9, person.username)
        clock.shift(timedelta(minutes=14, seconds=30))
        assert "dans 1 minute." in sign_in(person.username, "secret").content.decode()
        clock.shift(timedelta(minutes=1))
        assert sign_in(person.username, "secret").status_code == 302


def test_a_stranger_elsewhere_keeps_nobody_out(person: User) -> None:
    fail(9, person.username, ELSEWHERE)

    assert sign_in(person.username, "secret").status_code == 302


def test_an_account_that_does_not_exist_waits_like_any_other() -> None:
    assert TOO_MANY in fail(6, "personne@example.org").content.decode()


def test_one_address_cannot_try_account_after_account(person: User) -> None:
    for number in range(PASSWORDS_OF_ADDRESS.most):
        assert TOO_MANY not in sign_in(f"p{number}@example.org", "faux").content.decode()

    assert TOO_MANY in sign_in(person.username, "secret").content.decode()
    assert sign_in(person.username, "secret", ELSEWHERE).status_code == 302


def test_signing_in_forgets_the_mistakes_before(person: User) -> None:
    for _ in range(3):
        fail(4, person.username)
        assert sign_in(person.username, "secret").status_code == 302


def test_people_who_sign_in_do_not_use_up_their_address(person: User) -> None:
    for _ in range(PASSWORDS_OF_ADDRESS.most + 1):
        response = Client().post(
            "/admin/login/", {"username": person.username, "password": "secret"}
        )

    assert response.status_code == 302


def test_a_limit_counts_each_thing_apart() -> None:
    limit = Limit("essai", 1, timedelta(minutes=2))

    assert limit.count("a", "b", now=NOW) == timedelta()
    assert limit.count("ab", now=NOW) == timedelta()
    assert limit.count("a", "b", now=NOW) == timedelta(minutes=2)
    assert not PASSWORDS.count("a", "b", now=NOW)


def test_an_account_receives_three_password_mails_an_hour(
    person: User, mailoutbox: list[Any]
) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        for _ in range(5):
            response = Client().post("/admin/password_reset/", {"email": person.email})
            assert response.status_code == 302
        assert len(mailoutbox) == 3

        clock.shift(timedelta(hours=1, seconds=1))
        Client().post("/admin/password_reset/", {"email": person.email})
        assert len(mailoutbox) == 4


def test_the_second_sign_in_form_of_wagtail_leads_to_the_one_that_counts() -> None:
    response = Client().post("/_util/login/?next=/a/", {"username": "a", "password": "b"})

    assert response.status_code == 302
    assert response["Location"] == "/admin/login/?next=/a/"
