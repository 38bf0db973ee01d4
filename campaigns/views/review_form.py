"""The decision of a reviewer: which, what the establishment is told, part by part if need be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext, gettext_lazy

from campaigns.commenting import all_parts, label_of_part
from campaigns.enums import Decision
from campaigns.models.dialogue import LONGEST_MESSAGE
from campaigns.review import NEEDS_COMMENT

DECISION_FORM = "decision-form"
"""The id of the form on its page, by which the comments beside the parts belong to it."""


def comment_help(decisions: list[Decision]) -> str:
    """What the comment is for, naming those of the decisions offered that need one."""
    told = gettext("The establishment receives it by mail.")
    needing = [
        gettext("“%(decision)s”") % {"decision": item.label}
        for item in decisions
        if item in NEEDS_COMMENT
    ]
    if not needing:
        return told
    needed = gettext("Needed for: %(decisions)s.") % {"decisions": ", ".join(needing)}
    if Decision.REQUEST_CHANGES in decisions:
        instead = gettext("To send the fiche back, comments beside its parts are enough.")
        return f"{needed} {instead} {told}"
    return f"{needed} {told}"


class DecisionForm(forms.Form):
    """One decision, and what the establishment is told of it, `parts` by part."""

    decision = forms.ChoiceField(
        label=gettext_lazy("Your decision"), widget=forms.RadioSelect, required=True
    )
    comment = forms.CharField(
        label=gettext_lazy("Comment for the establishment"),
        widget=forms.Textarea(attrs={"rows": 5}),
        required=False,
        max_length=LONGEST_MESSAGE,
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, decisions: list[Decision], *args: Any, parts: Sequence[str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offered = cast("forms.ChoiceField", self.fields["decision"])
        offered.choices = [(item.value, item.label) for item in decisions]
        self.fields["comment"].help_text = comment_help(decisions)
        self.commented = parts if Decision.REQUEST_CHANGES in decisions else []
        for name in self.commented:
            self.fields[name_of(name)] = forms.CharField(
                label=gettext("Comment on “%(part)s”") % {"part": label_of_part(name)},
                widget=forms.Textarea(attrs={"rows": 3, "form": DECISION_FORM}),
                required=False,
                max_length=LONGEST_MESSAGE,
            )

    def comment_on(self, part: str) -> forms.BoundField | None:
        """The field of the comment on `part`; None where none may be made."""
        return self[name_of(part)] if part in self.commented else None

    def comments(self) -> dict[str, str]:
        """The comments made, by part; read once the form is valid."""
        return {name: text for name in self.commented if (text := self.cleaned_data[name_of(name)])}

    def clean(self) -> dict[str, Any]:
        """Ask at once for the comment that the decision needs."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        decision = cleaned.get("decision")
        asked = any(cleaned.get(name_of(name), "") for name in self.commented)
        if decision == Decision.REQUEST_CHANGES and asked:
            return cleaned
        if decision in NEEDS_COMMENT and not cleaned.get("comment", "").strip():
            self.add_error("comment", gettext("Say why: the establishment will read this comment."))
        elif decision and asked:
            # Nothing typed is lost, nor left unsaid without a word.
            self.add_error(
                "decision",
                gettext(
                    "Comments beside the parts go with “Send back for correction”. Choose it, or "
                    "empty them."
                ),
            )
        return cleaned


def name_of(part: str) -> str:
    """The name of the field that holds the comment on `part`."""
    return f"part-{part}"


def typed_in(data: Mapping[str, str]) -> dict[str, str]:
    """What a reviewer typed for the establishment, by the name of its field."""
    names = ["comment", *map(name_of, all_parts())]
    return {name: data[name] for name in names if data.get(name, "").strip()}


def without_a_field(typed: Mapping[str, str], form: DecisionForm | None) -> list[tuple[str, str]]:
    """What was typed and has no place in `form`: the part it is about, none for all, and the text.

    Somebody has decided meanwhile: it is shown, for whoever typed it to keep.
    """
    labels = {name_of(part): label_of_part(part) for part in all_parts()}
    known = form.fields if form else {}
    return [(labels.get(name, ""), text) for name, text in typed.items() if name not in known]
