"""The rows of a fiche's form: partners, sessions, indicators.

Rows are added and removed by the form's own buttons, without JavaScript: the page comes back with
everything typed so far and one row more, or less, and nothing is saved. A row left blank is no row.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import dataclass
from typing import Any, ClassVar, cast

from django import forms
from django.db.models import Model
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from campaigns.enums import Openness
from campaigns.models import Action, ActionIndicator, ActionPartner, ActionSession, PartnerType
from home.forms import AccessibleBoundField, AccessibleForm, Fault

from .fields import DayField, HourField, offer_choices
from .hushing import Hushable

MOST_ROWS = 30


class RowForm(Hushable, AccessibleForm, forms.ModelForm):
    """One row. `row` is the number of the stored row that it came from, if any."""

    row = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, instance: Model | None = None, **kwargs: Any) -> None:
        super().__init__(*args, instance=instance, **kwargs)
        self.stored = copy(instance)

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


@dataclass(frozen=True)
class RowKind:
    """What sets one kind of rows apart from the others."""

    name: str
    form: type[RowForm]
    title: str | Promise
    add_label: str | Promise
    row_label: str | Promise


class RowSet:
    """The rows of one kind, as stored or as typed.

    Args:
        kind: which rows.
        action: the version of the fiche, in memory.
        data: what was typed, or None to show what is stored.
        form_options: passed to each row's form.
    """

    KINDS: ClassVar[dict[str, RowKind]] = {
        kind.name: kind
        for kind in (
            RowKind(
                "partners", PartnerForm, _("Partners"), _("Add a partner"), _("Partner %(number)s")
            ),
            RowKind("sessions", SessionForm, _("Dates"), _("Add a date"), _("Date %(number)s")),
            RowKind(
                "indicators",
                IndicatorForm,
                _("Indicators"),
                _("Add an indicator"),
                _("Indicator %(number)s"),
            ),
        )
    }

    def __init__(
        self, kind: RowKind, action: Action, data: QueryDict | None = None, **form_options: Any
    ) -> None:
        self.kind = kind
        self.errors: list[str] = []
        self.kept: list[tuple[int, Model]] = []
        stored = list(getattr(action, kind.name).all())
        if data is None:
            self.forms = [
                kind.form(
                    instance=row,
                    prefix=prefix_of(kind.name, index),
                    initial={"row": row.pk or ""},
                    **form_options,
                )
                for index, row in enumerate(stored)
            ] or [kind.form(prefix=prefix_of(kind.name, 0), **form_options)]
            return
        by_number = {str(row.pk): row for row in stored if row.pk}
        self.forms = [
            kind.form(
                data,
                instance=by_number.pop(data.get(f"{prefix_of(kind.name, index)}-row", ""), None),
                prefix=prefix_of(kind.name, index),
                **form_options,
            )
            for index in range(count_of(data, kind.name))
        ]

    @property
    def name(self) -> str:
        """The name of the relation, which is also the prefix of the fields."""
        return self.kind.name

    @property
    def anchor(self) -> str:
        """The id of the rows on the page."""
        return anchor_of_rows(self.name)

    @property
    def is_full(self) -> bool:
        """Whether no row may be added."""
        return len(self.forms) >= MOST_ROWS

    def is_valid(self) -> bool:
        """Whether every row that is not blank can be stored."""
        for form in self.forms:
            if form.is_blank:
                form.hush()
        return all(form.is_valid() for form in self.forms)

    @property
    def has_errors(self) -> bool:
        """Whether something typed in a row is wrong."""
        return bool(self.errors) or any(form.errors for form in self.forms)

    def faults(self) -> list[Fault]:
        """What is wrong in the rows, each said with the row's name."""
        found = [Fault(str(self.kind.title), message, self.anchor) for message in self.errors]
        for title, form in self.titled:
            found += [
                Fault(f"{title}, {bound.label}", str(message), bound.first_input_id)
                for bound in cast("list[AccessibleBoundField]", form.visible_fields())
                for message in bound.errors
            ]
        return found

    @property
    def titled(self) -> list[tuple[str, RowForm]]:
        """The rows with their names, as "Partner 2"."""
        return [
            (str(self.kind.row_label) % {"number": number}, form)
            for number, form in enumerate(self.forms, start=1)
        ]

    def focus_last(self) -> None:
        """Put the cursor in the last row when the page opens."""
        if self.forms:
            field = self.forms[-1].visible_fields()[0].field
            field.widget.attrs["autofocus"] = True

    def hush(self) -> None:
        """Show what was typed without judging it."""
        for form in self.forms:
            form.hush()

    def put_on(self, action: Action) -> None:
        """Give the rows to `action`, in memory, in the order of the page.

        A row that is typed wrongly stays as it was stored; a new one does not come yet.
        """
        rows: list[Model] = []
        self.kept = []
        for index, form in enumerate(self.forms):
            if form.is_blank:
                continue
            row: Any = form.instance if form.is_valid() else form.stored
            if row is not None:
                row.sort_order = len(rows)
                rows.append(row)
                self.kept.append((index, row))
        setattr(action, self.name, rows)

    def kept_rows(self) -> dict[str, str]:
        """What the hidden field of each kept row says from now on, by the field's name."""
        return {f"{prefix_of(self.name, index)}-row": str(row.pk or "") for index, row in self.kept}


def anchor_of_rows(name: str) -> str:
    """The id on the page of the rows of `name`."""
    return f"lignes-{name}"


def prefix_of(name: str, index: int) -> str:
    """The prefix of the fields of a row."""
    return f"{name}-{index}"


def count_of(data: QueryDict, name: str) -> int:
    """How many rows of `name` were on the page: found by their hidden field, never trusted."""
    count = 0
    while count < MOST_ROWS and f"{prefix_of(name, count)}-row" in data:
        count += 1
    return count


def with_row_added(data: QueryDict, name: str) -> QueryDict:
    """What was typed, with one blank row of `name` more, unless there are enough."""
    copy = data.copy()
    count = count_of(data, name)
    if count < MOST_ROWS:
        copy[f"{prefix_of(name, count)}-row"] = ""
    return copy


def with_row_removed(data: QueryDict, name: str, index: int) -> QueryDict:
    """What was typed, without row `index` of `name`; the rows below it move up."""
    copy = data.copy()
    pattern = re.compile(rf"{re.escape(name)}-([0-9]{{1,4}})-(\w+)")
    fields: Iterable[tuple[str, int, str]] = [
        (key, int(found[1]), found[2]) for key in data if (found := pattern.fullmatch(key))
    ]
    for key, _number, _field in fields:
        del copy[key]
    for key, number, field in fields:
        if number != index:
            moved = number - 1 if number > index else number
            copy.setlist(f"{prefix_of(name, moved)}-{field}", data.getlist(key))
    return copy
