"""The form of a poster, on one page."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, cast

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from campaigns.forms.fields import WholeNumberField
from campaigns.forms.hushing import Hushable
from contest.completeness import missing_parts
from contest.enums import AiUse
from contest.images.formats import Format, content_type_of
from contest.models import Category, Poster
from contest.upload_handling import FIELD
from home.forms import AccessibleBoundField, AccessibleForm, Fault
from home.keys import key_in

from .poster_fields import HELP_TEXTS, SECTIONS, ProseField, Section

if TYPE_CHECKING:
    from django.http import QueryDict

OPTIONAL: Final = frozenset({"class_label", "ai_details", "third_party", "third_party_details"})

SHOWN_AT: Final = {"file": FIELD, "attested_by": "attests"}
"""Where the page shows what is missing of a part of the model that has no input of its own."""

BETWEEN = ", "
"""Between the name and the function of whoever attests, in the one text that is kept."""


class PosterForm(Hushable, AccessibleForm, forms.ModelForm):
    """What an establishment fills in. A title or a file is enough to keep a draft.

    The file itself is received before the form is read (see `contest.views.deposit_file`): the
    form only knows whether there is one, and shows its input.
    """

    upload = forms.FileField(label=_("File of the poster"), required=False, widget=forms.FileInput)
    statement = ProseField(label=_("Statement"), rows=6, max_length=1500)
    alternative = ProseField(label=_("Alternative text"), rows=5, max_length=600)
    pupils = WholeNumberField(label=_("Number of pupils"), min_value=1, max_value=2000)
    attesting_name = forms.CharField(label=_("Name of the person who attests"), max_length=60)
    attesting_function = forms.CharField(label=_("Function of this person"), max_length=58)
    attests = forms.BooleanField(
        label=_("I attest that the establishment holds these authorisations for each pupil")
    )

    # What the writer had before their eyes, see `contest.depositing`.
    revision = forms.CharField(required=False, widget=forms.HiddenInput)
    # Drawn for a blank form, likewise.
    key = forms.UUIDField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Poster
        fields = (
            "title",
            "statement",
            "category",
            "alternative",
            "class_label",
            "pupils",
            "technique",
            "ai_use",
            "ai_details",
            "third_party",
            "third_party_details",
        )
        labels = {
            "title": _("Title of the poster"),
            "class_label": _("Class or group"),
            "technique": _("Technique"),
            "ai_use": _("Was an AI used?"),
            "ai_details": _("What the AI made, and which AI"),
            "third_party": _("The poster uses pictures or texts made by others"),
            "third_party_details": _("Where they come from"),
        }
        widgets = {
            "category": forms.RadioSelect,
            "ai_use": forms.RadioSelect,
            "ai_details": forms.Textarea(attrs={"rows": 2}),
            "third_party_details": forms.Textarea(attrs={"rows": 2}),
        }

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        instance: Poster,
        has_file: bool = False,
        **kwargs: Any,
    ) -> None:
        self.has_file = has_file
        self.rights_have_changed = data is not None and data.get("rights") != rights_mark(instance)
        name, _comma, function = instance.attested_by.partition(BETWEEN)
        initial = {
            "revision": instance.latest_revision_id,
            "attesting_name": name,
            "attesting_function": function,
            "attests": self._is_attested(instance),
            **kwargs.pop("initial", {}),
        }
        if data is not None and self.rights_have_changed:
            data = data.copy()
            self.had_attested = bool(data.pop("attests", None))
        else:
            self.had_attested = False
        super().__init__(data, instance=instance, initial=initial, **kwargs)
        self._offer_categories()
        cast("forms.ChoiceField", self.fields["ai_use"]).choices = AiUse.choices
        self.fields[FIELD].widget.attrs["accept"] = accepted(instance.contest.limits.formats)
        for field_name, field in self.fields.items():
            # A browser cuts what is pasted beyond it, without a word; the server tells.
            field.widget.attrs.pop("maxlength", None)
            field.help_text = HELP_TEXTS.get(field_name, field.help_text)
            field.required = field_name not in OPTIONAL and not field.widget.is_hidden
        for field_name in ("statement", "alternative"):
            longest = cast("forms.CharField", self.fields[field_name]).max_length
            self.fields[field_name].widget.attrs["data-count"] = longest

    def _offer_categories(self) -> None:
        """Offer the categories open to the establishment; ask nothing where there is only one."""
        poster = self.instance
        offered = poster.contest.categories_for(poster.establishment)
        if len(offered) < 2:
            del self.fields["category"]
            poster.category = offered[0] if offered else poster.category
            return
        field = cast("forms.ModelChoiceField", self.fields["category"])
        field.empty_label = None
        field.queryset = Category.objects.filter(pk__in=[one.pk for one in offered])

    @staticmethod
    def _is_attested(poster: Poster) -> bool:
        """Whether what was attested is what the contest asks to attest today."""
        return poster.attested_at is not None and (
            poster.attestation_scope,
            poster.attestation_expires_on,
        ) == (poster.contest.authorisations_cover, poster.contest.authorisations_end_on)

    @cached_property
    def rights(self) -> str:
        """What the page sends back, to say which words were before the reader's eyes."""
        return rights_mark(self.instance)

    @contextmanager
    def _nothing_needed(self) -> Iterator[None]:
        """Marked as needed on the page, to be handed in; not needed to keep a draft."""
        needed = [name for name, field in self.fields.items() if field.required]
        for name in needed:
            self.fields[name].required = False
        yield
        for name in needed:
            self.fields[name].required = True

    def full_clean(self) -> None:
        """Check what is typed, not what is missing."""
        with self._nothing_needed():
            super().full_clean()

    def clean(self) -> dict[str, Any]:
        """Ask for enough to know the draft again; and to read again what was not read."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not cleaned.get("title") and not self.has_file and "title" not in self.errors:
            self.add_error("title", _("Give the poster a title, or choose its file."))
        if self.had_attested:
            self.add_error(
                "attests",
                _(
                    "What the authorisations cover has changed since you opened this page: read it "
                    "again, then tick."
                ),
            )
        return cleaned

    @property
    def expected_revision(self) -> int:
        """The revision that the writer started from; -1, which none has, where none is named."""
        key = key_in(str(self["revision"].value() or ""))
        return -1 if key is None else key

    def version(self, now: datetime, *, file_is_new: bool) -> Poster:
        """The poster as typed, in memory. Call it once valid.

        Args:
            file_is_new: whether another file comes with it, for which one attests anew.
        """
        poster: Poster = self.save(commit=False)
        was_attested = self._is_attested(poster)
        typed = [
            self.cleaned_data[name].strip() for name in ("attesting_name", "attesting_function")
        ]
        by = BETWEEN.join(filter(None, typed))
        if not self.cleaned_data["attests"]:
            poster.attested_at, poster.attestation_expires_on = None, None
            poster.attestation_scope = ""
        elif file_is_new or not was_attested or poster.attested_by != by:
            poster.attested_at = now
            poster.attestation_scope = poster.contest.authorisations_cover
            poster.attestation_expires_on = poster.contest.authorisations_end_on
        poster.attested_by = by
        return poster

    def missing_here(self) -> dict[str, list[str]]:
        """What is missing of the one text that keeps the name and the function together."""
        return {
            name: [gettext("Say who attests: a name and a function.")]
            for name in ("attesting_name", "attesting_function")
            if not str(self[name].value() or "").strip()
        }

    def say_missing(self, missing: dict[str, list[str]]) -> None:
        """Tell what the poster lacks to be handed in, each at its place.

        `missing` holds messages by the name of a part, as `contest.depositing` gives them, or of
        an input. A part that has an error is not missing.
        """
        for part, said in missing.items():
            name = SHOWN_AT.get(part, part)
            if part == "attested_by" and self["attests"].value():
                continue  # it is the name that is missing
            if name not in self.errors:
                self.add_error(name if name in self.fields else None, said)

    def say_also_missing(self, now: datetime) -> None:
        """Beside the errors of what is typed, tell what it lacks to be handed in.

        The writer corrects everything at once.
        """
        typed: Poster = self.instance
        typed.attested_by = "…" if not self.missing_here() else ""
        typed.attested_at = now if self["attests"].value() else None
        missing = missing_parts(typed)
        missing.pop("file", None)  # told beside the file itself
        self.say_missing(missing | self.missing_here())

    def faults(self) -> list[Fault]:
        """Every error of the page, in its order, each with the id to go to."""
        found = [Fault("", str(message)) for message in self.non_field_errors()]
        for _section, fields in self.sections:
            for field in fields:
                found += [
                    Fault(str(field.label), str(message), field.first_input_id)
                    for message in field.errors
                ]
        return found

    @cached_property
    def sections(self) -> list[tuple[Section, list[AccessibleBoundField]]]:
        """The parts of the page, in order."""
        return [
            (
                section,
                [
                    cast("AccessibleBoundField", self[name])
                    for name in section.holds
                    if name in self.fields
                ],
            )
            for section in SECTIONS
        ]


def rights_mark(poster: Poster) -> str:
    """A short mark of what its contest asks to attest today."""
    contest = poster.contest
    words = f"{contest.authorisations_cover}\n{contest.authorisations_end_on.isoformat()}"
    return hashlib.sha256(words.encode()).hexdigest()[:16]


def accepted(formats: frozenset[Format]) -> str:
    """What the file dialog of a browser offers: a help, not a check.

    A telephone that finds HEIC there sends its pictures as they are, or else converts them.
    """
    types = [content_type_of(format_) for format_ in Format if format_ in formats]
    if Format.HEIC in formats:
        types += ["image/heif", ".heic", ".heif"]
    return ",".join(types)
