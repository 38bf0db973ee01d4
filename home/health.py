"""Whether the site can answer: what a supervisor or a load balancer asks."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import Error, connection
from django_tasks_db.models import DBTaskResult

LATE_AFTER_SECONDS = 600


@dataclass(frozen=True)
class Health:
    """The state of what the site stands on.

    `oldest_waiting_task_seconds` is the age of the oldest background task that waits for a
    worker, 0 where none waits, nothing where the database does not answer. A worker that is late
    does not make a web process unfit to answer, so only the database decides `is_ready`.
    """

    database: str
    worker: str
    oldest_waiting_task_seconds: int | None

    @property
    def is_ready(self) -> bool:
        """Whether requests may be sent here."""
        return self.database == "ok"

    def as_json(self) -> dict[str, object]:
        """The report, as a supervisor reads it."""
        return {"status": "ok" if self.is_ready else "unavailable", **asdict(self)}


def examine(now: datetime) -> Health:
    """Ask the database, and the queue of tasks how long its oldest has waited at `now`."""
    try:
        connection.ensure_connection()
        oldest = (
            DBTaskResult.objects.ready().order_by("enqueued_at").values_list("enqueued_at").first()
        )
    except Error:
        return Health(database="unavailable", worker="unknown", oldest_waiting_task_seconds=None)
    waited = max(0, int((now - oldest[0]).total_seconds())) if oldest else 0
    worker = "late" if waited > LATE_AFTER_SECONDS else "ok"
    return Health(database="ok", worker=worker, oldest_waiting_task_seconds=waited)
