from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class CampaignsConfig(AppConfig):
    """Editions of the Semaine, their events, and the fiches-actions with their review."""

    name = "campaigns"
    verbose_name = _("Campaigns")

    def ready(self) -> None:
        """Register the policies, follow the signals, make sure of what each migration needs."""
        from . import permissions, receivers, status, workflow

        receivers.connect(self)
        permissions.register_policies()
        status.connect_signals()
        post_migrate.connect(
            workflow.ensure_workflows_after_migrating,
            sender=self,
            dispatch_uid="ensure-review-workflows",
        )
