"""The recueil of an edition, or of a selection of its fiches, as a PDF made by the worker."""

from __future__ import annotations

from uuid import uuid4

from django.core.files.storage import Storage, storages
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .campaign import CampaignPage


class BookletState(models.TextChoices):
    """Where a booklet stands."""

    QUEUED = "queued", _("Waiting")
    RUNNING = "running", _("Being made")
    DONE = "done", _("Ready")
    FAILED = "failed", _("Failed")


def private_storage() -> Storage:
    """The storage that nothing serves without asking."""
    return storages["private"]


def unguessable_name(booklet: Booklet, filename: str) -> str:
    """Where the file is kept."""
    return f"booklets/{uuid4().hex}.pdf"


class Booklet(models.Model):
    """One file: the public fiches of a selection, at a stamp of the catalogue.

    `criteria` is the query string of the selection in its canonical form; `stamp` the number of
    `CatalogueStamp` whose fiches it holds. Another stamp is another booklet.
    """

    campaign = models.ForeignKey(CampaignPage, on_delete=models.CASCADE, related_name="booklets")
    criteria = models.CharField(max_length=1_000, blank=True)
    stamp = models.PositiveBigIntegerField()
    state = models.CharField(
        max_length=10, choices=BookletState.choices, default=BookletState.QUEUED
    )
    asked_at = models.DateTimeField(default=timezone.now)
    progressed_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    pages = models.PositiveIntegerField(default=0)
    error = models.CharField(max_length=255, blank=True)
    file = models.FileField(
        storage=private_storage, upload_to=unguessable_name, max_length=255, blank=True
    )

    class Meta:
        verbose_name = _("booklet")
        verbose_name_plural = _("booklets")
        ordering = ["-asked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "criteria", "stamp"], name="one_booklet_a_selection"
            )
        ]

    def __str__(self) -> str:
        return f"{self.campaign} ({self.criteria or '*'})"
