"""Adding a file to a fiche that is being written, or to its follow-up."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from .drafts import latest_version, locked, require_writable, save_draft
from .media_files import MOST_FILES, accept

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

    from accounts.models import User

    from .models import Action, ActionMedia


def add_file(
    action: Action, upload: UploadedFile, *, by: User, now: datetime
) -> tuple[Action, ActionMedia]:
    """Keep a file at once as a row of the fiche's latest version, whatever the form is worth.

    Nothing else of the version changes, so that nobody's text is overwritten.

    Returns:
        The version that holds it, and its row.

    Raises:
        NotAllowed: as `campaigns.drafts.save_draft`.
        CallClosed: as `campaigns.drafts.save_draft`.
        OutOfTurn: as `campaigns.drafts.save_draft`.
        ValidationError: the file is not accepted, or there are enough.
    """
    require_writable(action, by=by, now=now)
    with received(upload) as medium, transaction.atomic():
        version = latest_version(locked(action))
        put_beside(version, medium)
        save_draft(version, by=by, expected_revision=version.latest_revision_id, now=now)
    return version, medium


@contextmanager
def received(upload: UploadedFile) -> Iterator[ActionMedia]:
    """The row of a file that was sent, while it is given to a version.

    Raises:
        ValidationError: the file is not accepted.
    """
    medium = accept(upload)
    try:
        yield medium
    except Exception:
        # The row did not come: neither does its file.
        medium.file.delete(save=False)
        raise


def put_beside(version: Action, medium: ActionMedia) -> None:
    """Give one more file to `version`, in memory.

    Raises:
        ValidationError: there are enough.
    """
    held = list(version.media.all())
    if len(held) >= MOST_FILES:
        raise ValidationError(_("Remove a file first: ten files at most."))
    medium.sort_order = len(held)
    version.media = [*held, medium]
