"""The register of sign-in links asked for, by which requests are throttled and links spent."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class SignInLink(models.Model):
    """One request for a sign-in link; never the link itself, which exists only in the mail.

    `user` is empty where the request named no establishment that can sign in: it still counts
    for the throttle of its network address, kept only as a keyed hash.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="sign_in_links",
    )
    address_hash = models.CharField(_("network address (hash)"), max_length=64, db_index=True)
    requested_at = models.DateTimeField(_("asked for at"), default=timezone.now, db_index=True)
    is_sent = models.BooleanField(_("mail sent"), default=False)
    spent_at = models.DateTimeField(_("used at"), null=True, blank=True)

    class Meta:
        verbose_name = _("sign-in link")
        verbose_name_plural = _("sign-in links")
        ordering = ["-requested_at"]

    def __str__(self) -> str:
        return f"{self.user or '—'} · {self.requested_at:%Y-%m-%d %H:%M}"
