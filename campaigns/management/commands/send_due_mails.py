"""Send the mails that are due: digests to reviewers, reminders to schools."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from campaigns import digests, follow_up_reminders, return_reminders


class Command(BaseCommand):
    """Each mail leaves once for its occasion: the command may be run again, or twice at once."""

    help = "Send the mails that are due today: digests to reviewers, reminders to schools."

    def handle(self, *args: Any, **options: Any) -> None:
        """Send them, and say how many of each."""
        now = timezone.now()
        for name, send_due in (
            ("digests", digests.send_due),
            ("reminders of returned fiches", return_reminders.send_due),
            ("reminders of follow-ups", follow_up_reminders.send_due),
        ):
            self.stdout.write(f"{name}: {send_due(now)}")
