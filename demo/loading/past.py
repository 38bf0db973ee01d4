"""Lets what is done now have happened then.

The verbs of the site stamp their records with the clock. The demo needs a past: each act is done
for real, then the stamps it left are set to the instant at which it is told to have happened.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, Final

from django.db.models import Max, Model
from wagtail.models import (
    ModelLogEntry,
    Page,
    PageLogEntry,
    Revision,
    TaskState,
    WorkflowState,
)

from accounts.models import MailRecord
from campaigns.models import Action

STAMPS: Final[dict[type[Model], tuple[str, ...]]] = {
    Revision: ("created_at",),
    ModelLogEntry: ("timestamp",),
    PageLogEntry: ("timestamp",),
    WorkflowState: ("created_at",),
    TaskState: ("started_at", "finished_at"),
    MailRecord: ("queued_at",),
    Page: ("first_published_at", "last_published_at", "latest_revision_created_at"),
}
"""What a new row of each model is stamped with."""

STAMPS_OF_PAGE: Final = STAMPS[Page]
STAMPS_OF_ACTION: Final = (
    "first_published_at",
    "last_published_at",
    "status_changed_at",
    "submitted_at",
    "refused_at",
    "withdrawn_at",
    "archived_at",
)
"""What an act may stamp a page, or a fiche, that was there before."""


@contextmanager
def happening_at(at: datetime, subject: Action | Page | None = None) -> Iterator[None]:
    """What is recorded inside, and what is stamped on `subject`, happened at `at`."""
    newest = {model: _newest(model) for model in STAMPS}
    unfinished = list(
        TaskState.objects.filter(finished_at=None).values_list("pk", flat=True).order_by()
    )
    before = _stamps_of(subject)
    yield
    for model, names in STAMPS.items():
        for name in names:
            model._base_manager.filter(pk__gt=newest[model], **{f"{name}__isnull": False}).update(
                **{name: at}
            )
    TaskState.objects.filter(pk__in=unfinished, finished_at__isnull=False).update(finished_at=at)
    if subject is not None:
        after = _stamps_of(subject)
        changed = {name: at for name in after if after[name] and after[name] != before[name]}
        if changed:
            type(subject)._default_manager.filter(pk=subject.pk).update(**changed)


def _newest(model: type[Model]) -> int:
    newest: int | None = model._base_manager.aggregate(newest=Max("pk"))["newest"]
    return newest or 0


def _stamps_of(subject: Action | Page | None) -> dict[str, Any]:
    if subject is None:
        return {}
    names = STAMPS_OF_ACTION if isinstance(subject, Action) else STAMPS_OF_PAGE
    rows: list[dict[str, Any]] = list(
        type(subject)._default_manager.filter(pk=subject.pk).values(*names)
    )
    return rows[0]
