"""Background work of sign-in; tasks take ids, the token never leaves the mail."""

from __future__ import annotations

from django.utils import timezone
from django_tasks import task

from accounts.delivery import Result, deliver
from accounts.models import SignInLink
from accounts.tasks import can_wait, enqueue_later

from . import sign_in


@task()
def answer_request(link_id: int, uai: str, academy_id: int) -> None:
    """Decide on one request for a link and, where there is to be one, send it."""
    if sign_in.prepare_link(link_id, uai, academy_id, now=timezone.now()):
        send_link.enqueue(link_id)


@task()
def send_link(link_id: int) -> None:
    """Send one sign-in link, made as it leaves."""
    link = SignInLink.objects.select_related("mail").get(pk=link_id)
    if link.mail is None:
        return
    result, wait = deliver(
        link.mail.pk,
        write=lambda _mail: sign_in.write_link_mail(link, now=timezone.now()),
        may_retry=can_wait(send_link),
    )
    if result is Result.RETRY:
        sign_in.record_outcome(link_id, SignInLink.State.QUEUED)
        enqueue_later(send_link, wait, link_id)
    elif result is Result.FAILED:
        sign_in.record_outcome(link_id, SignInLink.State.FAILED)
