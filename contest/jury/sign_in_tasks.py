"""Background work of the jurors' sign-in; the token never leaves the mail."""

from __future__ import annotations

from django.utils import timezone
from django_tasks import task

from accounts import link_requests

from . import sign_in


@task()
def answer_request(link_id: int, account_id: int) -> None:
    """Decide on one request for a link and, where there is to be one, send it."""
    if sign_in.prepare_link(link_id, account_id, now=timezone.now()):
        send_link.enqueue(link_id)


@task()
def send_link(link_id: int) -> None:
    """Send one sign-in link, made as it leaves."""
    link_requests.send(link_id, send_link, write=sign_in.write_mail)
