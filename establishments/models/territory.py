"""The territory: académies, departments, basins and networks."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Academy(models.Model):
    """An académie: one Wagtail site, one group of editors, one service that answers.

    `code` is the ministry's ("14" Rennes, "70" Normandie). `site` is empty for an académie that
    is only known from the directory.
    """

    code = models.CharField(_("code"), max_length=3, unique=True)
    name = models.CharField(_("name"), max_length=60)
    slug = models.SlugField(_("short name"), unique=True)
    service_name = models.CharField(_("service in charge"), max_length=160, blank=True)
    address = models.TextField(_("address"), blank=True)
    contact_email = models.EmailField(_("contact mailbox"), blank=True)
    mail_domain = models.CharField(_("domain of official mailboxes"), max_length=100, blank=True)
    site = models.OneToOneField(
        "wagtailcore.Site",
        verbose_name=_("site"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="academy",
    )
    editor_group = models.OneToOneField(
        "auth.Group",
        verbose_name=_("group of editors"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="academy",
    )

    class Meta:
        verbose_name = _("académie")
        verbose_name_plural = _("académies")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Department(models.Model):
    """A département; its code is text ("2A", "974")."""

    code = models.CharField(_("code"), max_length=3, unique=True)
    name = models.CharField(_("name"), max_length=60)
    academy = models.ForeignKey(
        Academy,
        verbose_name=_("académie"),
        on_delete=models.PROTECT,
        related_name="departments",
    )
    observers = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("observers"),
        blank=True,
        related_name="observed_departments",
        help_text=_(
            "Read the published fiches of this department in the admin, and change nothing."
        ),
    )

    class Meta:
        verbose_name = _("department")
        verbose_name_plural = _("departments")
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.name} ({self.code})"


class Basin(models.Model):
    """A bassin d’éducation et de formation."""

    academy = models.ForeignKey(
        Academy, verbose_name=_("académie"), on_delete=models.PROTECT, related_name="basins"
    )
    department = models.ForeignKey(
        Department,
        verbose_name=_("department"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="basins",
    )
    code = models.CharField(_("code"), max_length=10, blank=True)
    name = models.CharField(_("name"), max_length=120)

    class Meta:
        verbose_name = _("basin")
        verbose_name_plural = _("basins")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["academy", "name"], name="basin_name_in_academy")
        ]

    def __str__(self) -> str:
        return self.name


class Network(models.Model):
    """A réseau FOQUALE, whose leads give the visa to its establishments’ fiches."""

    academy = models.ForeignKey(
        Academy, verbose_name=_("académie"), on_delete=models.PROTECT, related_name="networks"
    )
    name = models.CharField(_("name"), max_length=120)
    basins = models.ManyToManyField(
        Basin, verbose_name=_("basins"), blank=True, related_name="networks"
    )
    leads = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("network leads"),
        blank=True,
        related_name="led_networks",
        help_text=_("Give the visa to the fiches of this network, and see no other’s."),
    )
    contact_email = models.EmailField(_("contact mailbox"), blank=True)

    class Meta:
        verbose_name = _("network")
        verbose_name_plural = _("networks")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["academy", "name"], name="network_name_in_academy")
        ]

    def __str__(self) -> str:
        return self.name
