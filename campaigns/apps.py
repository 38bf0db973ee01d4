from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class CampaignsConfig(AppConfig):
    """Editions of the Semaine, their events, and the fiches-actions with their review."""

    name = "campaigns"
    verbose_name = _("Campaigns")

    def ready(self) -> None:
        """Register the policies, follow the signals, make sure of what each migration needs."""
        from accounts.mail_kinds import name_mail_kinds

        from . import (
            catalogue_stamp,
            map_background,
            permissions,
            receivers,
            status,
            term_permissions,
            workflow,
        )

        receivers.connect(self)
        permissions.register_policies()
        term_permissions.register_policies()
        status.connect_signals()
        catalogue_stamp.connect(self)
        map_background.connect(self)
        name_mail_kinds(
            {
                "submitted": _("Fiche handed in"),
                "awaits_visa": _("Fiche awaiting the visa"),  # no longer sent; in registers
                "awaits_publication": _("Fiche awaiting publication"),  # likewise
                "corrected": _("Fiche corrected by the académie"),
                "merged": _("Fiche merged into another"),
                "merge_received": _("Fiche joined by a duplicate"),
                "message": _("Message about a fiche"),
                "message_received": _("Message from an establishment"),
                "digest": _("Digest of what waits"),
                "return_reminder": _("Reminder of a returned fiche"),
                "visa_given": _("Visa given"),
                "changes_requested": _("Changes requested"),
                "published": _("Fiche published"),
                "refused": _("Fiche refused"),
                "withdrawn": _("Fiche withdrawn"),
                "reopened": _("Fiche reopened"),
                "answer_reminder": _("Reminder of the call for actions"),
                "extension_granted": _("Extra time given"),
                "extension_ended": _("Extra time taken back"),
                "associated": _("Establishment associated with a fiche"),
                "follow_up_received": _("Follow-up received"),
                "follow_up_due": _("Reminder of the follow-up"),
            }
        )
        post_migrate.connect(
            workflow.ensure_workflows_after_migrating,
            sender=self,
            dispatch_uid="ensure-review-workflows",
        )
