"""What differs between a poster as it is stored and as somebody has just typed it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from contest.models import Poster

if TYPE_CHECKING:
    from contest.models import PosterFile

    from .poster import PosterForm

COMPARED = (
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
    "attested_by",
)


@dataclass(frozen=True)
class Difference:
    """One part, as it is stored and as it was typed, in words; either may be empty."""

    label: str
    stored: str
    typed: str


def differences(
    stored: Poster, typed: Poster, *, sent: PosterFile | None, form: PosterForm
) -> list[Difference]:
    """The parts that differ, in the order of the page.

    Args:
        sent: the file that came with what was typed, None where none did.
        form: which gives the parts their labels.
    """
    found = []
    if sent is not None and (stored.file is None or stored.file.sha256 != sent.sha256):
        found.append(Difference(_("The file"), _file_in_words(stored.file), _file_in_words(sent)))
    for name in COMPARED:
        before, after = _in_words(stored, name), _in_words(typed, name)
        if before != after:
            found.append(Difference(_label(form, name), before, after))
    if (stored.attested_at is None) != (typed.attested_at is None):
        before, after = _attestation_in_words(stored), _attestation_in_words(typed)
        found.append(Difference(_("Attestation"), before, after))
    return found


def _label(form: PosterForm, name: str) -> str:
    if name == "attested_by":
        return _("Who attests")
    if name in form.fields:
        return str(form[name].label)
    return str(Poster._meta.get_field(name).verbose_name)  # type: ignore[union-attr]


def _in_words(poster: Poster, name: str) -> str:
    if name == "ai_use":
        return str(poster.get_ai_use_display()) if poster.ai_use else ""
    if name == "third_party":
        return _("yes") if poster.third_party else _("no")
    value = getattr(poster, name)
    return "" if value is None else str(value)


def _attestation_in_words(poster: Poster) -> str:
    return _("no") if poster.attested_at is None else _("yes")


def _file_in_words(file: PosterFile | None) -> str:
    if file is None:
        return ""
    return _("%(format)s, %(width)s × %(height)s pixels") % {
        "format": file.format.upper(),
        "width": file.width,
        "height": file.height,
    }
