"""What is typed in one row of a fiche's form: a partner, a date, an indicator, a file."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from typing import Any

from django import forms
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from campaigns.enums import MediaKind, Openness
from campaigns.models import (
    ActionIndicator,
    ActionMedia,
    ActionPartner,
    ActionSession,
    PartnerType,
)
from home.forms import AccessibleForm

from .fields import DayField, HourField, offer_choices
from .hushing import Hushable


class RowForm(Hushable, AccessibleForm, forms.ModelForm):
    """One row. `row` is the number of the stored row that it came from, if any."""

    row = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, instance: Model | None = None, **kwargs: Any) -> None:
        super().__init__(*args, instance=instance, **kwargs)
        self.stored = copy(instance)

    @property
    def index(self) -> int:
        """Its place among the rows of its kind, as its fields' names say."""
        return int(str(self.prefix).rpartition("-")[2])

    @property
    def is_blank(self) -> bool:
        """Whether nothing is typed or chosen in the row."""
        if not self.is_bound:
            return False
        return not any(str(self[name].data or "").strip() for name in self.fields if name != "row")


class PartnerForm(RowForm):
    """Who else takes part."""

    class Meta:
        model = ActionPartner
        fields = ["name", "type"]
        labels = {"name": _("Name of the partner"), "type": _("Kind of partner")}

    def __init__(self, *args: Any, types: Sequence[PartnerType] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].error_messages["required"] = _("Give the partner’s name.")
        # The options are read once for all the rows.
        offer_choices(self.fields["type"], ((term.pk, term.label) for term in types))


class SessionForm(RowForm):
    """One date of the action."""

    date = DayField(label=_("Date"))
    starts_at = HourField(label=_("Begins at"), required=False, help_text=_("For example 14 h"))
    ends_at = HourField(label=_("Ends at"), required=False, help_text=_("For example 15 h 30"))

    class Meta:
        model = ActionSession
        fields = ["date", "starts_at", "ends_at", "place", "openness"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_choices(self.fields["openness"], Openness.choices)
        self.fields["date"].error_messages["required"] = _("Give the date of this session.")

    def clean(self) -> dict[str, Any]:
        """Refuse a session that ends before it starts."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        start, end = cleaned.get("starts_at"), cleaned.get("ends_at")
        if start and end and end <= start:
            self.add_error("ends_at", _("The session must end after it starts."))
        return cleaned


class IndicatorForm(RowForm):
    """How the effect is measured."""

    class Meta:
        model = ActionIndicator
        fields = ["label", "target"]
        labels = {"label": _("What you will count or observe"), "target": _("What you aim for")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["label"].error_messages["required"] = _("Say what you will count or observe.")


class MediaForm(RowForm):
    """What is said of a file that was received. The row is its file's name, drawn at random."""

    # A picture needs its description to be handed in, though not to be kept.
    mark_optional = False

    class Meta:
        model = ActionMedia
        fields = ["alternative", "credit", "is_authorised"]
        labels = {
            "alternative": _("Description for those who do not see the picture"),
            "credit": _("Credit"),
            "is_authorised": _(
                "The establishment holds the written authorisations (author, and persons shown)"
            ),
        }
        help_texts = {
            "alternative": _("What is seen, in a sentence. Needed for each picture."),
            "credit": _("Who took it, or made it. Never a pupil’s full name."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.kind != MediaKind.IMAGE:
            self.fields["alternative"].label = _("Title of the document")
            self.fields["alternative"].help_text = ""
            self.fields["credit"].help_text = _("Whose work it is. Never a pupil’s full name.")

    @property
    def is_blank(self) -> bool:
        """Never: the file is there."""
        return False
