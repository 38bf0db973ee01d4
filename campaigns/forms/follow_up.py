"""The form of a follow-up: what really happened."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final, cast

from django import forms
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from campaigns import follow_up
from campaigns.commenting import label_of_part
from campaigns.follow_up import FIELDS, REQUIRED, missing_parts_among
from campaigns.models import Action, ActionIndicator, ActionMedia, FieldComment
from campaigns.sections import Section
from campaigns.submission import missing_of_media
from home.forms import AccessibleBoundField, AccessibleForm, Fault
from home.keys import key_in

from .fields import WholeNumberField
from .hushing import Hushable
from .parts import CommentedBoundField, Part
from .progress import Place
from .rows import RowSet, anchor_of_rows

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

SATISFACTION: Final = (
    ("4", _("4 – Very satisfied")),
    ("3", _("3 – Satisfied")),
    ("2", _("2 – Not very satisfied")),
    ("1", _("1 – Not satisfied")),
)
YES_OR_NO: Final = (("yes", _("Yes")), ("no", _("No")))
LONGEST_TEXT = 10_000

SECTIONS: Final = (
    Section("presents", _("Who took part"), ("pupils_actual", "adults_actual")),
    Section("effets", _("What came of it"), ("outcome", "indicators")),
    Section(
        "photos",
        _("Pictures and documents"),
        ("media",),
        _(
            "Those of the fiche are here: add some of the day itself, take away those that no "
            "longer serve. Pictures (JPEG, PNG, WebP, HEIC) and PDF, ODT or DOCX documents of "
            "10 MB at most; ten files in all. Nobody outside sees what you add before the "
            "follow-up is published."
        ),
    ),
    Section(
        "avis",
        _("What you think of it"),
        ("satisfaction", "continued", "strengths", "improvements", "advice"),
    ),
)
"""What the page holds, in order."""


def text_field(label: str | _StrPromise, *, rows: int, help_text: str | _StrPromise = "") -> Any:
    """A text that may stay empty."""
    return forms.CharField(
        label=label,
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": rows}),
        help_text=help_text,
    )


class FollowUpForm(Hushable, AccessibleForm, forms.Form):
    """All may stay empty while one writes; three answers are needed to hand it in.

    Args:
        data: what was typed, or None to show what is stored.
        version: the fiche with its follow-up as last saved, in memory; `typed_version` changes it.
        comments: what reviewers ask to correct, shown beside each part.
    """

    bound_field_class = CommentedBoundField

    pupils_actual = WholeNumberField(label=_("Pupils who took part"))
    adults_actual = WholeNumberField(
        label=_("Adults who took part"),
        required=False,
        help_text=_("Staff, families, partners: all adults together."),
    )
    outcome = text_field(
        _("Outcome or production"),
        rows=5,
        help_text=_(
            "What it gave, what remains of it. It takes the place of what you had planned."
        ),
    )
    satisfaction = forms.ChoiceField(
        label=_("How satisfied are you?"), choices=SATISFACTION, widget=forms.RadioSelect
    )
    continued = forms.ChoiceField(
        label=_("Will the action go on?"), choices=YES_OR_NO, widget=forms.RadioSelect
    )
    strengths = text_field(_("What went well"), rows=4)
    improvements = text_field(_("What to improve"), rows=4)
    advice = text_field(
        _("Advice to others"),
        rows=4,
        help_text=_("What a colleague elsewhere should know before starting."),
    )
    # What the writer had before their eyes; see `campaigns.drafts.save_draft`.
    revision = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        version: Action,
        comments: Iterable[FieldComment] = (),
        **kwargs: Any,
    ) -> None:
        self.version = version
        self.indicators: list[ActionIndicator] = list(version.indicators.all())
        self.comments: dict[str, list[FieldComment]] = {}
        for comment in comments:
            self.comments.setdefault(self._place_of(comment.part), []).append(comment)
        initial = {name: getattr(version, name) for name in FIELDS}
        if version.continued is not None:
            initial["continued"] = "yes" if version.continued else "no"
        initial["revision"] = version.latest_revision_id
        super().__init__(data, initial=initial, **kwargs)
        if version.pupils_planned is not None:
            expected = _("You expected %(number)s.") % {"number": version.pupils_planned}
            self.fields["pupils_actual"].help_text = expected
        longest = ActionIndicator._meta.get_field("actual").max_length
        for row in self.indicators:
            self.fields[self.name_of(row)] = forms.CharField(
                label=row.label,
                required=False,
                max_length=longest,
                initial=row.actual,
                help_text=_("You aimed for: %(target)s") % {"target": row.target}
                if row.target
                else "",
            )
        self.media_rows = RowSet(RowSet.KINDS["media"], version, data)

    @staticmethod
    def name_of(indicator: ActionIndicator) -> str:
        """The name of the field that holds the result of an indicator."""
        return f"indicator-{indicator.pk}"

    def _place_of(self, part: str) -> str:
        """The name of the field that shows what is asked of `part`: of indicators, the first."""
        if part == "indicators" and self.indicators:
            return self.name_of(self.indicators[0])
        return part

    def full_clean(self) -> None:
        """Check what is typed, not what is missing: a draft may hold as little as one likes."""
        for name in REQUIRED:
            self.fields[name].required = False
        super().full_clean()
        for name in REQUIRED:
            self.fields[name].required = True

    def is_valid(self) -> bool:
        """Whether everything typed, what is said of the files included, can be stored."""
        files_are_valid = self.media_rows.is_valid()
        return super().is_valid() and files_are_valid

    def hush(self) -> None:
        """Show what was typed, of the files too, without judging it."""
        super().hush()
        self.media_rows.hush()

    @property
    def expected_revision(self) -> int:
        """The revision that the writer started from; -1, which none has, where none is named."""
        key = key_in(str(self["revision"].value() or ""))
        return -1 if key is None else key

    def values(self) -> dict[str, Any]:
        """The parts as typed, by field of the fiche. Call it once valid."""
        typed = {name: self.cleaned_data[name] for name in FIELDS}
        typed["satisfaction"] = int(typed["satisfaction"]) if typed["satisfaction"] else None
        typed["continued"] = {"yes": True, "no": False}.get(typed["continued"])
        return typed

    def results(self) -> dict[int, str]:
        """What each indicator gave, by its key. Call it once valid."""
        return {row.pk: self.cleaned_data[self.name_of(row)] for row in self.indicators}

    def kept_media(self) -> list[ActionMedia]:
        """The files as they are on the page, with what is said of them. Call it once valid."""
        self.media_rows.put_on(self.version)
        return list(self.version.media.all())

    def typed_version(self) -> Action:
        """The fiche with what was typed, in memory. Call it once valid."""
        follow_up.put_on(self.version, self.values(), self.results(), self.kept_media())
        return self.version

    def say_also_missing(self) -> None:
        """Beside the errors of what is typed, tell what it lacks to be handed in."""
        empty = [name for name in REQUIRED if self.cleaned_data.get(name) in (None, "")]
        missing = missing_parts_among(name for name in empty if name not in self.errors)
        self.media_rows.put_on(self.version)
        files = missing_of_media(self.version)
        self.say_missing(missing | {"media": files} if files else missing)

    def say_missing(self, missing: dict[str, list[str]]) -> None:
        """Tell what is needed to hand it in, each at its place."""
        for name, said in missing.items():
            if name == "media":
                if not self.media_rows.has_errors:
                    self.media_rows.errors = said
            elif name not in self.errors:
                self.add_error(name, said)

    def faults(self) -> list[Fault]:
        """Every error, in the order of the page, each with the place to go to."""
        if not self.is_bound:
            return []
        found = [Fault("", str(message)) for message in self.non_field_errors()]
        for _section, parts in self.sections:
            for part in parts:
                found += part.faults()
        return found

    @cached_property
    def sections(self) -> list[tuple[Section, list[Part]]]:
        """The parts of the page, in order."""
        return [
            (section, [self._part(name) for held in section.holds for name in self._shown(held)])
            for section in SECTIONS
        ]

    def _shown(self, part: str) -> list[str]:
        return [self.name_of(row) for row in self.indicators] if part == "indicators" else [part]

    def _part(self, name: str) -> Part:
        comments = self.comments.get(name, [])
        if name == "media":
            return Part(name, rows=self.media_rows, comments=comments)
        return Part(name, field=cast("AccessibleBoundField", self[name]), comments=comments)

    @property
    def asked(self) -> list[Place]:
        """What reviewers ask to correct, each with the way to its place on the page."""
        return [
            Place(self._label_of(name), self._anchor_of(name), comment.text)
            for name, comments in self.comments.items()
            for comment in comments
        ]

    def _label_of(self, name: str) -> str:
        return str(self.fields[name].label) if name in self.fields else label_of_part(name)

    def _anchor_of(self, name: str) -> str:
        if name == "media":
            return f"#{anchor_of_rows(name)}"
        # Indicators that are counted no more leave no field.
        bound = cast("AccessibleBoundField", self[name]) if name in self.fields else None
        return f"#{bound.first_input_id}" if bound else "#bilan"
