"""Showing again what somebody typed, before they are done, without judging it."""

from __future__ import annotations

from django import forms
from django.forms.utils import ErrorDict


class Hushable(forms.BaseForm):
    """A form that can show what was typed and no error."""

    def hush(self) -> None:
        """Take what was typed as it is: nothing is checked, nothing is cleaned."""
        self._errors = ErrorDict(renderer=self.renderer)
        self.cleaned_data = {}
