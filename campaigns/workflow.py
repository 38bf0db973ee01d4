"""The two ways through the review: visa of the network then publication, or publication alone.

Both are Wagtail workflows, told apart by their tasks, so that an administrator may rename them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.utils.translation import gettext, override
from wagtail.models import Task, Workflow, WorkflowTask

from .models import AcademyReviewTask, NetworkReviewTask

if TYPE_CHECKING:
    from .models import Action


def needs_visa(action: Action) -> bool:
    """Whether the network's leads see the fiche first.

    They do where the edition wants it and the establishment's network has a lead who can sign in.
    """
    network = action.establishment.network
    return (
        action.campaign.network_review
        and network is not None
        and network.leads.filter(is_active=True).exists()
    )


def workflow_for(action: Action) -> Workflow:
    """The workflow that the fiche's next hand-in starts."""
    return review_workflow(with_visa=needs_visa(action))


def review_workflow(*, with_visa: bool) -> Workflow:
    """The workflow with, or without, the network's visa; made again where it was switched off."""
    return _find(with_visa=with_visa) or ensure_workflows()[with_visa]


def _find(*, with_visa: bool) -> Workflow | None:
    of_fiches = Workflow.objects.active().filter(
        workflow_tasks__task__academyreviewtask__isnull=False
    )
    with_network = Workflow.objects.filter(
        workflow_tasks__task__networkreviewtask__isnull=False
    ).values("pk")
    if with_visa:
        return of_fiches.filter(pk__in=with_network).order_by("pk").first()
    return of_fiches.exclude(pk__in=with_network).order_by("pk").first()


@transaction.atomic
def ensure_workflows() -> dict[bool, Workflow]:
    """Create the two workflows and their tasks where they are missing; by `with_visa`."""
    with override(settings.LANGUAGE_CODE):
        network = _ensure_task(NetworkReviewTask, gettext("Visa of the network"))
        academy = _ensure_task(AcademyReviewTask, gettext("Publication by the académie"))
        return {
            True: _find(with_visa=True)
            or _create(gettext("Fiche-action: visa, then publication"), network, academy),
            False: _find(with_visa=False) or _create(gettext("Fiche-action: publication"), academy),
        }


def _ensure_task(model: type[Task], name: str) -> Task:
    task = model.objects.active().order_by("pk").first()
    return task if task is not None else model.objects.create(name=name)


def _create(name: str, *tasks: Task) -> Workflow:
    workflow = Workflow.objects.create(name=name)
    for order, task in enumerate(tasks):
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=order)
    return workflow


def ensure_workflows_after_migrating(
    sender: Any, using: str = DEFAULT_DB_ALIAS, **kwargs: Any
) -> None:
    """Make sure of the workflows once the database can hold them, and after each flush."""
    tables = connections[using].introspection.table_names()
    if NetworkReviewTask._meta.db_table in tables:
        # A flush gives content types new numbers; the old ones are still cached.
        ContentType.objects.clear_cache()
        ensure_workflows()
