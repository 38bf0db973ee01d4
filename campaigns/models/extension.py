"""More time for one establishment to hand in its fiches."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from establishments.models import Establishment

from .campaign import CampaignPage


class Extension(models.Model):
    """Until when an establishment may hand in after the call of an edition has closed."""

    campaign = models.ForeignKey(
        CampaignPage, verbose_name=_("edition"), on_delete=models.CASCADE, related_name="extensions"
    )
    establishment = models.ForeignKey(
        Establishment,
        verbose_name=_("establishment"),
        on_delete=models.CASCADE,
        related_name="extensions",
    )
    until = models.DateTimeField(_("until"))
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    granted_at = models.DateTimeField(_("granted at"), default=timezone.now)

    class Meta:
        verbose_name = _("extension")
        verbose_name_plural = _("extensions")
        ordering = ["-granted_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "establishment"], name="one_extension_an_establishment"
            )
        ]

    def __str__(self) -> str:
        return f"{self.establishment} – {self.campaign}"
