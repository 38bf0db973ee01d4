"""Files of fiches that nothing refers to any more: taken off a fiche, or left by a crash.

A file is in use while the fiche's row, or a version that somebody can still open or publish, holds
it: the latest, the public one, and the one that reviewers judge. Older versions are only read as
text, and nothing brings their files back: forms take over files of the latest version only.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Q, QuerySet
from wagtail.models import Revision, WorkflowState

from .models import Action, ActionMedia
from .models.action_rows import FOLDER, private_storage

KEPT_WITHOUT_A_FICHE: Final = timedelta(days=1)
"""A younger file may be that of a form which is being received."""


def unused_files(written_before: datetime) -> list[str]:
    """The files of the storage, written before that instant, that no fiche has any use of."""
    storage = private_storage()
    # Before asking what is in use: a file that comes meanwhile is not even looked at.
    stored = sorted(_stored_files())
    in_use = files_in_use()
    unused = []
    for name in stored:
        if name in in_use:
            continue
        with contextlib.suppress(FileNotFoundError):  # another run has just deleted it
            if storage.get_modified_time(name) < written_before:
                unused.append(name)
    return unused


def files_in_use() -> set[str]:
    """The names of the files that the rows, or the versions that count, refer to."""
    names = set(ActionMedia.objects.order_by().values_list("file", flat=True))
    for rows in _revisions_that_count().values_list("content__media", flat=True).iterator():
        names |= {row["file"] for row in rows or [] if row.get("file")}
    return names


def remove(name: str) -> None:
    """Delete a file that `unused_files` has named.

    Raises:
        ValueError: it is none of a fiche's.
    """
    if not name.startswith(f"{FOLDER}/"):
        raise ValueError(name)
    private_storage().delete(name)


def media_without_files() -> Iterator[ActionMedia]:
    """The files of fiches that the storage has lost: to be restored from a backup."""
    storage = private_storage()
    for medium in ActionMedia.objects.order_by("action", "pk").iterator(chunk_size=500):
        if not storage.exists(medium.file.name or ""):
            yield medium


def _stored_files() -> Iterator[str]:
    storage = private_storage()
    try:
        years, _names = storage.listdir(FOLDER)
    except FileNotFoundError:
        return
    for year in years:
        _folders, names = storage.listdir(f"{FOLDER}/{year}")
        yield from (f"{FOLDER}/{year}/{name}" for name in names)


def _revisions_that_count() -> QuerySet[Revision]:
    path = WorkflowState.objects.filter(
        base_content_type=Action.get_base_content_type(),
        status__in=[WorkflowState.STATUS_IN_PROGRESS, WorkflowState.STATUS_NEEDS_CHANGES],
    )
    judged = path.exclude(current_task_state=None).values("current_task_state__revision")
    return Revision.objects.filter(base_content_type=Action.get_base_content_type()).filter(
        Q(pk__in=Action.objects.exclude(latest_revision=None).values("latest_revision"))
        | Q(pk__in=Action.objects.exclude(live_revision=None).values("live_revision"))
        | Q(pk__in=judged)
        | Q(approved_go_live_at__isnull=False)
    )
