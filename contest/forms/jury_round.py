"""The organisers' form on a round: its rules while they may change."""

from __future__ import annotations

from datetime import datetime

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import formfield_for_dbfield

from contest.jury.preparing import rule_problems
from contest.models import Round

FIRST_YEAR, LAST_YEAR = 2000, 2999
"""Beyond them a year is mistyped, and at both ends of time a database refuses to compare."""


class RoundForm(forms.ModelForm):
    """Method, who judges, dates, who goes on."""

    class Meta:
        model = Round
        formfield_callback = formfield_for_dbfield
        fields = (
            "name",
            "method",
            "panel_size",
            "minimum",
            "opens_at",
            "closes_at",
            "advance_count",
            "advance_threshold",
            "severity",
            "last_resort",
        )
        widgets = {"method": forms.RadioSelect, "last_resort": forms.RadioSelect}
        help_texts = {
            "name": _("As jurors and the public read it: “Final”."),
            "method": _(
                "Majority judgment is recommended: each juror gives each poster a mention, the "
                "median decides. Keeping or leaving out suits a first round of many posters."
            ),
            "opens_at": _("Paris time. Jurors see their posters from this instant on."),
            "closes_at": _("Paris time. What arrives at this instant or later is not counted."),
            "advance_count": _("To the next round. Left empty for the last round."),
            "advance_threshold": _(
                "Instead of a number. A share from 0 to 1 for keep or leave out, a mention from 1 "
                "(Passable) to 5 (Excellent) for the majority judgment, a grade for criteria."
            ),
            "severity": _(
                "For grades by criterion and panels only. The raw and the corrected result are "
                "both published."
            ),
        }

    def clean_opens_at(self) -> datetime | None:
        """An instant of these centuries."""
        return _of_our_time(self.cleaned_data["opens_at"])

    def clean_closes_at(self) -> datetime | None:
        """An instant of these centuries."""
        return _of_our_time(self.cleaned_data["closes_at"])

    def _post_clean(self) -> None:
        """Tell beside its field what is wrong with the rules taken together.

        The database's own constraints say the same, but of no field.
        """
        super()._post_clean()  # type: ignore[misc]
        if set(self.errors) <= {NON_FIELD_ERRORS}:
            problems = rule_problems(self.instance, self.instance.category.contest)
            if problems:
                self.errors.pop(NON_FIELD_ERRORS, None)
            for name, problem in problems.items():
                self.add_error(name, problem)


def _of_our_time(instant: datetime | None) -> datetime | None:
    if instant is not None and not FIRST_YEAR <= instant.year <= LAST_YEAR:
        raise ValidationError(_("Check the year."))
    return instant
