"""What editors send about a prize of the commission."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from contest.jury.awarding import LONGEST_REASON
from contest.models import ContestPage, Prize


class PrizeChoiceField(forms.ModelChoiceField):
    """Prizes by their labels, told what each rewards."""

    def label_from_instance(self, obj: Prize) -> str:
        """As in "Coup de cœur du jury (coup de cœur)"."""
        kind = obj.get_kind_display()
        return obj.label if obj.label == kind else f"{obj.label} ({kind})"


class AwardForm(forms.Form):
    """A prize, a poster, why."""

    prize = PrizeChoiceField(
        queryset=Prize.objects.none(),
        label=_("Prize"),
        error_messages={"required": _("Choose a prize.")},
    )
    number = forms.IntegerField(
        label=_("Number of the poster"),
        min_value=1,
        max_value=2**31 - 1,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "required": _("Type the poster’s number."),
            "invalid": _("Type a number, such as 12."),
        },
    )
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("One or two sentences; they are published with the palmarès."),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say why: the reason is published.")},
    )

    def __init__(self, contest: ContestPage, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("PrizeChoiceField", self.fields["prize"]).queryset = contest.prizes.all()
