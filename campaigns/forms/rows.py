"""The rows of a fiche's form: partners, sessions, indicators.

Rows are added and removed by the form's own buttons, without JavaScript: the page comes back with
everything typed so far and one row more, or less, and nothing is saved. A row left blank is no row.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, ClassVar, cast

from django.db.models import Model
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from campaigns.media_files import MOST_FILES, file_name
from campaigns.models import Action
from home.forms import AccessibleBoundField, Fault

from .row_forms import IndicatorForm, MediaForm, PartnerForm, RowForm, SessionForm

MOST_ROWS = 30
UPLOAD = "upload"
"""The field by which a file is sent."""


def key_of(row: Model) -> str:
    """What the hidden field of a stored row says."""
    return str(row.pk or "")


@dataclass(frozen=True)
class RowKind:
    """What sets one kind of rows apart from the others."""

    name: str
    form: type[RowForm]
    title: str | Promise
    add_label: str | Promise
    row_label: str | Promise
    key: Callable[[Any], str] = key_of
    most: int = MOST_ROWS
    # Rows of files come with a file, and only so.
    is_of_files: bool = False


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
            RowKind(
                "media",
                MediaForm,
                _("Pictures and documents"),
                _("Send the file"),
                _("File %(number)s"),
                key=file_name,
                most=MOST_FILES,
                is_of_files=True,
            ),
        )
    }

    def __init__(
        self, kind: RowKind, action: Action, data: QueryDict | None = None, **form_options: Any
    ) -> None:
        self.kind = kind
        self.errors: list[str] = []
        self.kept: list[tuple[RowForm, Model]] = []
        self.upload_error = ""
        stored = list(getattr(action, kind.name).all())
        if data is None:
            self.forms = [
                kind.form(
                    instance=row,
                    prefix=prefix_of(kind.name, index),
                    initial={"row": kind.key(row)},
                    **form_options,
                )
                for index, row in enumerate(stored)
            ]
            if not self.forms and not kind.is_of_files:
                self.forms = [kind.form(prefix=prefix_of(kind.name, 0), **form_options)]
            return
        by_key = {kind.key(row): row for row in stored if kind.key(row)}
        self.forms = [
            kind.form(
                data,
                instance=by_key.pop(data.get(f"{prefix_of(kind.name, index)}-row", ""), None),
                prefix=prefix_of(kind.name, index),
                **form_options,
            )
            for index in range(count_of(data, kind.name))
        ]
        if kind.is_of_files:
            # Whatever the page says, a file is one of this fiche's.
            self.forms = [form for form in self.forms if form.stored is not None]

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
        return len(self.forms) >= self.kind.most

    def is_valid(self) -> bool:
        """Whether every row that is not blank can be stored."""
        for form in self.forms:
            if form.is_blank:
                form.hush()
        return all(form.is_valid() for form in self.forms) and not self.upload_error

    @property
    def has_errors(self) -> bool:
        """Whether something typed in a row is wrong."""
        return bool(self.errors or self.upload_error) or any(form.errors for form in self.forms)

    def faults(self) -> list[Fault]:
        """What is wrong in the rows, each said with the row's name."""
        found = [Fault(str(self.kind.title), message, self.anchor) for message in self.errors]
        if self.upload_error:
            found.append(Fault(str(self.kind.title), self.upload_error, f"id_{UPLOAD}"))
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
        for form in self.forms:
            if form.is_blank:
                continue
            row: Any = form.instance if form.is_valid() else form.stored
            if row is not None:
                row.sort_order = len(rows)
                rows.append(row)
                self.kept.append((form, row))
        setattr(action, self.name, rows)

    def kept_rows(self) -> dict[str, str]:
        """What the hidden field of each kept row says from now on, by the field's name."""
        return {f"{form.prefix}-row": self.kind.key(row) for form, row in self.kept}


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
