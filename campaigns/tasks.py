"""Background work on fiches: each task takes ids and leaves the rules to its module."""

from __future__ import annotations

from django_tasks import task


@task()
def make_booklet(booklet_id: int) -> None:
    """Make a recueil."""
    from .booklet_running import run

    run(booklet_id)
