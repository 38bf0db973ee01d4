"""What comes of a contest: the prizes that the commission gives, and each published palmarès."""

from __future__ import annotations

from uuid import uuid4

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .contest_page import ContestPage
from .contest_rows import Category, Prize
from .poster import Poster

FOLDER = "results"


def private_storage() -> Storage:
    """The storage that nothing serves without asking who wants it."""
    return storages["private"]


def unguessable_name(result: Result, filename: str) -> str:
    """Where an archive is kept: its name says nothing before the results are out."""
    return f"{FOLDER}/{uuid4().hex}.zip"


class Award(models.Model):
    """A prize that the commission gives by hand, beside those that follow from the places.

    A special prize, a coup de cœur, an ex æquo: always with its reason, which is published.
    """

    contest = models.ForeignKey(ContestPage, on_delete=models.PROTECT, related_name="awards")
    prize = models.ForeignKey(
        Prize, verbose_name=_("prize"), on_delete=models.PROTECT, related_name="awards"
    )
    poster = models.ForeignKey(
        Poster, verbose_name=_("poster"), on_delete=models.PROTECT, related_name="awards"
    )
    reason = models.CharField(_("reason"), max_length=400)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("award of the commission")
        verbose_name_plural = _("awards of the commission")
        ordering = ["prize__sort_order", "prize", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["prize", "poster"], name="one_award_a_poster"),
        ]

    def __str__(self) -> str:
        return f"{self.prize} – {self.poster}"


class Result(models.Model):
    """One version of a contest's palmarès, decided by one act and public from `published_at` on.

    Never changed: a correction is the next version, with a `note` that says what it corrects, and
    this one stays readable. It can only be called off, before its instant, and leaves its version
    to the next. The database's triggers see to it. `public` is the archive that anybody can check,
    `organisers` the same with every ballot where too few jurors have voted for theirs to be public.
    `told_at`: when the mails to the schools were queued.
    """

    contest = models.ForeignKey(ContestPage, on_delete=models.PROTECT, related_name="results")
    version = models.PositiveSmallIntegerField(validators=[MinValueValidator(1)])
    ruleset = models.CharField(max_length=10)
    note = models.CharField(_("what it corrects"), max_length=400, blank=True)
    fingerprint = models.CharField(_("fingerprint"), max_length=64)
    public = models.FileField(storage=private_storage, upload_to=unguessable_name)
    organisers = models.FileField(storage=private_storage, upload_to=unguessable_name)
    decided_at = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="+",
    )
    published_at = models.DateTimeField(_("published"))
    called_off_at = models.DateTimeField(null=True, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("result")
        verbose_name_plural = _("results")
        ordering = ["contest", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["contest", "version"],
                condition=Q(called_off_at=None),
                name="one_result_a_version",
            ),
            models.CheckConstraint(
                condition=Q(called_off_at=None) | Q(called_off_at__lt=F("published_at")),
                name="result_called_off_before_its_instant",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contest} – {self.version}"


class Laureate(models.Model):
    """A prize of a published palmarès. `rank` is empty for what the commission gave by hand."""

    result = models.ForeignKey(Result, on_delete=models.PROTECT, related_name="laureates")
    order = models.PositiveSmallIntegerField()
    poster = models.ForeignKey(Poster, on_delete=models.PROTECT, related_name="laurels")
    category = models.ForeignKey(Category, null=True, on_delete=models.PROTECT, related_name="+")
    prize = models.ForeignKey(Prize, null=True, on_delete=models.PROTECT, related_name="laureates")
    label = models.CharField(max_length=120)
    rank = models.PositiveSmallIntegerField(null=True)
    is_shared = models.BooleanField(default=False)
    reason = models.CharField(max_length=400, blank=True)

    class Meta:
        verbose_name = _("laureate")
        verbose_name_plural = _("laureates")
        ordering = ["result", "order"]
        constraints = [
            models.UniqueConstraint(fields=["result", "order"], name="one_laureate_a_place"),
            models.UniqueConstraint(
                fields=["result", "poster", "label"], name="one_laureate_a_poster_and_prize"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label} – {self.poster}"
