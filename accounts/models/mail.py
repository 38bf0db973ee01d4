"""The register of mails: what was sent to whom, and what became of it."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class MailRecord(models.Model):
    """One mail to one recipient, from its queueing to its outcome.

    `body` is empty for mails that carry a secret (sign-in links): the register is read by
    editors, who must not be able to enter as an establishment. `scope` is the code of the
    académie whose editors may see the record. A record that stays in `SENDING` is one whose
    worker was stopped meanwhile: it is not sent again, since it may have left.
    """

    class Outcome(models.TextChoices):
        QUEUED = "queued", _("Waiting")
        SENDING = "sending", _("Being sent")
        SENT = "sent", _("Sent")
        FAILED = "failed", _("Failed")

    kind = models.CharField(_("kind"), max_length=40)
    scope = models.CharField(_("académie"), max_length=3, blank=True, db_index=True)
    recipient = models.EmailField(_("recipient"))
    subject = models.CharField(_("subject"), max_length=255)
    body = models.TextField(_("text"), blank=True)
    about = models.CharField(_("about"), max_length=255, blank=True)
    outcome = models.CharField(
        _("outcome"), max_length=10, choices=Outcome.choices, default=Outcome.QUEUED
    )
    error = models.CharField(_("error"), max_length=255, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    queued_at = models.DateTimeField(_("queued at"), default=timezone.now, db_index=True)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)

    class Meta:
        verbose_name = _("mail")
        verbose_name_plural = _("mails")
        ordering = ["-queued_at", "-pk"]

    def __str__(self) -> str:
        return self.subject
