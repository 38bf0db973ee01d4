from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    """The shell of a site: home, content and legal pages, blocks, settings, search."""

    name = "home"
    verbose_name = _("Site")

    def ready(self) -> None:
        """Keep the site map in step with the pages."""
        from django.db.models.signals import post_delete, post_save
        from wagtail.signals import post_page_move

        from home.site_map import forget, forget_after

        for signal in (post_save, post_delete):
            signal.connect(forget_after, dispatch_uid="home.site_map")
        post_page_move.connect(forget, dispatch_uid="home.site_map")
