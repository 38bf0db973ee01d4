"""Where a fiche stands: the only writer of `Action.status`.

Wagtail's workflow and publication are the truth, with the three ends that they do not know
(refused, withdrawn, archived). The column is their indexed shadow, brought up to date at each of
their signals, so that acts from Wagtail's own views and commands count as much as ours.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.dispatch import Signal
from django.utils import timezone
from wagtail import signals
from wagtail.models import Revision, TaskState, WorkflowState

from .enums import Status
from .models import Action

WORKFLOW_SIGNALS: tuple[Signal, ...] = (
    signals.workflow_submitted,
    signals.workflow_approved,
    signals.workflow_rejected,
    signals.workflow_cancelled,
)
TASK_SIGNALS: tuple[Signal, ...] = (
    signals.task_submitted,
    signals.task_approved,
    signals.task_rejected,
    signals.task_cancelled,
)
PUBLICATION_SIGNALS: tuple[Signal, ...] = (signals.published, signals.unpublished)

ENDS = {
    "archived_at": Status.ARCHIVED,
    "withdrawn_at": Status.WITHDRAWN,
    "refused_at": Status.REFUSED,
}
"""The marks of the ends that Wagtail does not know, the strongest first."""


def derived_status(action: Action) -> Status:
    """What the marks, the workflow and the publication of a row just read say together."""
    for mark, end in ENDS.items():
        if getattr(action, mark) is not None:
            return end
    state = action.workflow_states.active().first()
    if state is not None:
        return _status_in_review(state)
    if action.live:
        return Status.PUBLISHED
    if action.first_published_at is not None:
        # Taken off the site by Wagtail itself: its button, or the end of its dates.
        return Status.WITHDRAWN
    return Status.DRAFT


def _status_in_review(state: WorkflowState) -> Status:
    if state.status == WorkflowState.STATUS_NEEDS_CHANGES:
        return Status.CHANGES_REQUESTED
    # Not `current_task_state`, which Wagtail fills only after it has sent the task's signal.
    with_network = TaskState.objects.filter(
        workflow_state=state,
        status=TaskState.STATUS_IN_PROGRESS,
        task__networkreviewtask__isnull=False,
    ).exists()
    return Status.NETWORK_REVIEW if with_network else Status.ACADEMY_REVIEW


def refresh(pk: int) -> Action:
    """Bring the column of the fiche `pk` up to date, and read the fiche again."""
    with transaction.atomic():
        action = Action.objects.select_related(
            "campaign", "establishment__academy__site", "establishment__network"
        ).get(pk=pk)
        status = derived_status(action)
        if status != action.status:
            action.status = status
            action.status_changed_at = timezone.now()
            Action.objects.filter(pk=pk).update(
                status=status, status_changed_at=action.status_changed_at
            )
    return action


def _on_workflow(sender: type, instance: WorkflowState, **kwargs: Any) -> None:
    _refresh_object(instance.base_content_type_id, instance.object_id)


def _on_task(sender: type, instance: TaskState, **kwargs: Any) -> None:
    state = instance.workflow_state
    _refresh_object(state.base_content_type_id, state.object_id)


def _on_publication(
    sender: type, instance: Action, revision: Revision | None = None, **kwargs: Any
) -> None:
    refreshed = refresh(instance.pk)
    # Wagtail goes on with this instance, and may save it whole.
    instance.status, instance.status_changed_at = refreshed.status, refreshed.status_changed_at


def _refresh_object(content_type_id: int, object_id: str) -> None:
    if content_type_id == Action.get_base_content_type().pk:
        refresh(int(object_id))


def connect_signals() -> None:
    """Follow Wagtail's signals; called once, when the app is ready."""
    for signal in WORKFLOW_SIGNALS:
        signal.connect(_on_workflow, dispatch_uid="action-status")
    for signal in TASK_SIGNALS:
        signal.connect(_on_task, dispatch_uid="action-status")
    for signal in PUBLICATION_SIGNALS:
        signal.connect(_on_publication, sender=Action, dispatch_uid="action-status")
