"""Sessions of establishments: one working day from sign-in, and ended when they say so."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth import login
from django.db import transaction
from django.utils import timezone

from .links import void_links
from .models import User

if TYPE_CHECKING:
    from django.http import HttpRequest


class HasPassword(Exception):
    """The account belongs to a person, who ends their sessions by changing their password."""


def open_session(request: HttpRequest, user: User) -> None:
    """Sign `user` in for `ESTABLISHMENT_SESSION_SECONDS` from now, however busy the session is."""
    login(request, user, backend="django.contrib.auth.backends.ModelBackend")
    # An instant, not a number of seconds: those would be counted from the last change.
    request.session.set_expiry(
        timezone.now() + timedelta(seconds=settings.ESTABLISHMENT_SESSION_SECONDS)
    )


def end_every_session(user: User) -> None:
    """Sign `user` out everywhere and void its sign-in links.

    Sessions and links are both signed with the password's hash, which for an account without a
    password is a random text that can be drawn anew.

    Raises:
        HasPassword: drawing it anew would lock a person out.
    """
    with transaction.atomic():
        locked = User.objects.select_for_update().get(pk=user.pk)
        if locked.has_usable_password():
            raise HasPassword
        locked.set_unusable_password()
        locked.save(update_fields=["password"])
        void_links(locked)
