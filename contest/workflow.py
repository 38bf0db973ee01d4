"""The admission of posters, as a Wagtail workflow of one step."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.utils.translation import gettext, override
from wagtail.models import Workflow, WorkflowTask

from .models import AdmissionTask


def admission_workflow() -> Workflow:
    """The workflow that a deposit starts; made again where it was switched off."""
    return _find() or ensure_workflow()


def _find() -> Workflow | None:
    of_posters = Workflow.objects.active().filter(workflow_tasks__task__admissiontask__isnull=False)
    return of_posters.order_by("pk").first()


@transaction.atomic
def ensure_workflow() -> Workflow:
    """Create the workflow and its step where they are missing."""
    known = _find()
    if known is not None:
        return known
    with override(settings.LANGUAGE_CODE):
        task = AdmissionTask.objects.active().order_by("pk").first()
        if task is None:
            task = AdmissionTask.objects.create(name=gettext("Admission of a poster"))
        workflow = Workflow.objects.create(name=gettext("Poster contest: admission"))
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    return workflow


def ensure_workflow_after_migrating(
    sender: Any, using: str = DEFAULT_DB_ALIAS, **kwargs: Any
) -> None:
    """Make sure of the workflow once the database can hold it, and after each flush."""
    if AdmissionTask._meta.db_table in connections[using].introspection.table_names():
        # A flush gives content types new numbers; the old ones are still cached.
        ContentType.objects.clear_cache()
        ensure_workflow()
