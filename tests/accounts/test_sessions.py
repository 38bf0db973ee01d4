"""Sessions of establishments."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth import get_user
from django.contrib.sessions.backends.db import SessionStore
from django.test import RequestFactory

from accounts.links import holder_of, make_token
from accounts.models import User
from accounts.sessions import HasPassword, end_every_session, open_session
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

MORNING = datetime(2026, 3, 2, 7, tzinfo=UTC)


@pytest.fixture
def account() -> User:
    user = User(username="0760372s", email="ce.0760372s@example.org")
    user.set_unusable_password()
    user.save()
    return user


def request_with(session: SessionStore) -> Any:
    request = RequestFactory().get("/espace/")
    request.session = session
    return request


def signed_in(account: User) -> str:
    request = request_with(SessionStore())
    open_session(request, account)
    request.session.save()
    return str(request.session.session_key)


def test_a_session_ends_ten_hours_after_sign_in_however_busy(account: User) -> None:
    with time_machine.travel(MORNING, tick=False):
        key = signed_in(account)
    with time_machine.travel(MORNING + timedelta(hours=9), tick=False):
        busy = SessionStore(key)
        busy["draft"] = 1
        busy.save()
    with time_machine.travel(MORNING + timedelta(hours=10, seconds=-1), tick=False):
        assert get_user(request_with(SessionStore(key))) == account
    with time_machine.travel(MORNING + timedelta(hours=10, seconds=1), tick=False):
        assert get_user(request_with(SessionStore(key))).is_anonymous


def test_signing_in_changes_the_key_of_the_session(account: User) -> None:
    session = SessionStore()
    session.create()
    before = session.session_key
    request = request_with(session)

    open_session(request, account)

    assert request.session.session_key != before


def test_ending_every_session_ends_them_and_voids_the_links(account: User) -> None:
    keys = [signed_in(account) for _ in range(2)]
    account.refresh_from_db()
    token = make_token(account)

    end_every_session(account)

    assert all(get_user(request_with(SessionStore(key))).is_anonymous for key in keys)
    assert holder_of(token) is None


def test_a_person_is_not_locked_out_of_their_password() -> None:
    person = UserFactory()

    with pytest.raises(HasPassword):
        end_every_session(person)

    person.refresh_from_db()
    assert person.check_password("secret")
