"""Background work of the contest: each task takes ids and leaves the rules to its module."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django_tasks import task
from django_tasks.base import Task

from accounts.tasks import can_wait, enqueue_later

TRIES = 4
WAIT = timedelta(minutes=5)


@task()
def prepare_poster_file(file_id: int, tried: int = 0) -> None:
    """Make the master and the pictures of a file; later again where it took too long."""
    from .preparation import prepare_file

    may_try_again = prepare_file(file_id) and tried + 1 < TRIES and can_wait(prepare_poster_file)
    if may_try_again:
        enqueue_later(prepare_poster_file, WAIT, file_id, tried + 1)


@task()
def remind_establishments(contest_id: int, kind: str, user_id: int) -> None:
    """Write to all whom a reminder concerns."""
    from .reminding import remind_everybody

    remind_everybody(contest_id, kind, user_id)


@task()
def run_print_job(job_id: int) -> None:
    """Make a file for the printer."""
    from .print_running import run

    run(job_id)


@task()
def tell_schools_results(result_id: int) -> None:
    """Write to the establishments what the palmarès says of their posters."""
    from .jury.telling import tell_schools

    tell_schools(result_id)


def queue_at(work: Task[Any, Any], wait: timedelta, *args: int) -> None:
    """Queue `work` to run after `wait`; not at all where the queue cannot wait and has to."""
    if wait <= timedelta(0):
        work.enqueue(*args)
    elif can_wait(work):
        enqueue_later(work, wait, *args)
