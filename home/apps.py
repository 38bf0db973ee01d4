from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    """The shell of a site: home, content and legal pages, blocks, settings, search."""

    name = "home"
    verbose_name = _("Site")
