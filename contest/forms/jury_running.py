"""What editors send about a round under way: another close, a poster accepted, the count."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from contest.jury.palmares import numbers_in_words

LONGEST_REASON = 255
INPUT_FORMAT = "%Y-%m-%dT%H:%M"


class ExtendForm(forms.Form):
    """Another instant for the close."""

    closes_at = forms.DateTimeField(
        label=_("New close"),
        help_text=_("Day and hour in Paris. Jurors may judge until this instant."),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=INPUT_FORMAT),
        input_formats=[INPUT_FORMAT, "%Y-%m-%dT%H:%M:%S", "%d/%m/%Y %H:%M"],
        error_messages={
            "required": _("Type the day and the hour of the new close."),
            "invalid": _("Type a day and an hour, as in 28/03/2024 18:00."),
        },
    )


class AcceptForm(forms.Form):
    """Why a poster counts with fewer ballots than the minimum."""

    reason = forms.CharField(
        label=_("Reason, which the minutes will quote"),
        max_length=LONGEST_REASON,
        error_messages={"required": _("Say why: the minutes will quote it.")},
    )


class CountForm(forms.Form):
    """The count: each poster left without a place is ticked on its own."""

    leave_out = forms.MultipleChoiceField(
        label=_("Posters left without a place"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, numbers: Sequence[int], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.numbers = list(numbers)
        offered = cast("forms.MultipleChoiceField", self.fields["leave_out"])
        offered.choices = [
            (str(one), _("Leave poster no. %(n)s without a place") % {"n": one}) for one in numbers
        ]

    def clean_leave_out(self) -> list[int]:
        """The public numbers ticked: all have to be, since each needs a decision."""
        ticked = [int(one) for one in self.cleaned_data["leave_out"]]
        missing = [one for one in self.numbers if one not in ticked]
        if missing:
            raise forms.ValidationError(
                _("Nothing is decided of: %(posters)s. Accept it, or tick it here.")
                % {"posters": numbers_in_words(missing)}
            )
        return ticked
