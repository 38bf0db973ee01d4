"""One import of the directory through the admin, with its progress and its report."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


def private_storage() -> Storage:
    """The storage that nothing serves without a check."""
    return storages["private"]


SILENCE = timedelta(minutes=10)
"""An import that has not moved for so long died with its worker."""


class DirectoryImport(models.Model):
    """A file of the annuaire handed to the task worker, and what became of it."""

    class State(models.TextChoices):
        QUEUED = "queued", _("Waiting")
        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")

    file = models.FileField(_("file"), storage=private_storage, upload_to="directory", blank=True)
    file_name = models.CharField(_("file name"), max_length=200)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.QUEUED)
    bytes_total = models.PositiveBigIntegerField(_("bytes in the file"), default=0)
    bytes_read = models.PositiveBigIntegerField(_("bytes read"), default=0)
    report = models.JSONField(_("report"), default=dict, blank=True)
    error = models.CharField(_("error"), max_length=255, blank=True)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("asked for by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    requested_at = models.DateTimeField(_("asked for at"), default=timezone.now)
    moved_at = models.DateTimeField(_("last progress"), default=timezone.now)
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)

    class Meta:
        verbose_name = _("import of the directory")
        verbose_name_plural = _("imports of the directory")
        ordering = ["-requested_at"]

    def __str__(self) -> str:
        return self.file_name

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen to it."""
        return self.state in {self.State.DONE, self.State.FAILED}

    @property
    def percentage(self) -> int:
        """How much of the file has been read, from 0 to 100."""
        if self.state == self.State.DONE:
            return 100
        return min(100, self.bytes_read * 100 // self.bytes_total) if self.bytes_total else 0

    def is_silent(self, now: datetime) -> bool:
        """Whether it is under way and has not moved for ten minutes at `now`."""
        return self.state == self.State.RUNNING and now - self.moved_at > SILENCE
