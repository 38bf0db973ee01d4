"""Asking for a link to an establishment's mailbox."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from accounts.link_requests import record_request

from .sign_in_tasks import answer_request

if TYPE_CHECKING:
    from .models import Academy


def ask_for_link(uai: str, academy: Academy, *, address: str, now: datetime) -> None:
    """Record that somebody at `address` asks for a link for the establishment `uai`.

    Does the same work whether or not that establishment exists, is open, has a mailbox or was
    sent a link a moment ago.

    Raises:
        accounts.link_requests.TooManyRequests: nothing was recorded.
    """
    record_request(
        address=address, now=now, answer=lambda link: answer_request.enqueue(link, uai, academy.pk)
    )
