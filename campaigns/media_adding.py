"""Adding a file to a fiche that is being written."""

from __future__ import annotations

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
    medium = accept(upload)
    try:
        with transaction.atomic():
            version = latest_version(locked(action))
            held = list(version.media.all())
            if len(held) >= MOST_FILES:
                raise ValidationError(_("Remove a file first: ten files at most."))
            medium.sort_order = len(held)
            version.media = [*held, medium]
            save_draft(version, by=by, expected_revision=version.latest_revision_id, now=now)
    except Exception:
        # The row did not come: neither does its file.
        medium.file.delete(save=False)
        raise
    return version, medium
