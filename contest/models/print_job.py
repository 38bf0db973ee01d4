"""Files for the printer, prepared by the task worker."""

from __future__ import annotations

from uuid import uuid4

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contest.enums import UNFINISHED_JOBS, JobState, PrintKind

from .contest_page import ContestPage
from .contest_rows import Category

FOLDER = "posters-to-print"


def private_storage() -> Storage:
    """The storage that nothing serves without asking who wants it."""
    return storages["private"]


def unguessable_name(job: PrintJob, filename: str) -> str:
    """Where the file is kept: random, with the ending that tells its kind."""
    return f"{FOLDER}/{uuid4().hex}.{filename.rpartition('.')[2]}"


class PrintJob(models.Model):
    """Labels or A3 sheets asked for by an editor: of one category, or of all where it is None."""

    contest = models.ForeignKey(ContestPage, on_delete=models.CASCADE, related_name="print_jobs")
    kind = models.CharField(_("content"), max_length=10, choices=PrintKind.choices)
    category = models.ForeignKey(
        Category,
        verbose_name=_("category"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
    )
    state = models.CharField(
        _("state"), max_length=10, choices=JobState.choices, default=JobState.QUEUED
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    asked_at = models.DateTimeField(_("asked for"), default=timezone.now)
    progressed_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    error = models.CharField(max_length=255, blank=True)
    file = models.FileField(
        storage=private_storage, upload_to=unguessable_name, max_length=255, blank=True
    )

    class Meta:
        verbose_name = _("file to print")
        verbose_name_plural = _("files to print")
        ordering = ["-asked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["contest", "kind"],
                condition=Q(state__in=UNFINISHED_JOBS),
                name="one_print_job_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} – {self.contest}"
