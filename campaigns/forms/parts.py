"""What a step of the form shows in one place, and how an address leads there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from campaigns.sections import step_of
from home.forms import AccessibleBoundField, Fault

from .fields import DayField, EurosField, WholeNumberField
from .rows import RowSet, anchor_of_rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from campaigns.models import Action, FieldComment
    from campaigns.models.terms import Term

    from .action import ActionForm
    from .follow_up import FollowUpForm

HELP_TEXTS = {
    "title": _("As it will stand in the catalogue."),
    "summary": _("One or two sentences that make people want to read on. 200 characters at most."),
    "coordinator_email": _("So that the network or the académie can reach you. Never published."),
    "levels": _("The classes that take part."),
    "moment": _("An action that runs all year may also have dates during the Week."),
    "registration": _("If people from outside may come: whom to write to, until when."),
    "objectives": _("What should change for the pupils, and why in your establishment."),
    "course": _("Step by step: who does what, when, with what means."),
    "outcome": _("What will remain: a poster, a show, a booklet, a habit."),
    "reuse_tips": _("What a colleague elsewhere should know before starting."),
    "budget": _("In euros, all expenses together."),
}

MULTIPLE = (
    "audiences",
    "levels",
    "themes",
    "action_types",
    "production_types",
    "funding_sources",
)
"""The fields of which several terms may be ticked."""

RADIOS = ("moment", "novelty", "openness")
"""The fields of which one value is chosen among all that are shown."""


@dataclass(frozen=True)
class Part:
    """What a section shows in one place: a field, or rows, and what reviewers ask of it."""

    name: str
    field: AccessibleBoundField | None = None
    rows: RowSet | None = None
    comments: Sequence[FieldComment] = ()

    @property
    def comment_id(self) -> str:
        """The id on the page of what reviewers ask."""
        return comment_id(self.name)

    @property
    def is_short(self) -> bool:
        """Whether its input holds a date or a number."""
        return self.field is not None and isinstance(
            self.field.field, DayField | WholeNumberField | EurosField
        )

    def faults(self) -> list[Fault]:
        """What is wrong here."""
        if self.field is None:
            return self.rows.faults() if self.rows else []
        label, target = str(self.field.label), self.field.first_input_id
        return [Fault(label, str(message), target) for message in self.field.errors]


class CommentedBoundField(AccessibleBoundField):
    """A field that is described by what reviewers ask of it too."""

    form: ActionForm | FollowUpForm

    @property
    def aria_describedby(self) -> str:
        """Django's descriptions, then the reviewers' comment."""
        return f"{super().aria_describedby or ''} {self.group_description}".strip()

    @property
    def group_description(self) -> str:
        """The id of what reviewers ask of it, if they do."""
        return comment_id(self.name) if self.name in self.form.comments else ""


def comment_id(part: str) -> str:
    """The id on the page of what reviewers ask to correct in a part."""
    return f"remarque-{part}"


def anchor_of(part: str) -> str:
    """The id that a link to a field or to rows leads to, on the page of its step."""
    if part in RowSet.KINDS:
        return anchor_of_rows(part)
    return f"id_{part}_0" if part in MULTIPLE or part in RADIOS else f"id_{part}"


def address_of_part(action: Action, part: str) -> str:
    """Where a part of a kept fiche is written."""
    page = reverse("space:edit_step", args=[action.pk, step_of(part).slug])
    return f"{page}#{anchor_of(part)}"


def offered(model: type[Term], academy_id: int) -> Any:
    """The terms of a vocabulary that a fiche of the académie may take."""
    return model.objects.filter(  # type: ignore[attr-defined]
        Q(academy=None) | Q(academy_id=academy_id), is_active=True
    )
