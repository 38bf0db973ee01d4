"""The rows of a fiche: partners, sessions, indicators, media, associated establishments.

All are edited as part of the fiche and kept by its revisions; each must stand in the admin form
too, because Wagtail deletes children absent from it (wagtail issue 14615).
"""

from __future__ import annotations

from pathlib import PurePosixPath
from uuid import uuid4

from django.core.files.storage import Storage, storages
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

from campaigns.enums import MediaKind, Openness
from establishments.models import Establishment

from .action import Action
from .terms import PartnerType


class ActionPartner(Orderable):
    """A partner of the action."""

    action = ParentalKey(Action, on_delete=models.CASCADE, related_name="partners")
    name = models.CharField(_("name"), max_length=120)
    type = models.ForeignKey(
        PartnerType,
        verbose_name=_("type"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta(Orderable.Meta):
        verbose_name = _("partner")
        verbose_name_plural = _("partners")

    def __str__(self) -> str:
        return self.name


class ActionSession(Orderable):
    """One date of the action."""

    action = ParentalKey(Action, on_delete=models.CASCADE, related_name="sessions")
    date = models.DateField(_("date"))
    starts_at = models.TimeField(_("from"), null=True, blank=True)
    ends_at = models.TimeField(_("to"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=160, blank=True)
    openness = models.CharField(_("open to"), max_length=10, choices=Openness.choices, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("session")
        verbose_name_plural = _("sessions")

    def __str__(self) -> str:
        return f"{self.date:%Y-%m-%d}"


class ActionIndicator(Orderable):
    """How the action's effect is measured."""

    action = ParentalKey(Action, on_delete=models.CASCADE, related_name="indicators")
    label = models.CharField(_("indicator"), max_length=160)
    target = models.CharField(_("target"), max_length=80, blank=True)
    actual = models.CharField(_("result"), max_length=80, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")

    def __str__(self) -> str:
        return self.label


FOLDER = "actions"
"""Where the private storage keeps the files of fiches."""


def private_storage() -> Storage:
    """The storage that nothing serves without asking `visible_to`."""
    return storages["private"]


def unguessable_name(medium: ActionMedia, filename: str) -> str:
    """Where a file is kept: nothing of its own name but the ending, which tells its kind."""
    ending = PurePosixPath(filename).suffix.lower()[:10]
    return f"{FOLDER}/{timezone.now():%Y}/{uuid4().hex}{ending}"


class ActionMedia(Orderable):
    """A picture or document of the action; private until the fiche is published."""

    action = ParentalKey(Action, on_delete=models.CASCADE, related_name="media")
    kind = models.CharField(_("kind"), max_length=10, choices=MediaKind.choices)
    file = models.FileField(
        _("file"), storage=private_storage, upload_to=unguessable_name, max_length=255
    )
    alternative = models.CharField(_("alternative text"), max_length=255, blank=True)
    credit = models.CharField(_("credit"), max_length=120, blank=True)
    is_authorised = models.BooleanField(_("written authorisations are held"), default=False)

    class Meta(Orderable.Meta):
        verbose_name = _("picture or document")
        verbose_name_plural = _("pictures and documents")

    def __str__(self) -> str:
        return self.file.name or ""


class AssociatedEstablishment(Orderable):
    """Another establishment that takes part."""

    action = ParentalKey(Action, on_delete=models.CASCADE, related_name="associated")
    establishment = models.ForeignKey(
        Establishment,
        verbose_name=_("establishment"),
        # Not PROTECT, which a revision that still names a deleted establishment could not survive.
        on_delete=models.CASCADE,
        related_name="associations",
    )
    may_edit = models.BooleanField(_("may edit the fiche"), default=False)

    class Meta(Orderable.Meta):
        verbose_name = _("associated establishment")
        verbose_name_plural = _("associated establishments")

    def __str__(self) -> str:
        return str(self.establishment)
