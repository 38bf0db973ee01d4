"""What editors send to publish a palmarès: when, and what it corrects."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from contest.jury.publishing import LONGEST_NOTE

INPUT_FORMAT = "%Y-%m-%dT%H:%M"

NOW, LATER = "now", "later"


class PublishForm(forms.Form):
    """A publication, or a correction where `is_correction`."""

    when = forms.ChoiceField(
        label=_("When"),
        choices=[(NOW, _("Now")), (LATER, _("At the instant below"))],
        widget=forms.RadioSelect,
        initial=LATER,
        error_messages={"required": _("Say when.")},
    )
    at = forms.DateTimeField(
        label=_("Day and hour"),
        help_text=_("In Paris. Until then nobody but the organisers sees anything of it."),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=INPUT_FORMAT),
        input_formats=[INPUT_FORMAT, "%Y-%m-%dT%H:%M:%S", "%d/%m/%Y %H:%M"],
        error_messages={"invalid": _("Type a day and an hour, as in 28/03/2024 18:00.")},
    )
    note = forms.CharField(
        label=_("What this version corrects"),
        help_text=_("Published with the palmarès, and sent to the schools whose prizes change."),
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say what this version corrects: everybody will read it.")},
    )
    checked = forms.BooleanField(
        label=_("I have read the palmarès as it will be published."),
        error_messages={"required": _("Read it first: what is published is never erased.")},
    )

    def __init__(self, *args: Any, is_correction: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_correction:
            del self.fields["note"]
        else:
            self.initial.setdefault("when", NOW)

    def clean(self) -> dict[str, Any] | None:
        """Ask for the instant where one is wanted."""
        cleaned = super().clean() or {}
        if cleaned.get("when") == LATER and not cleaned.get("at") and "at" not in self.errors:
            self.add_error("at", _("Type the day and the hour of the publication."))
        return cleaned

    @property
    def instant(self) -> datetime | None:
        """The instant chosen; None for now."""
        at: datetime | None = self.cleaned_data.get("at")
        return at if self.cleaned_data["when"] == LATER else None
