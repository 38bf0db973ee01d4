"""A file that an establishment has sent, what it was found to be, and the pictures made of it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import uuid4

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contest.images.examination import Examination
from contest.images.formats import Format, extension_of
from establishments.models import Establishment

from .contest_page import ContestPage

FOLDER = "posters"
MASTER = "master.jpg"
PREVIEW = "preview.jpg"


def unguessable() -> str:
    """122 random bits: the only name that a file is known by."""
    return uuid4().hex


@dataclass(frozen=True)
class Rendition:
    """One picture made of the master: its file name, format ("jpeg", "avif"), size in pixels."""

    name: str
    format: str
    width: int
    height: int
    bytes: int


class PosterFile(models.Model):
    """One file sent for a contest; of a poster once it is attached to one.

    A row never changes its file: another one sent is another row with another token, so that an
    address always means the same bytes. All of it lies in the private storage, in a folder named
    by the token.
    """

    token = models.CharField(max_length=32, unique=True, default=unguessable, editable=False)
    contest = models.ForeignKey(ContestPage, on_delete=models.CASCADE, related_name="files")
    establishment = models.ForeignKey(
        Establishment, on_delete=models.CASCADE, related_name="poster_files"
    )
    format = models.CharField(_("format"), max_length=8, blank=True)
    width = models.PositiveIntegerField(_("width"), default=0)
    height = models.PositiveIntegerField(_("height"), default=0)
    bytes = models.PositiveIntegerField(_("size in bytes"), default=0)
    sha256 = models.CharField(max_length=64, blank=True, db_index=True)
    fingerprint = models.CharField(max_length=16, blank=True)
    examination = models.JSONField(default=dict)
    has_preview = models.BooleanField(default=False)
    uploaded_at = models.DateTimeField(_("sent"), default=timezone.now, db_index=True)
    prepared_at = models.DateTimeField(_("prepared"), null=True, blank=True)
    preparation_error = models.CharField(max_length=40, blank=True)
    master_width = models.PositiveIntegerField(default=0)
    master_height = models.PositiveIntegerField(default=0)
    renditions = models.JSONField(default=list)

    class Meta:
        verbose_name = _("file of a poster")
        verbose_name_plural = _("files of posters")

    def __str__(self) -> str:
        return self.token

    @property
    def folder(self) -> str:
        """Where its files are, in the private storage."""
        return f"{FOLDER}/{self.token}"

    @property
    def original_name(self) -> str:
        """The name, in the storage, of the file as it was sent."""
        return f"{self.folder}/original.{extension_of(Format(self.format))}"

    @property
    def found(self) -> Examination:
        """What the examination said."""
        return Examination.from_json(self.examination)

    @property
    def is_acceptable(self) -> bool:
        """Whether the examination found nothing against it."""
        return bool(self.format) and not self.examination.get("problems")

    @property
    def pictures(self) -> list[Rendition]:
        """The pictures made for screens, the narrowest first; none before the preparation."""
        made = [Rendition(**values) for values in self.renditions]
        return sorted(made, key=lambda one: (one.width, one.format))

    @property
    def ratio(self) -> float:
        """Width ÷ height; that of an upright A3 where it is not known."""
        return self.width / self.height if self.width and self.height else 0.7071
