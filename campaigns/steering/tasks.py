"""Background work of steering: each task takes ids and leaves the rules to its module."""

from __future__ import annotations

from django_tasks import task


@task()
def remind_silent(edition_id: int, user_id: int, role: str, query: str) -> None:
    """Write to the establishments that have not answered, those that `query` keeps."""
    from campaigns.answer_reminders import remind_listed

    remind_listed(edition_id, user_id, role, query)
