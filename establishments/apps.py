from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EstablishmentsConfig(AppConfig):
    """Académies, their territory, and the establishments of the directory."""

    name = "establishments"
    verbose_name = _("Establishments")

    def ready(self) -> None:
        """Register who reaches which rows, before Wagtail falls back on its own rule."""
        from accounts.mail_kinds import name_mail_kinds

        from .mailboxes import MAILBOX_CHANGED
        from .scoping import register_policies

        register_policies()
        name_mail_kinds({"sign_in": _("Sign-in link"), MAILBOX_CHANGED: _("Change of mailbox")})
