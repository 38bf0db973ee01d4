"""`purge_personal_data`: forget what the law lets the site keep no longer."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from accounts.retention import purge_mail_bodies, purge_sign_in_links
from campaigns.retention import forget_coordinators

SIGN_IN_LINKS = timedelta(days=30)
MAIL_BODIES = timedelta(days=365)
COORDINATORS = timedelta(days=365)


class Command(BaseCommand):
    """Removes personal data past its time; safe to run as often as one likes."""

    help = "Forget sign-in requests, texts of mails and coordinators whose time is over."

    def handle(self, *args: Any, **options: Any) -> None:
        """Run each purge and say what it removed."""
        now = timezone.now()
        links = purge_sign_in_links(now - SIGN_IN_LINKS)
        mails = purge_mail_bodies(now - MAIL_BODIES)
        fiches = forget_coordinators(timezone.localdate(now - COORDINATORS))
        self.stdout.write(
            f"Removed: {links} sign-in requests, {mails} texts of mails, "
            f"the coordinators of {fiches} fiches."
        )
