"""The words and the order of the form of a poster."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import Promise, _StrPromise


@dataclass(frozen=True)
class Section:
    """A part of the page: its anchor, its title, the fields that it holds."""

    slug: str
    title: Promise
    holds: tuple[str, ...]


SECTIONS: Final = (
    Section("fichier", _("The file"), ("upload",)),
    Section("presentation", _("Title and presentation"), ("title", "statement", "category")),
    Section("description", _("Text for those who do not see the poster"), ("alternative",)),
    Section("realisation", _("How it was made"), ("class_label", "pupils", "technique")),
    Section(
        "emprunts",
        _("AI, and pictures of others"),
        ("ai_use", "ai_details", "third_party", "third_party_details"),
    ),
    Section(
        "autorisations",
        _("Authorisations"),
        ("attesting_name", "attesting_function", "attests"),
    ),
)

HELP_TEXTS: Final[dict[str, _StrPromise]] = {
    "title": _("As it will stand in the gallery."),
    "statement": _("What the pupils wanted to say, and how the poster came about. 1,500 "
                   "characters at most."),
    "alternative": _("Between 30 and 600 characters."),
    "class_label": _("For example “4e B” or “Upe2a”. Never the name of a pupil."),
    "pupils": _("Those who took part in making it."),
    "technique": _("For example: collage, gouache, photograph, drawing on a tablet."),
    "ai_details": _("If one was used: what it made, and its name."),
    "third_party_details": _(
        "If there are any: where each comes from, and under which licence or by whose leave."
    ),
    "attesting_function": _("For example: head, CPE, teacher of visual arts."),
}  # fmt: skip


class ProseField(forms.CharField):
    """Several lines of text, where an end of line counts for one character, as one sees it."""

    def __init__(self, *, rows: int, **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), **kwargs)

    def to_python(self, value: Any) -> str:
        """The text, its ends of line being line feeds."""
        return str(super().to_python(value)).replace("\r\n", "\n").replace("\r", "\n")
