"""Requests for a sign-in link: what a stranger may do, how often, and what becomes of each.

Whoever asks learns nothing: asking only records the request, and the worker decides later.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks.base import Task

from .delivery import Result, Undeliverable, deliver
from .links import link_life
from .models import MailRecord, SignInLink, User
from .network import address_hash
from .tasks import can_wait, enqueue_later
from .throttle import (
    ADDRESS_LIMIT,
    ADDRESS_WINDOW,
    HOUR,
    Sending,
    may_send,
    wait_before_asking,
)

State = SignInLink.State


class TooManyRequests(Exception):
    """The network address asked too often; `wait` is how long until it may again."""

    def __init__(self, wait: timedelta) -> None:
        super().__init__(wait)
        self.wait = wait


def record_request(*, address: str, now: datetime, answer: Callable[[int], object]) -> None:
    """Record that somebody at `address` asks for a link, and queue the decision.

    Does the same work whatever was asked for, so that the answer, and the time it takes, tell
    nothing.

    Args:
        answer: queues the decision on the request of that key; called after commit.

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
        transaction.on_commit(lambda: answer(link.pk))


def undecided(link_id: int) -> SignInLink | None:
    """The request `link_id`, its row locked; None where it was decided on already."""
    link = SignInLink.objects.select_for_update(of=("self",)).get(pk=link_id)
    return link if link.state == State.ASKED else None


def refuse(link: SignInLink) -> bool:
    """Note that there is nobody to send `link` to; False, for the caller to hand on."""
    link.state = State.NOBODY
    link.save(update_fields=["state"])
    return False


def decide(
    link: SignInLink, account: User, *, record: Callable[[], MailRecord], now: datetime
) -> bool:
    """Decide on the request `link` for `account`, under a lock that requests for it share.

    Args:
        record: records the mail, without its text, which lets its reader in.

    Returns:
        Whether the mail is to be sent. The row says why not.
    """
    link.user = account
    if not account.is_active:
        link.state = State.NOBODY
    elif not may_send(_sendings(account, now), life=link_life(), now=now):
        link.state = State.HELD
    else:
        link.mail, link.queued_at = record(), now
        is_refused = link.mail.outcome == MailRecord.Outcome.FAILED
        link.state = State.FAILED if is_refused else State.QUEUED
    link.save(update_fields=["user", "state", "queued_at", "mail"])
    return link.state == State.QUEUED


def _sendings(user: User, now: datetime) -> Iterator[Sending]:
    rows = user.sign_in_links.filter(queued_at__gte=now - HOUR - link_life()).values_list(
        "queued_at", "sent_at", "state"
    )
    for queued_at, sent_at, state in rows:
        if queued_at:
            yield Sending(queued_at, sent_at, is_open=state not in {State.SPENT, State.VOID})


def note_made(link: SignInLink, *, now: datetime) -> None:
    """Count `link` as sent from here on, so that whatever voids links meanwhile meets it.

    Raises:
        Undeliverable: it was asked for too long ago.
    """
    if link.queued_at is None or now - link.queued_at > link_life():
        raise Undeliverable(_("Too late: nobody waits for this link any more"))
    SignInLink.objects.filter(pk=link.pk).update(state=State.SENT, sent_at=now)


def send(
    link_id: int, work: Task[Any, Any], *, write: Callable[[SignInLink, datetime], str]
) -> None:
    """Send one sign-in link, made by `write` as it leaves; `work` is the task that calls this."""
    link = SignInLink.objects.select_related("mail").get(pk=link_id)
    if link.mail is None:
        return
    result, wait = deliver(
        link.mail.pk,
        write=lambda _mail: write(link, timezone.now()),
        may_retry=can_wait(work),
    )
    if result is Result.RETRY:
        _note_outcome(link_id, State.QUEUED)
        enqueue_later(work, wait, link_id)
    elif result is Result.FAILED:
        _note_outcome(link_id, State.FAILED)


def _note_outcome(link_id: int, state: str) -> None:
    """Note that the mail of a link waits, or failed for good. One voided meanwhile stays void."""
    waiting = [State.QUEUED, State.SENT]
    SignInLink.objects.filter(pk=link_id, state__in=waiting).update(state=state, sent_at=None)
