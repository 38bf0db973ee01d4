"""Forms of Wagtail's admin where a person's username is their e-mail address."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin.forms.auth import LoginForm as WagtailLoginForm
from wagtail.admin.forms.auth import PasswordResetForm as WagtailPasswordResetForm
from wagtail.users.forms import UserCreationForm, UserEditForm

from .attempts import PASSWORD_RESETS, password_was_right, wait_before_password
from .models import User
from .network import address_hash, client_address


class LoginForm(WagtailLoginForm):
    """Sign-in of people: by e-mail address, whatever its case."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = _("E-mail address")
        self.fields["password"].label = _("Password")
        self.fields["username"].widget.attrs |= {"placeholder": "", "autocomplete": "username"}
        self.fields["password"].widget.attrs |= {"placeholder": ""}

    def clean_username(self) -> str:
        """The address in lower case, as it is stored; other usernames as they are."""
        username: str = self.cleaned_data["username"].strip()
        return username.lower() if "@" in username else username

    def clean(self) -> dict[str, Any]:
        """Check the password, unless too many wrong ones were just tried."""
        account = self.cleaned_data.get("username")
        if not account or not self.cleaned_data.get("password"):
            unchecked: dict[str, Any] = super().clean()
            return unchecked
        origin = address_hash(client_address(self.request) if self.request else "")
        wait = wait_before_password(account, origin, now=timezone.now())
        if wait:
            minutes = -(-int(wait.total_seconds()) // 60)
            raise ValidationError(
                ngettext(
                    "Too many attempts. Try again in %(minutes)s minute.",
                    "Too many attempts. Try again in %(minutes)s minutes.",
                    minutes,
                )
                % {"minutes": minutes},
                code="too_many_attempts",
            )
        cleaned: dict[str, Any] = super().clean()
        password_was_right(account, origin)
        return cleaned


class PasswordResetForm(WagtailPasswordResetForm):
    """Asks for a mail to choose a new password; the answer is the same, sent or not."""

    def get_users(self, email: str) -> Iterator[User]:
        """Who receives the mail: not those whose mailbox was sent enough of them just now."""
        now = timezone.now()
        for user in super().get_users(email):
            if not PASSWORD_RESETS.count(str(user.pk), now=now):
                yield user


class EmailAsUsername(forms.ModelForm):
    """Leaves the username out of the form and fills it with the e-mail address."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].required = False

    def separate_username_field(self) -> bool:
        """Tells Wagtail's templates not to show a username."""
        return False

    def _clean_username(self) -> None:
        """Called by Wagtail once every field is clean."""
        email = self.cleaned_data.get("email")
        if not email:
            return
        username = email.lower()
        others = User.objects.exclude(pk=self.instance.pk)
        if others.filter(username__iexact=username).exists():
            self.add_error("email", _("Somebody already has an account with this address."))
        else:
            self.cleaned_data |= {"email": username, "username": username}


class PersonCreationForm(EmailAsUsername, UserCreationForm):
    """A new person."""


class PersonEditForm(EmailAsUsername, UserEditForm):
    """A person already known."""
