"""The one user model, for people and for establishments alike."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.utils.translation import gettext_lazy as _


class User(AbstractUser):
    """Somebody who signs in: a person with a password, or an establishment by its mailbox.

    A person's `username` is their e-mail address. An establishment's is its UAI in lower case:
    several establishments may share one mailbox, so `email` is not unique; it has no usable
    password and no access to Wagtail's admin.
    """

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")

    def __str__(self) -> str:
        return self.get_full_name() or self.username
