"""What editors send about posters: a decision, or several posters to admit at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.utils.translation import gettext, gettext_lazy
from wagtail.admin.widgets import AdminAutoHeightTextInput

from contest.admission import NEEDS_REASON
from contest.enums import Decision, Reason

if TYPE_CHECKING:
    from collections.abc import Sequence

NEEDS_WORDS = frozenset({Decision.WITHDRAW})
LONGEST_COMMENT = 2000


class DecisionForm(forms.Form):
    """One decision about a poster, and what its establishment is told of it."""

    decision = forms.ChoiceField(label=gettext_lazy("Your decision"), widget=forms.RadioSelect)
    reason = forms.ChoiceField(
        label=gettext_lazy("Reason"),
        choices=Reason.choices,
        widget=forms.RadioSelect,
        required=False,
    )
    comment = forms.CharField(
        label=gettext_lazy("Your words to the establishment"),
        widget=AdminAutoHeightTextInput(attrs={"rows": 3}),
        required=False,
        max_length=LONGEST_COMMENT,
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, decisions: Sequence[Decision], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = cast("forms.ChoiceField", self.fields["decision"])
        offered.choices = [(item.value, item.label) for item in decisions]
        self.asks_reason = not NEEDS_REASON.isdisjoint(decisions)
        self.fields["reason"].help_text = gettext(
            "Needed to send back or to refuse. The establishment reads it."
        )
        self.fields["comment"].help_text = gettext(
            "The establishment receives them by mail. Needed to withdraw the poster."
        )

    def clean(self) -> dict[str, Any]:
        """Ask at once for the reason or the words that the decision needs."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        decision = cleaned.get("decision")
        says_something = bool(cleaned.get("comment", "").strip())
        if decision in NEEDS_REASON and "reason" not in self.errors:
            if not cleaned.get("reason"):
                self.add_error(
                    "reason", gettext("Choose a reason: the establishment will read it.")
                )
            elif cleaned["reason"] == Reason.OTHER and not says_something:
                self.add_error("comment", gettext("Say which: the establishment will read this."))
        if decision in NEEDS_WORDS and not says_something:
            self.add_error("comment", gettext("Say why: the establishment will read this comment."))
        return cleaned


def ticked(values: Sequence[str], most: int) -> dict[int, int]:
    """The posters ticked on the wall, with the revision that the editor had before their eyes.

    Args:
        values: "poster.revision" each, as the boxes say it; what is not so is left out.
        most: how many are taken, at most.
    """
    from home.keys import key_in

    found: dict[int, int] = {}
    for value in values:
        poster, _point, revision = value.partition(".")
        key, seen = key_in(poster), key_in(revision)
        if key is not None and seen is not None and len(found) < most:
            found[key] = seen
    return found
