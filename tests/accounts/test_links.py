"""Sign-in links: what they are good for, and until when."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import sesame.utils
import time_machine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.links import SCOPE, holder_of, link_life, make_token, spend, void_links
from accounts.models import SignInLink, User
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 2, 11, tzinfo=UTC)
State = SignInLink.State


def admit_all(_account: User) -> bool:
    return True


@pytest.fixture
def account() -> User:
    user = User(username="0760372s", email="ce.0760372s@example.org")
    user.set_unusable_password()
    user.save()
    return user


def test_a_token_names_its_account_as_often_as_one_looks(account: User) -> None:
    token = make_token(account)

    assert holder_of(token) == holder_of(token) == account


def test_a_token_is_spent_once(account: User) -> None:
    token = make_token(account)

    assert spend(token, admit=admit_all, now=NOON) == account
    assert spend(token, admit=admit_all, now=NOON) is None
    assert holder_of(token) is None


def test_spending_one_link_voids_the_others(account: User) -> None:
    first, second = make_token(account), make_token(account)
    for minutes in (6, 0):
        SignInLink.objects.create(
            user=account, state=State.SENT, sent_at=NOON - timedelta(minutes=minutes)
        )

    spend(first, admit=admit_all, now=NOON)

    assert holder_of(second) is None
    assert sorted(SignInLink.objects.values_list("state", "spent_at")) == [
        (State.SPENT, NOON),
        (State.VOID, None),
    ]


def test_a_token_that_is_not_admitted_is_not_spent(account: User) -> None:
    token = make_token(account)

    assert spend(token, admit=lambda _account: False, now=NOON) is None
    assert holder_of(token) == account


@pytest.mark.parametrize(("age", "works"), [(-1, True), (0, False), (60, False)])
def test_a_token_lives_half_an_hour(account: User, age: int, works: bool) -> None:
    with time_machine.travel(NOON, tick=False):
        token = make_token(account)
    with time_machine.travel(NOON + link_life() + timedelta(seconds=age), tick=False):
        assert (holder_of(token) is not None) is works

    assert link_life() == timedelta(minutes=30)


@pytest.mark.parametrize("scope", ["", "jury", SCOPE + "x"])
def test_a_token_made_for_something_else_opens_nothing(account: User, scope: str) -> None:
    token = sesame.utils.get_token(account, scope=scope)

    assert holder_of(token) is None
    assert spend(token, admit=admit_all, now=NOON) is None


@pytest.mark.parametrize("change", ["email", "password", "is_active"])
def test_a_change_of_the_account_voids_its_links(account: User, change: str) -> None:
    token = make_token(account)
    if change == "email":
        account.email = "other@example.org"
    elif change == "password":
        account.set_unusable_password()
    else:
        account.is_active = False
    account.save()

    assert holder_of(token) is None
    assert spend(token, admit=admit_all, now=NOON) is None


@settings(
    max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(token=st.one_of(st.text(max_size=80), st.from_regex(r"[A-Za-z0-9_-]{1,60}", fullmatch=True)))
def test_whatever_is_sent_in_place_of_a_token_opens_nothing(token: str) -> None:
    assert holder_of(token) is None


def test_voiding_leaves_what_is_used_or_not_sent_yet() -> None:
    user = UserFactory()
    for state in (State.QUEUED, State.SENT, State.SPENT):
        SignInLink.objects.create(user=user, state=state)

    void_links(user)

    assert sorted(SignInLink.objects.values_list("state", flat=True)) == sorted(
        [State.QUEUED, State.SPENT, State.VOID]
    )
