from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EstablishmentsConfig(AppConfig):
    """Académies, their territory, and the establishments of the directory."""

    name = "establishments"
    verbose_name = _("Establishments")
