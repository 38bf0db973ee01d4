"""Where a poster stands: the only writer of `Poster.status`.

Wagtail's workflow and publication are the truth, with the ends that they do not know (refused,
withdrawn, archived). The column is their indexed shadow, brought up to date at each signal.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.models import TaskState, WorkflowState

from campaigns.status import PUBLICATION_SIGNALS, TASK_SIGNALS, WORKFLOW_SIGNALS

from .enums import PosterStatus
from .models import Poster

ENDS = {
    "archived_at": PosterStatus.ARCHIVED,
    "withdrawn_at": PosterStatus.WITHDRAWN,
    "refused_at": PosterStatus.REFUSED,
}
"""The marks of the ends that Wagtail does not know, the strongest first."""


def derived_status(poster: Poster) -> PosterStatus:
    """What the marks, the workflow and the publication of a row just read say together."""
    for mark, end in ENDS.items():
        if getattr(poster, mark) is not None:
            return end
    state = poster.workflow_states.active().first()
    if state is not None:
        is_returned = state.status == WorkflowState.STATUS_NEEDS_CHANGES
        return PosterStatus.RETURNED if is_returned else PosterStatus.SUBMITTED
    return PosterStatus.ADMITTED if poster.live else PosterStatus.DRAFT


def refresh(pk: int) -> Poster:
    """Bring the column of the poster `pk` up to date, and read the poster again."""
    with transaction.atomic():
        poster = Poster.objects.select_related(
            "contest", "establishment__academy__site", "file", "category"
        ).get(pk=pk)
        status = derived_status(poster)
        if status != poster.status:
            poster.status = status
            poster.status_changed_at = timezone.now()
            Poster.objects.filter(pk=pk).update(
                status=status, status_changed_at=poster.status_changed_at
            )
    return poster


def _on_workflow(sender: type, instance: WorkflowState, **kwargs: Any) -> None:
    _refresh_object(instance.base_content_type_id, instance.object_id)


def _on_task(sender: type, instance: TaskState, **kwargs: Any) -> None:
    state = instance.workflow_state
    _refresh_object(state.base_content_type_id, state.object_id)


def _on_publication(sender: type, instance: Poster, **kwargs: Any) -> None:
    refreshed = refresh(instance.pk)
    # Wagtail goes on with this instance, and may save it whole.
    instance.status, instance.status_changed_at = refreshed.status, refreshed.status_changed_at


def _refresh_object(content_type_id: int, object_id: str) -> None:
    if content_type_id == Poster.get_base_content_type().pk:
        refresh(int(object_id))


def connect_signals() -> None:
    """Follow Wagtail's signals; called once, when the app is ready."""
    for signal in WORKFLOW_SIGNALS:
        signal.connect(_on_workflow, dispatch_uid="poster-status")
    for signal in TASK_SIGNALS:
        signal.connect(_on_task, dispatch_uid="poster-status")
    for signal in PUBLICATION_SIGNALS:
        signal.connect(_on_publication, sender=Poster, dispatch_uid="poster-status")
