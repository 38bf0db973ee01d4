"""One step of the form of a fiche-action, with its rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, ClassVar, cast

from django import forms
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from campaigns.commenting import label_of_part
from campaigns.enums import CoordinatorFunction, Moment, Novelty, Openness
from campaigns.models import Action, FieldComment, PartnerType
from campaigns.sections import SECTIONS, Section, Step, step_of
from campaigns.step_marks import mark_of
from campaigns.submission import REQUIRED_FIELDS, missing_parts
from home.forms import AccessibleBoundField, AccessibleForm, Fault
from home.keys import key_in

from .fields import DayField, EurosField, WholeNumberField, offer_choices
from .hushing import Hushable
from .parts import (
    HELP_TEXTS,
    MULTIPLE,
    RADIOS,
    CommentedBoundField,
    Part,
    address_of_part,
    offered,
)
from .rows import RowSet


class ActionForm(Hushable, AccessibleForm, forms.ModelForm):
    """What an establishment fills in on one page. Only the title is needed to keep a draft.

    Args:
        data: what was typed, or None to show what is stored.
        instance: the version of the fiche, in memory; only what the step holds changes in it.
        step: the page.
        comments: what reviewers ask to correct, shown beside each part.
    """

    bound_field_class = CommentedBoundField

    pupils_planned = WholeNumberField(label=_("Number of pupils expected"), required=False)
    adults_planned = WholeNumberField(label=_("Number of adults expected"), required=False)
    starts_on = DayField(label=_("First day"), required=False)
    ends_on = DayField(
        label=_("Last day"), required=False, help_text=_("If it lasts several days.")
    )
    budget = EurosField(label=_("Budget"), required=False)

    # What the writer had before their eyes; see `campaigns.drafts.save_draft`.
    revision = forms.CharField(required=False, widget=forms.HiddenInput)
    # What the step held then; see `campaigns.step_marks`.
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    # Drawn for a blank form; see `campaigns.creation.start_once`.
    key = forms.UUIDField(required=False, widget=forms.HiddenInput)

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
            **dict.fromkeys(RADIOS, forms.RadioSelect),
        }

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        instance: Action,
        step: Step,
        comments: Iterable[FieldComment] = (),
        **kwargs: Any,
    ) -> None:
        self.step = step
        self.comments: dict[str, list[FieldComment]] = {}
        for comment in comments:
            self.comments.setdefault(comment.part, []).append(comment)
        self.elsewhere: list[tuple[int, Fault]] = []
        self.stored_mark = mark_of(instance, step)
        seen = {"revision": instance.latest_revision_id, "seen": self.stored_mark}
        initial = seen | kwargs.pop("initial", {})
        super().__init__(data, instance=instance, initial=initial, **kwargs)
        for name in [*self.fields]:
            if name in self.Meta.fields and name not in step.holds:
                del self.fields[name]
        academy_id = instance.establishment.academy_id
        for name in self._held(MULTIPLE):
            self._offer_terms(name, academy_id)
        for name in self._held(self.CHOICES):
            offer_choices(self.fields[name], self.CHOICES[name])
        for name in self._held(self.TEXT_ROWS):
            self.fields[name].widget.attrs["rows"] = self.TEXT_ROWS[name]
        for name in self._held(REQUIRED_FIELDS):
            self.fields[name].required = True
        for name in self._held(["title"]):
            self.fields[name].error_messages["required"] = _(
                "Give the action a title: it is all that a draft needs."
            )
        options = {}
        if "partners" in step.holds:
            options["partners"] = {"types": list(offered(PartnerType, academy_id))}
        self.row_sets = {
            name: RowSet(kind, instance, data, **options.get(name, {}))
            for name, kind in RowSet.KINDS.items()
            if name in step.holds
        }

    def _held(self, names: Iterable[str]) -> list[str]:
        """Those of `names` that are fields of this step."""
        return [name for name in names if name in self.fields]

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

    def say_upload(self, error: str) -> None:
        """Tell why the file that was sent is not kept."""
        if error:
            self.row_sets["media"].upload_error = error

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

    @property
    def is_up_to_date(self) -> bool:
        """Whether the step still holds what the writer had before their eyes."""
        return str(self["seen"].value() or "") == self.stored_mark

    @property
    def is_as_stored(self) -> bool:
        """Whether the version in memory holds in this step what was stored."""
        return self.mark_now() == self.stored_mark

    def mark_now(self) -> str:
        """The mark of the step in the version in memory."""
        return mark_of(self.instance, self.step)

    def mistyped(self) -> list[Fault]:
        """What is typed wrongly; of a row that is being typed, not what is still empty."""
        rows = (row for row_set in self.row_sets.values() for row in row_set.forms)
        typed: list[Any] = [self, *rows]
        return [
            Fault(str(form[name].label), " ".join(error.messages), form[name].first_input_id)
            for form in typed
            for name, errors in form.errors.as_data().items()
            for error in errors
            if name in form.fields and (form is self or error.code != "required")
        ]

    def say_missing(self, missing: dict[str, list[str]]) -> None:
        """Tell what the version shown lacks to be handed in, each at its place.

        `missing` holds messages by the name of a field or of rows, as
        `campaigns.submission.missing_parts` gives them; what another step holds is told with the
        way there.
        """
        self.hush()
        self._tell(missing)

    def say_also_missing(self) -> None:
        """Beside the errors of what is typed, tell what it lacks to be handed in.

        The writer corrects everything at once. A part that has an error is not missing.
        """
        self._put_terms()
        for rows in self.row_sets.values():
            if rows.is_valid():
                rows.put_on(self.instance)
        self._tell(missing_parts(self.instance))

    def _tell(self, missing: dict[str, list[str]]) -> None:
        for name, said in missing.items():
            if name in self.row_sets:
                if not self.row_sets[name].has_errors:
                    self.row_sets[name].errors = said
            elif name in self.fields:
                if name not in self.errors:
                    self.add_error(name, said)
            elif self.instance.pk is None:
                # The other steps come once the first is saved.
                continue
            else:
                page, _hash, target = address_of_part(self.instance, name).partition("#")
                label, number = label_of_part(name), step_of(name).number
                self.elsewhere += [(number, Fault(label, text, target, page)) for text in said]

    def faults(self) -> list[Fault]:
        """Every error, in the order of the steps, each with the place to go to."""
        found = [Fault("", str(message)) for message in self.non_field_errors()]
        for _section, parts in self.sections:
            for part in parts:
                found += part.faults()
        here = self.step.number
        before = [fault for number, fault in self.elsewhere if number < here]
        after = [fault for number, fault in self.elsewhere if number >= here]
        return [*before, *found, *after]

    def _put_terms(self) -> None:
        """Give the terms ticked to the version in memory."""
        for name in self._held(MULTIPLE):
            if name in self.cleaned_data:
                setattr(self.instance, name, self.cleaned_data[name])

    def version(self) -> Action:
        """The fiche with what was typed, in memory, rows included.

        Of what is typed wrongly, the version holds what was stored.
        """
        action: Action = self.instance
        self._put_terms()
        for rows in self.row_sets.values():
            rows.put_on(action)
        return action

    @cached_property
    def sections(self) -> list[tuple[Section, list[Part]]]:
        """The parts of the page, in order."""
        return [
            (section, [self._part(name) for name in section.holds])
            for section in self.step.sections
        ]

    def _part(self, name: str) -> Part:
        comments = self.comments.get(name, [])
        if name in self.row_sets:
            return Part(name, rows=self.row_sets[name], comments=comments)
        return Part(name, field=cast("AccessibleBoundField", self[name]), comments=comments)
