"""Sign-in links: made inside the mail, spent once, void when the account changes.

A link carries a signed token that names an account. It dies with the account's next sign-in, with
its e-mail address, with its password and after `SESAME_MAX_AGE` seconds; nothing of it is stored.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from sesame.tokens import create_token, parse_token

from .models import SignInLink, User

SCOPE = "espace"
"""What a token is good for unless its maker says otherwise: the space of establishments.

One made for one scope opens nothing in another.
"""

State = SignInLink.State


def link_life() -> timedelta:
    """How long a link works."""
    return timedelta(seconds=settings.SESAME_MAX_AGE)


def is_of_a_mailbox(account: User) -> bool:
    """Whether `account` is of the kind that links are for: no password, no rights."""
    return not (account.has_usable_password() or account.is_superuser or account.is_staff)


def make_token(user: User, scope: str = SCOPE) -> str:
    """A token that lets its bearer in as `user`, once. Never store it, never log it."""
    token: str = create_token(user, scope)
    return token


def holder_of(token: str, scope: str = SCOPE) -> User | None:
    """The account that `token` lets in, without spending it; None where it is good no more."""
    return _parse(token, scope, _active_user)


def spend(
    token: str, *, admit: Callable[[User], bool], now: datetime, scope: str = SCOPE
) -> User | None:
    """Use `token` up, and every other link of its account with it.

    The account's row is locked: of two requests with one token, the second finds it spent.

    Args:
        admit: whether that account may sign in by a link at all; asked with the row locked.

    Returns:
        The account to open a session for, or None where the token is good no more.
    """
    with transaction.atomic():
        user = _parse(token, scope, _locked_active_user)
        if user is None or not admit(user):
            return None
        # The token is signed with the date of the last sign-in: from here on it is void.
        user.last_login = now
        user.save(update_fields=["last_login"])
        sent = user.sign_in_links.filter(state=State.SENT)
        newest = sent.order_by("-sent_at").first()
        if newest is not None:
            sent.exclude(pk=newest.pk).update(state=State.VOID)
            sent.filter(pk=newest.pk).update(state=State.SPENT, spent_at=now)
        return user


def void_links(user: User) -> None:
    """Record that the links sent to `user` no longer work; the caller changed what signs them."""
    user.sign_in_links.filter(state=State.SENT).update(state=State.VOID)


def _parse(token: str, scope: str, get_user: Callable[[int], User | None]) -> User | None:
    user: User | None = parse_token(token, get_user, scope)
    return user


def _active_user(pk: int) -> User | None:
    return User.objects.filter(pk=pk, is_active=True).first()


def _locked_active_user(pk: int) -> User | None:
    return User.objects.select_for_update().filter(pk=pk, is_active=True).first()
