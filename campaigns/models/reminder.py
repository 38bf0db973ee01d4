"""Mails that are sent once for one occasion: reminders, digests."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Reminder(models.Model):
    """That a mail of a kind was sent for an occasion; two workers never send it twice.

    `occasion` names what it was about, as "fiche 12 since 2027-03-01T08:00" or "lead 3 on
    2027-03-01".
    """

    kind = models.CharField(_("kind"), max_length=40)
    occasion = models.CharField(_("occasion"), max_length=160)
    sent_at = models.DateTimeField(_("sent at"), default=timezone.now)

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        ordering = ["-sent_at"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "occasion"], name="one_reminder_an_occasion")
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.occasion}"
