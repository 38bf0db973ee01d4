"""The form of a follow-up: what really happened."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from campaigns.follow_up import FIELDS, REQUIRED, missing_parts_among
from campaigns.models import Action, ActionIndicator
from home.forms import AccessibleForm
from home.keys import key_in

from .fields import WholeNumberField
from .hushing import Hushable

SATISFACTION: Final = (
    ("4", _("4 – Very satisfied")),
    ("3", _("3 – Satisfied")),
    ("2", _("2 – Not very satisfied")),
    ("1", _("1 – Not satisfied")),
)
YES_OR_NO: Final = (("yes", _("Yes")), ("no", _("No")))
LONGEST_TEXT = 10_000


class FollowUpForm(Hushable, AccessibleForm, forms.Form):
    """All may stay empty while one writes; three answers are needed to hand it in."""

    pupils_actual = WholeNumberField(label=_("Pupils who took part"))
    adults_actual = WholeNumberField(
        label=_("Adults who took part"),
        required=False,
        help_text=_("Staff, families, partners: all adults together."),
    )
    outcome = forms.CharField(
        label=_("Outcome or production"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_(
            "What it gave, what remains of it. It takes the place of what you had planned."
        ),
    )
    satisfaction = forms.ChoiceField(
        label=_("How satisfied are you?"), choices=SATISFACTION, widget=forms.RadioSelect
    )
    continued = forms.ChoiceField(
        label=_("Will the action go on?"), choices=YES_OR_NO, widget=forms.RadioSelect
    )
    strengths = forms.CharField(
        label=_("What went well"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    improvements = forms.CharField(
        label=_("What to improve"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    advice = forms.CharField(
        label=_("Advice to others"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What a colleague elsewhere should know before starting."),
    )
    # What the writer had before their eyes; see `campaigns.drafts.save_draft`.
    revision = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: QueryDict | None = None, *, version: Action, **kwargs: Any) -> None:
        self.indicators: list[ActionIndicator] = list(version.indicators.all())
        initial = {name: getattr(version, name) for name in FIELDS}
        if version.continued is not None:
            initial["continued"] = "yes" if version.continued else "no"
        initial["revision"] = version.latest_revision_id
        super().__init__(data, initial=initial, **kwargs)
        longest = ActionIndicator._meta.get_field("actual").max_length
        for row in self.indicators:
            self.fields[self.name_of(row)] = forms.CharField(
                label=row.label,
                required=False,
                max_length=longest,
                initial=row.actual,
                help_text=_("You aimed for: %(target)s") % {"target": row.target}
                if row.target
                else "",
            )

    @staticmethod
    def name_of(indicator: ActionIndicator) -> str:
        """The name of the field that holds the result of an indicator."""
        return f"indicator-{indicator.pk}"

    def result_fields(self) -> list[Any]:
        """The fields of the indicators."""
        return [self[self.name_of(row)] for row in self.indicators]

    def full_clean(self) -> None:
        """Check what is typed, not what is missing: a draft may hold as little as one likes."""
        for name in REQUIRED:
            self.fields[name].required = False
        super().full_clean()
        for name in REQUIRED:
            self.fields[name].required = True

    @property
    def expected_revision(self) -> int:
        """The revision that the writer started from; -1, which none has, where none is named."""
        key = key_in(str(self["revision"].value() or ""))
        return -1 if key is None else key

    def values(self) -> dict[str, Any]:
        """The parts as typed, by field of the fiche. Call it once valid."""
        typed = {name: self.cleaned_data[name] for name in FIELDS}
        typed["satisfaction"] = int(typed["satisfaction"]) if typed["satisfaction"] else None
        typed["continued"] = {"yes": True, "no": False}.get(typed["continued"])
        return typed

    def results(self) -> dict[int, str]:
        """What each indicator gave, by its key. Call it once valid."""
        return {row.pk: self.cleaned_data[self.name_of(row)] for row in self.indicators}

    def say_also_missing(self) -> None:
        """Beside the errors of what is typed, tell what it lacks to be handed in."""
        empty = [name for name in REQUIRED if self.cleaned_data.get(name) in (None, "")]
        self.say_missing(missing_parts_among(name for name in empty if name not in self.errors))

    def say_missing(self, missing: dict[str, list[str]]) -> None:
        """Tell what is needed to hand it in, each at its place."""
        for name, said in missing.items():
            if name not in self.errors:
                self.add_error(name, said)
