"""An export of the annuaire handed in through the admin: kept, imported by the worker, reported."""

from __future__ import annotations

import logging
import time
from typing import TYPE_CHECKING, BinaryIO, cast

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from .annuaire import UnreadableDirectory
from .directory_import import ImportResult, import_directory
from .import_report import report_of
from .models import DirectoryImport

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

    from accounts.models import User

State = DirectoryImport.State
SECONDS_BETWEEN_SAVES = 1.0

logger = logging.getLogger(__name__)


def hand_over(upload: UploadedFile, *, by: User) -> DirectoryImport:
    """Keep `upload` in the private storage and have the task worker import it.

    Administrators only, as the annuaire spans every académie; the caller checks.
    """
    from .tasks import import_uploaded_directory

    with transaction.atomic():
        record = DirectoryImport.objects.create(
            file=upload,
            file_name=(upload.name or "")[:200],
            bytes_total=upload.size or 0,
            requested_by=by,
        )
        transaction.on_commit(lambda: import_uploaded_directory.enqueue(record.pk))
    return record


def run_upload(record_id: int) -> None:
    """Import the file of the record with `record_id`, once, and write down what became of it.

    A second call for the same record does nothing: a queue may deliver a task twice. The file is
    deleted at the end, since the annuaire is public and can be had again.

    Raises:
        Exception: whatever broke the import, once the record says so; the queue logs it.
    """
    now = timezone.now()
    waiting = DirectoryImport.objects.filter(pk=record_id, state=State.QUEUED)
    if not waiting.update(state=State.RUNNING, moved_at=now):
        return
    record = DirectoryImport.objects.get(pk=record_id)
    try:
        result = _import(record)
    except UnreadableDirectory as refusal:
        _close(record, error=str(refusal))
    except Exception:
        _close(record, error=_("The import broke off. What was read before is kept."))
        raise
    else:
        _close(record, result=result)


def _import(record: DirectoryImport) -> ImportResult:
    last_save = time.monotonic()

    def tell(bytes_read: int) -> None:
        nonlocal last_save
        if time.monotonic() - last_save >= SECONDS_BETWEEN_SAVES:
            last_save = time.monotonic()
            DirectoryImport.objects.filter(pk=record.pk).update(
                bytes_read=bytes_read, moved_at=timezone.now()
            )

    with record.file.open("rb") as stream:
        return import_directory(cast("BinaryIO", stream), progress=tell)


def _close(record: DirectoryImport, *, result: ImportResult | None = None, error: str = "") -> None:
    record.state = State.FAILED if result is None else State.DONE
    record.report = {} if result is None else dict(report_of(result))
    record.error = error[:255]
    record.finished_at = record.moved_at = timezone.now()
    if result is not None:
        record.bytes_read = record.bytes_total
    try:
        record.file.delete(save=False)
    except OSError:
        logger.exception("The file of import %s could not be deleted", record.pk)
    record.save()
