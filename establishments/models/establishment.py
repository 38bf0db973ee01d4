"""An establishment of the directory, or one recorded by hand."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.base import ModelBase
from django.utils.translation import gettext_lazy as _

from establishments.enums import STAGE_OF_KIND, Kind, Sector, Source, Stage
from establishments.folding import search_words
from establishments.uai import normalise_uai, validate_uai

from .territory import Academy, Basin, Department, Network

SEARCH_TEXT_LENGTH = 320


def search_text_of(uai: str, name: str, commune: str) -> str:
    """What an establishment is found by, as `establishments.search` reads it.

    A space stands before each word, so that " mel" finds Melun and not Semelay's end.
    """
    words = [uai.lower(), *search_words(name), *search_words(commune)]
    return (" " + " ".join(words))[:SEARCH_TEXT_LENGTH]


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
    search_text = models.CharField(max_length=SEARCH_TEXT_LENGTH, blank=True, editable=False)
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

    def save(
        self,
        *,
        force_insert: bool | tuple[ModelBase, ...] = False,
        force_update: bool = False,
        using: str | None = None,
        update_fields: Iterable[str] | None = None,
    ) -> None:
        """Save, with `search_text` in step with what it is made of."""
        self.search_text = search_text_of(self.uai, self.name, self.commune)
        if update_fields is not None and {"uai", "name", "commune"} & set(update_fields):
            update_fields = {*update_fields, "search_text"}
        super().save(
            force_insert=force_insert,
            force_update=force_update,
            using=using,
            update_fields=update_fields,
        )

    def clean(self) -> None:
        """Normalise the UAI, take the académie of the department, refuse what lies elsewhere.

        Raises:
            ValidationError: the basin or the network belongs to another académie.
        """
        self.uai = normalise_uai(self.uai)
        if self.department_id is None:
            return
        self.academy_id = self.department.academy_id
        elsewhere = {
            field: _("This belongs to another académie than the department.")
            for field in ("basin", "network")
            if (row := getattr(self, field)) and row.academy_id != self.academy_id
        }
        if elsewhere:
            raise ValidationError(elsewhere)

    @property
    def mailbox(self) -> str:
        """The official mailbox that sign-in links go to; empty where none is known."""
        return self.mailbox_override or self.email

    @property
    def stage(self) -> Stage:
        """The stage of schooling."""
        return STAGE_OF_KIND.get(Kind(self.kind), Stage.OTHER)
