"""The form that prepares the next edition."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput

from campaigns.models import CampaignPage
from campaigns.rollover import NextEdition, first_day_problem, problems, proposal
from campaigns.school_year import validate_school_year


class NextEditionForm(forms.Form):
    """What an editor decides; `shown_first_day` is the day whose consequences they have seen."""

    title = forms.CharField(label=_("Title"), max_length=255)
    slug = forms.SlugField(
        label=_("Address"),
        max_length=255,
        help_text=_("The end of the edition’s address, as in 2027."),
    )
    school_year = forms.CharField(
        label=_("School year"), max_length=9, validators=[validate_school_year]
    )
    edition = forms.IntegerField(label=_("Number of the edition"), min_value=1, required=False)
    theme = forms.CharField(
        label=_("Theme"),
        max_length=120,
        required=False,
        help_text=_("May be given later."),
    )
    week_first_day = forms.DateField(
        label=_("First day of the week"),
        widget=AdminDateInput,
        help_text=_("All other dates move by as many days."),
    )
    shown_first_day = forms.DateField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, source: CampaignPage, **kwargs: Any) -> None:
        kwargs["initial"] = asdict(proposal(source))
        super().__init__(*args, **kwargs)
        self.source = source

    @property
    def plan(self) -> NextEdition:
        """The valid form's plan."""
        values = {name: self.cleaned_data[name] for name in NextEdition.__dataclass_fields__}
        return NextEdition(**values)

    @property
    def first_day(self) -> date:
        """The first day that was typed, or else the one proposed: the preview shows its dates."""
        typed = getattr(self, "cleaned_data", {}).get("week_first_day")
        day: date = typed or proposal(self.source).week_first_day
        return day

    @property
    def has_shown_dates(self) -> bool:
        """Whether the editor has seen the dates that this first day leads to."""
        return bool(self.cleaned_data.get("shown_first_day") == self.cleaned_data["week_first_day"])

    def clean_week_first_day(self) -> date:
        """Refuse a day too early or too far, whatever else is wrong."""
        day: date = self.cleaned_data["week_first_day"]
        problem = first_day_problem(self.source, day)
        if problem:
            raise ValidationError(problem)
        return day

    def clean(self) -> dict[str, Any]:
        """Put beside its field what forbids the plan."""
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.errors:
            found = problems(self.source, self.plan)
            if found:
                raise ValidationError(found)
        return cleaned
