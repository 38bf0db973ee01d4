"""Background work on establishments: each task takes ids and leaves the rules to its module."""

from __future__ import annotations

from django_tasks import task

from .uploads import run_upload


@task()
def import_uploaded_directory(import_id: int) -> None:
    """Import an export of the annuaire handed in through the admin."""
    run_upload(import_id)
