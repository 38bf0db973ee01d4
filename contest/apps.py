from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class ContestConfig(AppConfig):
    """The poster contest: its rules, its posters and their admission, its gallery."""

    name = "contest"
    verbose_name = _("Poster contest")

    def ready(self) -> None:
        """Follow the signals, name the mails, make sure of what each migration needs."""
        from accounts.mail_kinds import name_mail_kinds

        from . import gallery_menu, permissions, print_jobs, status, workflow
        from .jury import ballot_guard

        permissions.register_policies()
        status.connect_signals()
        print_jobs.connect_signals()
        gallery_menu.connect_signals()
        name_mail_kinds(
            {
                "poster_submitted": _("Poster received"),
                "poster_admitted": _("Poster admitted"),
                "poster_returned": _("Poster to be corrected"),
                "poster_refused": _("Poster refused"),
                "poster_reopened": _("Poster examined again"),
                "poster_withdrawn": _("Poster withdrawn"),
                "registration_received": _("Registration received"),
                "registration_cancelled": _("Registration cancelled"),
                "reminder_to_register": _("Reminder to register"),
                "reminder_to_deposit": _("Reminder to hand in posters"),
                "jury_reminder": _("Reminder to a juror"),
                "jury_invitation": _("Invitation to the jury"),
                "jury_sign_in": _("Sign-in of a juror"),
                "jury_round_announced": _("Posters to judge"),
                "results_laureate": _("Palmarès: prize won"),
                "results_participant": _("Palmarès: thanks for taking part"),
                "results_corrected": _("Palmarès corrected"),
            }
        )
        post_migrate.connect(
            ballot_guard.install_after_migrating, sender=self, dispatch_uid="guard-ballots"
        )
        post_migrate.connect(
            workflow.ensure_workflow_after_migrating,
            sender=self,
            dispatch_uid="ensure-admission-workflow",
        )
