"""`purge_personal_data`: forget what the law lets the site keep no longer."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from accounts.retention import purge_mail_bodies, purge_sign_in_links
from campaigns.booklets import purge as purge_booklets
from campaigns.retention import forget_coordinators, forget_digests, forget_discussions
from contest.jury.retention import forget_jurors
from contest.print_jobs import purge_print_jobs
from contest.retention import archive_expired, forget_contacts, forget_set_aside

SIGN_IN_LINKS = timedelta(days=30)
MAIL_BODIES = timedelta(days=365)
COORDINATORS = timedelta(days=365)
DISCUSSIONS = timedelta(days=365)
DIGESTS = timedelta(days=365)
POSTERS_SET_ASIDE = timedelta(days=60)
FILES_TO_PRINT = timedelta(days=30)
BOOKLETS = timedelta(days=30)


class Command(BaseCommand):
    """Removes personal data past its time; safe to run as often as one likes."""

    help = (
        "Forget sign-in requests, texts of mails, coordinators, discussions and posters past "
        "their time."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Run each purge and say what it removed."""
        now = timezone.now()
        links = purge_sign_in_links(now - SIGN_IN_LINKS)
        mails = purge_mail_bodies(now - MAIL_BODIES)
        fiches = forget_coordinators(timezone.localdate(now - COORDINATORS))
        discussions = forget_discussions(timezone.localdate(now - DISCUSSIONS))
        digests = forget_digests(now - DIGESTS)
        contacts = forget_contacts(timezone.localdate(now - COORDINATORS))
        jurors = forget_jurors(timezone.localdate(now - COORDINATORS))
        expired = archive_expired(timezone.localdate(now))
        set_aside = forget_set_aside(now - POSTERS_SET_ASIDE)
        prints = purge_print_jobs(now - FILES_TO_PRINT)
        booklets = purge_booklets(now - BOOKLETS)
        self.stdout.write(
            f"Removed: {links} sign-in requests, {mails} texts of mails, "
            f"the coordinators of {fiches} fiches, the discussions of {discussions} fiches, "
            f"{digests} digests, the contacts of {contacts} registrations, "
            f"{jurors} jurors, "
            f"{expired} posters whose authorisations have ended, {set_aside} posters set aside, "
            f"{prints} files to print, {booklets} booklets."
        )
