"""Field types of the contest."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

Options = Iterable[tuple[Any, Any]]
"""Pairs of a value and its label, or of a heading and such pairs."""


class ChoiceListField(models.JSONField):
    """A list of values out of a closed vocabulary, ticked in forms; a plain list in the database.

    The vocabulary is code: no migration holds it.
    """

    default_error_messages = {"unknown": _("Choose among the values of the list.")}

    def __init__(
        self, *args: Any, options: Callable[[], Options] | None = None, **kwargs: Any
    ) -> None:
        self.options = options or list
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        """A JSON field, for migrations."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.JSONField", list(args), kwargs

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        """Refuse what is no list of the vocabulary's values.

        Raises:
            ValidationError: see above; or nothing is chosen where something must be.
        """
        super().validate(value, model_instance)
        if not isinstance(value, list) or not {str(one) for one in value} <= self._known():
            raise ValidationError(self.error_messages["unknown"], code="unknown")

    def formfield(self, **kwargs: Any) -> forms.Field | None:
        """Checkboxes."""
        defaults: dict[str, Any] = {
            "form_class": forms.MultipleChoiceField,
            "choices": self.options,
            "widget": forms.CheckboxSelectMultiple,
            # Django's way with callable defaults: a hidden copy that Wagtail does not render.
            "show_hidden_initial": False,
        }
        return models.Field.formfield(self, **defaults | kwargs)

    def _known(self) -> set[str]:
        known: set[str] = set()
        for value, label in self.options():
            if isinstance(label, list | tuple):
                known |= {str(inner) for inner, _label in label}
            else:
                known.add(str(value))
        return known
