from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """People and mailboxes: who signs in, how, and what mail they were sent."""

    name = "accounts"
    verbose_name = _("Accounts")
