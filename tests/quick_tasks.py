"""Tasks of the tests: run at once, but for one that costs a third of the time and serves none."""

from __future__ import annotations

from typing import Any

from django_tasks.backends.immediate import ImmediateBackend

UNUSED = "wagtail.tasks.update_reference_index_task"
"""Keeps where an object is used, after each of its changes; no test asks for that."""


class QuickBackend(ImmediateBackend):
    """Runs each task when it is queued, except `UNUSED`."""

    def _execute_task(self, task_result: Any) -> None:
        if task_result.task.module_path != UNUSED:
            super()._execute_task(task_result)
