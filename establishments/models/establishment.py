"""An establishment of the directory, or one recorded by hand."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from establishments.uai import validate_uai
from .territory import Academy, Basin, Department, Network


class Kind(models.TextChoices):
    """What an establishment is; drives the stage, the filters and the contest's categories."""

    NURSERY = "nursery", _("Nursery school")
    ELEMENTARY = "elementary", _("Elementary school")
    PRIMARY = "primary", _("Primary school")
    COLLEGE = "college", _("Collège")
    LYCEE_GT = "lycee_gt", _("General and technological lycée")
    LYCEE_PRO = "lycee_pro", _("Vocational lycée")
    LYCEE_POLYVALENT = "lycee_poly", _("Comprehensive lycée")
    EREA = "erea", _("EREA")
    CIO = "cio", _("Guidance centre (CIO)")
    CFA = "cfa", _("Apprentice training centre (CFA)")
    MFR = "mfr", _("Maison familiale rurale")
    RELAY = "relay", _("Dispositif relais")
    MEDICAL = "medical", _("Medico-social establishment")
    ADMINISTRATION = "administration", _("Administrative service")
    OTHER = "other", _("Other")


class Stage(models.TextChoices):
    """The stage of schooling that a kind belongs to."""

    PRIMARY = "primary", _("Primary")
    LOWER_SECONDARY = "lower_secondary", _("Lower secondary")
    UPPER_SECONDARY = "upper_secondary", _("Upper secondary")
    OTHER = "other", _("Other")


STAGE_OF_KIND = {
    Kind.NURSERY: Stage.PRIMARY,
    Kind.ELEMENTARY: Stage.PRIMARY,
    Kind.PRIMARY: Stage.PRIMARY,
    Kind.COLLEGE: Stage.LOWER_SECONDARY,
    Kind.RELAY: Stage.LOWER_SECONDARY,
    Kind.LYCEE_GT: Stage.UPPER_SECONDARY,
    Kind.LYCEE_PRO: Stage.UPPER_SECONDARY,
    Kind.LYCEE_POLYVALENT: Stage.UPPER_SECONDARY,
    Kind.EREA: Stage.UPPER_SECONDARY,
    Kind.CFA: Stage.UPPER_SECONDARY,
    Kind.MFR: Stage.UPPER_SECONDARY,
}


class Sector(models.TextChoices):
    """Public, or private under contract or not."""

    PUBLIC = "public", _("Public")
    PRIVATE = "private", _("Private")


class Source(models.TextChoices):
    """Where a record comes from; an import never touches a manual one."""

    DIRECTORY = "directory", _("Directory")
    MANUAL = "manual", _("Entered by hand")


class Establishment(models.Model):
    """A school, collège, lycée, CFA, dispositif relais…, known by its UAI."""

    uai = models.CharField(_("UAI"), max_length=8, unique=True, validators=[validate_uai])
    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices, default=Kind.OTHER)
    sector = models.CharField(_("sector"), max_length=10, choices=Sector.choices, blank=True)
    academy = models.ForeignKey(
        Academy,
        verbose_name=_("académie"),
        on_delete=models.PROTECT,
        related_name="establishments",
    )
    department = models.ForeignKey(
        Department,
        verbose_name=_("department"),
        on_delete=models.PROTECT,
        related_name="establishments",
    )
    basin = models.ForeignKey(
        Basin,
        verbose_name=_("basin"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="establishments",
    )
    network = models.ForeignKey(
        Network,
        verbose_name=_("network"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="establishments",
    )
    address = models.CharField(_("address"), max_length=255, blank=True)
    postcode = models.CharField(_("postcode"), max_length=5, blank=True)
    commune = models.CharField(_("commune"), max_length=80, blank=True)
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    phone = models.CharField(_("telephone"), max_length=20, blank=True)
    email = models.EmailField(_("mailbox in the directory"), blank=True)
    mailbox_override = models.EmailField(
        _("mailbox used instead"),
        blank=True,
        help_text=_("Where the directory’s mailbox is wrong. An import never changes it."),
    )
    is_open = models.BooleanField(_("open"), default=True)
    source = models.CharField(
        _("source"), max_length=10, choices=Source.choices, default=Source.MANUAL
    )
    search_text = models.CharField(max_length=320, blank=True, editable=False)
    account = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="establishment",
    )
    updated_at = models.DateTimeField(_("last changed"), auto_now=True)

    class Meta:
        verbose_name = _("establishment")
        verbose_name_plural = _("establishments")
        ordering = ["commune", "name", "uai"]
        indexes = [models.Index(fields=["commune", "name", "uai"], name="establishment_order")]

    def __str__(self) -> str:
        return f"{self.name}, {self.commune}" if self.commune else self.name

    @property
    def mailbox(self) -> str:
        """The official mailbox that sign-in links go to; empty where none is known."""
        return self.mailbox_override or self.email

    @property
    def stage(self) -> Stage:
        """The stage of schooling."""
        return STAGE_OF_KIND.get(Kind(self.kind), Stage.OTHER)
