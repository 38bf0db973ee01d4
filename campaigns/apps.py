from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CampaignsConfig(AppConfig):
    """Editions of the Semaine, their events, and the fiches-actions with their review."""

    name = "campaigns"
    verbose_name = _("Campaigns")
