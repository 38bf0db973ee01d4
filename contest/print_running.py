"""Making a file for the printer, in the task worker."""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import IO

from django.core.files import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from home.typesetting.typeset import CannotTypeset

from .diplomas import write_diplomas
from .enums import JobState, PrintKind
from .errors import NothingToPrint
from .models import Poster, PrintJob
from .print_files import write_labels, write_sheets
from .print_jobs import ENDINGS, printable, throw_away

logger = logging.getLogger(__name__)

WRITERS: dict[str, Callable[..., tuple[str, ...]]] = {
    PrintKind.LABELS: write_labels,
    PrintKind.SHEETS: write_sheets,
    PrintKind.DIPLOMAS: write_diplomas,
}


class Superseded(Exception):
    """The job was thrown away while it ran."""


def run(job_id: int, now: datetime | None = None) -> None:
    """Make the file of a job that waits; a failure is noted plainly, for the editor to read.

    Raises:
        Exception: whatever was not foreseen, once it is noted.
    """
    now = now or timezone.now()
    started = PrintJob.objects.filter(pk=job_id, state=JobState.QUEUED).update(
        state=JobState.RUNNING, progressed_at=now
    )
    if not started:
        return
    job = PrintJob.objects.select_related("contest", "category").get(pk=job_id)
    try:
        _make(job, now)
    except Superseded:
        logger.info("Print job %s was thrown away while it ran", job_id)
    except NothingToPrint:
        _fail(job, _("No poster is admitted any more."))
    except CannotTypeset as error:
        logger.error("Print job %s failed: %s", job_id, error)
        _fail(job, _("The file could not be laid out. Ask the site’s administrator."))
    except Exception:
        _fail(job, _("Something went wrong. Try again, or ask the site’s administrator."))
        raise


def _make(job: PrintJob, now: datetime) -> None:
    posters = list(printable(job.contest, job.category, now))
    if not posters:
        raise NothingToPrint
    _note(job, total=len(posters), done=0)
    with tempfile.TemporaryFile() as target:
        missing = WRITERS[job.kind](
            target, posters, contest=job.contest, progress=lambda done: _note(job, done=done)
        )
        target.seek(0)
        _finish(job, target, posters, missing)


def _note(job: PrintJob, **values: int) -> None:
    """Write down how far `job` is.

    Raises:
        Superseded: it was thrown away meanwhile.
    """
    running = PrintJob.objects.filter(pk=job.pk, state=JobState.RUNNING)
    if not running.update(progressed_at=timezone.now(), **values):
        raise Superseded


def _finish(
    job: PrintJob, content: IO[bytes], posters: Iterable[Poster], missing: Iterable[str]
) -> None:
    keys = {poster.pk for poster in posters}
    told = _("Could not be prepared: %(names)s.") % {"names": ", ".join(missing)}
    job.file.save(f"file.{ENDINGS[job.kind]}", File(content), save=False)
    try:
        with transaction.atomic():
            finished = PrintJob.objects.filter(pk=job.pk, state=JobState.RUNNING).update(
                state=JobState.DONE,
                file=job.file.name,
                done=len(keys),
                finished_at=timezone.now(),
                error=told[:255] if missing else "",
            )
            # The row is ours now: whoever takes a poster off after this throws the file away.
            still_shown = printable(job.contest, job.category).filter(pk__in=keys).count()
            if not finished or still_shown != len(keys):
                raise Superseded
    except BaseException as error:
        job.file.delete(save=False)
        if isinstance(error, Superseded):
            throw_away(job.contest, only=job)
        raise


def _fail(job: PrintJob, told: str) -> None:
    PrintJob.objects.filter(pk=job.pk, state=JobState.RUNNING).update(
        state=JobState.FAILED, error=told, finished_at=timezone.now()
    )
