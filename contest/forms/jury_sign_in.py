"""The form by which a juror asks for a link."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from home.forms import AccessibleForm


class JurorSignInForm(AccessibleForm, forms.Form):
    """The address at which the juror was invited."""

    email = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_("The one at which you were invited. For example: prenom.nom@domaine.fr"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"required": _("Type the address at which you were invited.")},
    )
