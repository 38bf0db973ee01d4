"""Asking for a link to a juror's own mailbox."""

from __future__ import annotations

from datetime import datetime

from accounts.link_requests import record_request
from accounts.models import User

from .sign_in_tasks import answer_request


def ask_for_link(email: str, *, address: str, now: datetime) -> None:
    """Record that somebody at the network `address` asks for the link of the juror at `email`.

    Does the same work whether or not there is such a juror; the queue keeps no address that a
    stranger has typed.

    Raises:
        accounts.link_requests.TooManyRequests: nothing was recorded.
    """
    known = User.objects.filter(username=email.strip().lower()).values_list("pk", flat=True).first()
    record_request(
        address=address, now=now, answer=lambda link: answer_request.enqueue(link, known or 0)
    )
