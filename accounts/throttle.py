"""How often sign-in links may be asked for and sent; pure rules, the instant passed in.

Anybody can ask for a link to any establishment's mailbox, and nothing tells a stranger from a
teacher. So a request may only ever be refused a mail when the mailbox already holds a link that
works and leaves time to be read: then the school loses nothing, and the stranger can neither
keep it out nor flood it. Using a link frees the next one at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

HOUR = timedelta(hours=1)

SPACING = timedelta(minutes=5)
"""Between two mails to one mailbox while the first is unused: the time a mail takes to arrive."""

QUICK_MAILS = 4
"""Mails an hour to one mailbox, beyond which a link is only replaced towards its end."""

TIME_TO_READ = timedelta(minutes=10)
"""What must remain of a link's life for it to serve in place of a new one."""

ADDRESS_LIMIT = 120
"""Requests from one network address in `ADDRESS_WINDOW`: a whole académie may share a proxy."""

ADDRESS_WINDOW = timedelta(minutes=10)


@dataclass(frozen=True)
class Sending:
    """A mail with a sign-in link: when it was accepted, when the link in it was made.

    `sent_at` is empty for one that waits or failed. `is_open` is false once the link is used or
    void.
    """

    queued_at: datetime
    sent_at: datetime | None
    is_open: bool


def may_send(sendings: Iterable[Sending], *, life: timedelta, now: datetime) -> bool:
    """Whether a new link goes to a mailbox that received `sendings`, which live for `life`."""
    sendings = list(sendings)
    if any(sending.is_open and now - sending.queued_at < SPACING for sending in sendings):
        return False
    made = [(sending.sent_at, sending.is_open) for sending in sendings if sending.sent_at]
    holds_a_link = any(is_open and now - at <= life - TIME_TO_READ for at, is_open in made)
    return not holds_a_link or sum(now - at < HOUR for at, _ in made) < QUICK_MAILS


def wait_before_asking(requests: Sequence[datetime], *, now: datetime) -> timedelta:
    """How long one network address has to wait after `requests`; zero where it need not."""
    recent = sorted(at for at in requests if now - at < ADDRESS_WINDOW)
    if len(recent) < ADDRESS_LIMIT:
        return timedelta()
    return recent[-ADDRESS_LIMIT] + ADDRESS_WINDOW - now
