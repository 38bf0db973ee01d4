"""Background work on accounts: each task takes ids and leaves the rules to its module."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone
from django_tasks import task
from django_tasks.base import Task

from .delivery import Result, deliver


@task()
def send_mail(record_id: int) -> None:
    """Send one recorded mail, and come back later where the mail server is out of reach."""
    result, wait = deliver(record_id, may_retry=can_wait(send_mail))
    if result is Result.RETRY:
        enqueue_later(send_mail, wait, record_id)


def can_wait(work: Task[Any, Any]) -> bool:
    """Whether the queue of `work` can run it later than now."""
    return work.get_backend().supports_defer


def enqueue_later(work: Task[Any, Any], wait: timedelta, *args: int) -> None:
    """Queue `work`, to run after `wait`."""
    work.using(run_after=timezone.now() + wait).enqueue(*args)
