"""Forms of Wagtail's admin where a person's username is their e-mail address."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.auth import LoginForm as WagtailLoginForm
from wagtail.users.forms import UserCreationForm, UserEditForm

from .models import User


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
