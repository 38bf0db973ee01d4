"""Asking for a sign-in link: what a stranger may do, and how often."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from accounts.models import SignInLink
from accounts.network import address_hash
from accounts.throttle import ADDRESS_LIMIT, ADDRESS_WINDOW, wait_before_asking

from .sign_in_tasks import answer_request

if TYPE_CHECKING:
    from .models import Academy


class TooManyRequests(Exception):
    """The network address asked too often; `wait` is how long until it may again."""

    def __init__(self, wait: timedelta) -> None:
        super().__init__(wait)
        self.wait = wait


def ask_for_link(uai: str, academy: Academy, *, address: str, now: datetime) -> None:
    """Record that somebody at `address` asks for a link for the establishment `uai`.

    Does the same work whether or not that establishment exists, is open, has a mailbox or was
    sent a link a moment ago: the worker decides later, so that the answer, and the time it
    takes, tell nothing.

    Raises:
        TooManyRequests: nothing was recorded.
    """
    origin = address_hash(address)
    requests = (
        SignInLink.objects.filter(address_hash=origin, requested_at__gt=now - ADDRESS_WINDOW)
        .order_by("-requested_at")
        .values_list("requested_at", flat=True)[:ADDRESS_LIMIT]
    )
    wait = wait_before_asking(list(requests), now=now)
    if wait:
        raise TooManyRequests(wait)
    with transaction.atomic():
        link = SignInLink.objects.create(address_hash=origin, requested_at=now)
        transaction.on_commit(lambda: answer_request.enqueue(link.pk, uai, academy.pk))
