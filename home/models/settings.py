"""What differs from one académie’s site to the next."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting


class Accent(models.TextChoices):
    """The design system’s illustrative colours that an académie may choose from."""

    GREEN_EMERAUDE = "green-emeraude", _("Emerald green")
    BLUE_CUMULUS = "blue-cumulus", _("Cumulus blue")
    PINK_MACARON = "pink-macaron", _("Macaron pink")
    YELLOW_TOURNESOL = "yellow-tournesol", _("Sunflower yellow")
    PURPLE_GLYCINE = "purple-glycine", _("Wisteria purple")
    ORANGE_TERRE_BATTUE = "orange-terre-battue", _("Clay orange")


@register_setting(icon="site")
class SiteSettings(BaseSiteSetting):
    """The académie’s name in the header, its service, its colour, its contacts."""

    brand = models.CharField(
        _("name in the header"),
        max_length=120,
        default="Académie",
        help_text=_("A vertical bar starts a new line, as in “Académie|de Normandie”."),
    )
    service_title = models.CharField(
        _("name of the site"), max_length=120, default="Semaine de la persévérance scolaire"
    )
    tagline = models.CharField(_("line below the name"), max_length=160, blank=True)
    accent = models.CharField(
        _("colour"), max_length=30, choices=Accent.choices, default=Accent.GREEN_EMERAUDE
    )
    contact_email = models.EmailField(_("contact mailbox"), blank=True)

    class Meta:
        verbose_name = _("site settings")

    @property
    def brand_lines(self) -> list[str]:
        """The académie’s name, one entry a line."""
        return [line.strip() for line in self.brand.split("|") if line.strip()]
