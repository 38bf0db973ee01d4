"""The register of sign-in links asked for, by which requests are throttled and links spent."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .mail import MailRecord


class SignInLink(models.Model):
    """One request for a sign-in link; never the link itself, which exists only in the mail.

    `user` is empty where the request named no establishment that can sign in: it still counts
    for the throttle of its network address, kept only as a keyed hash. `sent_at` is when the
    link was made, from which its life is counted.
    """

    class State(models.TextChoices):
        ASKED = "asked", _("Asked for")
        NOBODY = "nobody", _("No mailbox to send it to")
        HELD = "held", _("Not sent: the mailbox holds a recent one")
        QUEUED = "queued", _("Being sent")
        SENT = "sent", _("Sent")
        FAILED = "failed", _("Not delivered")
        SPENT = "spent", _("Used")
        VOID = "void", _("Void")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="sign_in_links",
    )
    address_hash = models.CharField(_("network address (hash)"), max_length=64)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.ASKED)
    mail = models.OneToOneField(
        MailRecord,
        verbose_name=_("mail"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="sign_in_link",
    )
    requested_at = models.DateTimeField(_("asked for at"), default=timezone.now, db_index=True)
    queued_at = models.DateTimeField(_("accepted at"), null=True, blank=True)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    spent_at = models.DateTimeField(_("used at"), null=True, blank=True)

    class Meta:
        verbose_name = _("sign-in link")
        verbose_name_plural = _("sign-in links")
        ordering = ["-requested_at", "-pk"]
        indexes = [
            models.Index(fields=["address_hash", "requested_at"], name="sign_in_by_address"),
        ]

    def __str__(self) -> str:
        return f"{self.user or '—'} · {self.requested_at:%Y-%m-%d %H:%M}"
