"""What an establishment may say as it withdraws a poster."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from home.forms import AccessibleForm


class WithdrawalForm(AccessibleForm, forms.Form):
    """A reason, if it cares to give one: the law asks for none."""

    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The académie reads it. You need not give any."),
    )
