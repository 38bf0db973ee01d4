"""Dates, times and numbers as people in France type them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import time
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

DATE_FORMATS = ["%Y-%m-%d", "%d/%m/%Y", "%d/%m/%y", "%d-%m-%Y", "%d.%m.%Y"]

_TIME = re.compile(r"(?P<hour>\d{1,2})(?:[h:.](?P<minute>\d{2})?(?::\d{2})?)?(?:mn|min)?", re.I)
_SPACES = re.compile(r"\s")


def offer_choices(field: forms.Field, choices: Iterable[tuple[Any, Any]]) -> None:
    """Offer `choices` in a list or as radios; a list begins with the one that chooses nothing."""
    options = list(choices)
    if not isinstance(field.widget, forms.RadioSelect):
        options.insert(0, ("", _("Select an option")))
    cast("forms.ChoiceField", field).choices = options


class DayField(forms.DateField):
    """A day: the browser's own picker, or 03/04/2027 where there is none."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("input_formats", DATE_FORMATS)
        kwargs.setdefault("widget", forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
        super().__init__(**kwargs)
        self.error_messages["invalid"] = _("Enter a date such as 03/04/2027.")


class HourField(forms.TimeField):
    """A time of day: 14:00, 14h, 14 h 30, or 14."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TimeInput(format="%H:%M"))
        super().__init__(**kwargs)
        self.error_messages["invalid"] = _("Enter a time such as 14 h 30.")

    def to_python(self, value: Any) -> time | None:
        """The time that `value` says.

        Raises:
            ValidationError: it says none.
        """
        if value in self.empty_values or isinstance(value, time):
            return value or None
        found = _TIME.fullmatch(_SPACES.sub("", str(value)))
        try:
            if found is None:
                raise ValueError(value)
            return time(int(found["hour"]), int(found["minute"] or 0))
        except ValueError as error:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from error


class WholeNumberField(forms.IntegerField):
    """A count of people: 1 200 and 1200 are the same."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("min_value", 0)
        kwargs.setdefault("max_value", 1_000_000)
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "numeric"}))
        super().__init__(**kwargs)
        self.error_messages["invalid"] = _("Enter a whole number such as 25.")

    def to_python(self, value: Any) -> int | None:
        """The number, whatever spaces were typed inside it."""
        return super().to_python(_SPACES.sub("", value) if isinstance(value, str) else value)


class EurosField(forms.DecimalField):
    """An amount in euros: 1 200,50 € and 1200.50 are the same."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("min_value", 0)
        kwargs.setdefault("max_digits", 9)
        kwargs.setdefault("decimal_places", 2)
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal"}))
        super().__init__(**kwargs)
        self.error_messages["invalid"] = _("Enter an amount such as 350 or 350,50.")

    def to_python(self, value: Any) -> Any:
        """The amount, whatever spaces, comma or euro sign were typed."""
        if isinstance(value, str):
            value = _SPACES.sub("", value).removesuffix("€").replace(",", ".")
        return super().to_python(value)
