"""The form of a fiche-action, on one page, with its rows."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, ClassVar, cast

from django import forms
from django.db.models import Q
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from campaigns.enums import CoordinatorFunction, Moment, Novelty, Openness
from campaigns.models import Action, PartnerType
from campaigns.models.terms import Term
from campaigns.sections import SECTIONS, Section
from campaigns.submission import REQUIRED_FIELDS, missing_parts
from home.forms import AccessibleBoundField, AccessibleForm, Fault
from home.keys import key_in

from .fields import DayField, EurosField, WholeNumberField, offer_choices
from .hushing import Hushable
from .rows import RowSet

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


@dataclass(frozen=True)
class Part:
    """What a section shows in one place: a field, or rows."""

    field: AccessibleBoundField | None = None
    rows: RowSet | None = None

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


class ActionForm(Hushable, AccessibleForm, forms.ModelForm):
    """What an establishment fills in. Only the title is needed to keep a draft."""

    pupils_planned = WholeNumberField(label=_("Number of pupils expected"), required=False)
    adults_planned = WholeNumberField(label=_("Number of adults expected"), required=False)
    starts_on = DayField(label=_("First day"), required=False)
    ends_on = DayField(
        label=_("Last day"), required=False, help_text=_("If it lasts several days.")
    )
    budget = EurosField(label=_("Budget"), required=False)

    # What the writer had before their eyes; see `campaigns.drafts.save_draft`.
    revision = forms.CharField(required=False, widget=forms.HiddenInput)
    # Drawn for a blank form; see `campaigns.creation.start_once`.
    key = forms.UUIDField(required=False, widget=forms.HiddenInput)

    MULTIPLE: ClassVar = (
        "audiences",
        "levels",
        "themes",
        "action_types",
        "production_types",
        "funding_sources",
    )
    CHOICES: ClassVar = {
        "coordinator_function": CoordinatorFunction.choices,
        "moment": Moment.choices,
        "novelty": Novelty.choices,
        "openness": Openness.choices,
    }
    TEXT_ROWS: ClassVar = {
        "summary": 3,
        "objectives": 8,
        "course": 14,
        "outcome": 5,
        "reuse_tips": 4,
    }

    class Meta:
        model = Action
        fields = [
            name for section in SECTIONS for name in section.holds if name not in RowSet.KINDS
        ]
        help_texts = HELP_TEXTS
        widgets = {
            "summary": forms.Textarea,
            "moment": forms.RadioSelect,
            "novelty": forms.RadioSelect,
            "openness": forms.RadioSelect,
        }

    def __init__(self, data: QueryDict | None = None, *, instance: Action, **kwargs: Any) -> None:
        initial = {"revision": instance.latest_revision_id, **kwargs.pop("initial", {})}
        super().__init__(data, instance=instance, initial=initial, **kwargs)
        academy_id = instance.establishment.academy_id
        for name in self.MULTIPLE:
            self._offer_terms(name, academy_id)
        for name, choices in self.CHOICES.items():
            offer_choices(self.fields[name], choices)
        for name, lines in self.TEXT_ROWS.items():
            self.fields[name].widget.attrs["rows"] = lines
        for name in REQUIRED_FIELDS:
            self.fields[name].required = True
        self.fields["title"].error_messages["required"] = _(
            "Give the action a title: it is all that a draft needs."
        )
        types = list(offered(PartnerType, academy_id))
        self.row_sets = {
            name: RowSet(kind, instance, data, **({"types": types} if name == "partners" else {}))
            for name, kind in RowSet.KINDS.items()
        }

    def _offer_terms(self, name: str, academy_id: int) -> None:
        """Offer the terms in use, and those that the fiche already holds."""
        field = cast("forms.ModelMultipleChoiceField", self.fields[name])
        held = [term.pk for term in getattr(self.instance, name).all()]
        model = Action._meta.get_field(name).related_model
        # Before the queryset, which gives its choices to the widget.
        field.widget = forms.CheckboxSelectMultiple()
        field.queryset = offered(model, academy_id) | model._default_manager.filter(pk__in=held)
        field.help_text = HELP_TEXTS.get(name, "")

    @contextmanager
    def _only_the_title_needed(self) -> Iterator[None]:
        """Marked as needed on the page, to be handed in; not needed to keep a draft."""
        needed = [name for name, field in self.fields.items() if field.required]
        for name in needed:
            self.fields[name].required = name == "title"
        yield
        for name in needed:
            self.fields[name].required = True

    def full_clean(self) -> None:
        """Check what is typed, not what is missing."""
        with self._only_the_title_needed():
            super().full_clean()

    def clean(self) -> dict[str, Any]:
        """Refuse an action that ends before it starts."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        start, end = cleaned.get("starts_on"), cleaned.get("ends_on")
        if start and end and end < start:
            self.add_error("ends_on", _("The last day comes before the first."))
        return cleaned

    def is_valid(self) -> bool:
        """Whether everything typed, rows included, can be stored."""
        rows_are_valid = [rows.is_valid() for rows in self.row_sets.values()]
        return super().is_valid() and all(rows_are_valid)

    def hush(self) -> None:
        """Show what was typed, rows included, without judging it."""
        super().hush()
        for rows in self.row_sets.values():
            rows.hush()

    @property
    def expected_revision(self) -> int:
        """The revision that the writer started from; -1, which none has, where none is named."""
        key = key_in(str(self["revision"].value() or ""))
        return -1 if key is None else key

    def say_missing(self, missing: dict[str, list[str]]) -> None:
        """Tell what the version shown lacks to be handed in, each at its place.

        `missing` holds messages by the name of a field or of rows, as
        `campaigns.submission.missing_parts` gives them.
        """
        self.hush()
        for name, said in missing.items():
            if name in self.row_sets:
                self.row_sets[name].errors = said
            else:
                self.add_error(name if name in self.fields else None, said)

    def say_also_missing(self) -> None:
        """Beside the errors of what is typed, tell what it lacks to be handed in.

        The writer corrects everything at once. A part that has an error is not missing.
        """
        typed: Action = self.instance
        for name in self.MULTIPLE:
            if name in self.cleaned_data:
                setattr(typed, name, self.cleaned_data[name])
        for rows in self.row_sets.values():
            if rows.is_valid():
                rows.put_on(typed)
        for name, said in missing_parts(typed).items():
            if name in self.errors:
                continue
            if name in self.row_sets:
                if self.row_sets[name].is_valid():
                    self.row_sets[name].errors = said
            else:
                self.add_error(name if name in self.fields else None, said)

    def faults(self) -> list[Fault]:
        """Every error of the page, in its order, each with the id to go to."""
        found = [Fault("", str(message)) for message in self.non_field_errors()]
        for _section, parts in self.sections:
            for part in parts:
                found += part.faults()
        return found

    def version(self) -> Action:
        """The fiche as typed, in memory, rows included. Call it once valid."""
        action: Action = self.save(commit=False)
        self.save_m2m()
        for rows in self.row_sets.values():
            rows.put_on(action)
        return action

    @cached_property
    def sections(self) -> list[tuple[Section, list[Part]]]:
        """The parts of the page, in order."""
        return [(section, [self._part(name) for name in section.holds]) for section in SECTIONS]

    def _part(self, name: str) -> Part:
        if name in self.row_sets:
            return Part(rows=self.row_sets[name])
        return Part(field=cast("AccessibleBoundField", self[name]))


def offered(model: type[Term], academy_id: int) -> Any:
    """The terms of a vocabulary that a fiche of the académie may take."""
    return model.objects.filter(  # type: ignore[attr-defined]
        Q(academy=None) | Q(academy_id=academy_id), is_active=True
    )
