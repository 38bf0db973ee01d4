"""The words for what a contest takes: formats, kinds of establishment, shapes. Values, no ORM."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from contest.images.formats import Format
from establishments.enums import STAGE_OF_KIND, Kind, Stage

if TYPE_CHECKING:
    from django.utils.functional import Promise

FORMAT_LABELS: dict[Format, str | Promise] = {
    Format.JPEG: _("JPEG (.jpg)"),
    Format.PNG: _("PNG"),
    Format.WEBP: _("WebP"),
    Format.HEIC: _("HEIC (photo of an iPhone)"),
    Format.PDF: _("PDF of one page"),
}


def format_options() -> list[tuple[str, str | Promise]]:
    """The formats to choose among, the most usual first."""
    return [(format_.value, label) for format_, label in FORMAT_LABELS.items()]


def kind_options() -> list[tuple[str | Promise, list[tuple[str, str | Promise]]]]:
    """The kinds of establishment to choose among, by stage of schooling."""
    stages: dict[Stage, list[tuple[str, str | Promise]]] = {stage: [] for stage in Stage}
    for kind in Kind:
        stages[STAGE_OF_KIND.get(kind, Stage.OTHER)].append((kind.value, kind.label))
    return [(stage.label, kinds) for stage, kinds in stages.items()]


def kinds_in_words(kinds: Iterable[str]) -> str:
    """Kinds as a list in one sentence, in the order of the vocabulary; unknown ones left out."""
    held = set(kinds)
    return listed([kind.label for kind in Kind if kind in held])


def formats_in_words(formats: Iterable[str]) -> str:
    """Formats as a list in one sentence."""
    held = {str(one) for one in formats}
    return ", ".join(str(label) for format_, label in FORMAT_LABELS.items() if format_ in held)


def listed(labels: Sequence[str | Promise]) -> str:
    """`labels` one after the other, with one capital letter: "Collège, dispositif relais"."""
    words = [str(label) for label in labels]
    return ", ".join(words[:1] + [_without_capital(word) for word in words[1:]])


def _without_capital(word: str) -> str:
    # An acronym keeps its letters.
    return word if word[1:2].isupper() else word[:1].lower() + word[1:]
