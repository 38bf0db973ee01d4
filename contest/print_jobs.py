"""Files for the printer: labels, A3 sheets and diplomas of the posters, made in the background.

A file may hold a poster that leaves the site later. As soon as one does, every file of its contest
is thrown away, ready or on its way: the editor asks again.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.db.models import Max, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.signals import unpublished

from . import access
from .enums import UNFINISHED_JOBS, JobState, PrintKind
from .errors import NoPalmares, NotAllowed, NothingToPrint
from .jury.results import standing
from .models import Category, ContestPage, Poster, PrintJob
from .models.print_job import FOLDER, private_storage

if TYPE_CHECKING:
    from accounts.models import User

    from .querysets import PosterQuerySet

ENDINGS: Final[dict[str, str]] = {
    PrintKind.LABELS: "pdf",
    PrintKind.SHEETS: "zip",
    PrintKind.DIPLOMAS: "pdf",
}
"""How the name of a file ends, by what it holds."""

LOST_AFTER = timedelta(minutes=30)
"""Without progress for so long, a job's worker has been stopped."""


def printable(
    contest: ContestPage, category: Category | None = None, now: datetime | None = None
) -> PosterQuerySet:
    """The posters of `contest` that may hang in an exhibition, by number."""
    posters = Poster.objects.admitted(now).filter(contest=contest)
    if category is not None:
        posters = posters.filter(category=category)
    return posters.select_related(
        "establishment__academy__site__root_page", "category", "file"
    ).order_by("number")


def ask(
    contest: ContestPage,
    kind: PrintKind,
    *,
    by: User,
    category: Category | None = None,
    now: datetime | None = None,
) -> PrintJob:
    """Have a file made for the printer, unless one of its kind is on its way already.

    Returns:
        The job, or the one on its way, which may be of another category.

    Raises:
        NotAllowed: `by` does not edit the académie whose contest it is.
        NothingToPrint: no poster is admitted.
        NoPalmares: diplomas are asked for before the palmarès is decided.
    """
    now = now or timezone.now()
    if not access.runs(by, contest):
        raise NotAllowed
    with transaction.atomic():
        ContestPage.objects.select_for_update(of=("self",), no_key=True).get(pk=contest.pk)
        _give_up_lost_jobs(contest, now)
        known = contest.print_jobs.filter(kind=kind, state__in=UNFINISHED_JOBS).first()
        if known is not None:
            return known
        if kind == PrintKind.DIPLOMAS and not standing(contest).exists():
            raise NoPalmares
        total = printable(contest, category, now).count()
        if not total:
            raise NothingToPrint
        job = PrintJob.objects.create(
            contest=contest, kind=kind, category=category, asked_by=by, asked_at=now, total=total
        )
        log(
            instance=contest,
            action="contest.print",
            user=by,
            data={"kind": kind.value, "category": str(category or "")},
        )
        _queue(job)
    return job


def _queue(job: PrintJob) -> None:
    from .tasks import run_print_job

    transaction.on_commit(lambda: run_print_job.enqueue(job.pk))


def _give_up_lost_jobs(contest: ContestPage, now: datetime) -> None:
    PrintJob.objects.filter(
        Q(progressed_at__lt=now - LOST_AFTER)
        | Q(progressed_at=None, asked_at__lt=now - LOST_AFTER),
        contest=contest,
        state__in=UNFINISHED_JOBS,
    ).update(
        state=JobState.FAILED,
        error=_("It was interrupted. Ask for it again."),
        finished_at=now,
    )


def is_downloadable(job: PrintJob, now: datetime) -> bool:
    """Whether the file of `job` is ready and all that it holds may still be shown at `now`."""
    return bool(downloadable_among([job], job.contest, now))


def downloadable_among(
    jobs: Iterable[PrintJob], contest: ContestPage, now: datetime
) -> list[PrintJob]:
    """Those of `jobs`, all of `contest`, whose file may be given at `now`. One query."""
    # Authorisations end by themselves, which no act tells. A file was made without those that had
    # ended by then, so only the last to end matters.
    ended_on: date | None = Poster.objects.filter(
        contest=contest, live=True, attestation_expires_on__lt=timezone.localdate(now)
    ).aggregate(last=Max("attestation_expires_on"))["last"]
    return [
        job
        for job in jobs
        if job.state == JobState.DONE
        and job.file
        and job.finished_at is not None
        and (ended_on is None or ended_on < timezone.localdate(job.finished_at))
    ]


@transaction.atomic
def throw_away(contest: ContestPage, *, only: PrintJob | None = None) -> None:
    """Delete the files of `contest`, ready or on their way, and say why in their stead."""
    jobs = contest.print_jobs.exclude(state=JobState.FAILED)
    if only is not None:
        jobs = jobs.filter(pk=only.pk)
    # Those that wait are locked too: none may start before what takes a poster off is committed.
    begun = [job for job in jobs.select_for_update() if job.state != JobState.QUEUED]
    PrintJob.objects.filter(pk__in=[job.pk for job in begun]).update(
        state=JobState.FAILED,
        file="",
        error=_("A poster has left the site since. Ask for the file again."),
        finished_at=timezone.now(),
    )
    names = [job.file.name for job in begun if job.file.name]
    transaction.on_commit(lambda: _delete_files(names))


def _delete_files(names: Iterable[str]) -> None:
    for name in names:
        private_storage().delete(name)


def _on_unpublished(sender: type, instance: Poster, **kwargs: Any) -> None:
    throw_away(instance.contest)


def connect_signals() -> None:
    """Follow the posters that leave the site, whatever takes them off; called once, when ready."""
    unpublished.connect(_on_unpublished, sender=Poster, dispatch_uid="poster-print-jobs")


def purge_print_jobs(before: datetime) -> int:
    """Delete the jobs asked for before `before`, and files that no job knows; returns how many."""
    old = PrintJob.objects.filter(asked_at__lt=before)
    names = [name for name in old.values_list("file", flat=True) if name]
    count = old.count()
    old.delete()
    _delete_files([*names, *_unknown_files(before)])
    return count


def _unknown_files(before: datetime) -> list[str]:
    """What a crash has left in the folder, written before `before`."""
    storage = private_storage()
    try:
        _folders, names = storage.listdir(FOLDER)
    except FileNotFoundError:
        return []
    known = set(PrintJob.objects.values_list("file", flat=True))
    paths = {f"{FOLDER}/{name}" for name in names} - known
    return [path for path in sorted(paths) if storage.get_modified_time(path) < before]
