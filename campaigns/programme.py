"""The programme of an event: sessions with their hours and speakers, in parts if need be."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError


class SessionBlock(blocks.StructBlock):
    """One session: when, what, by whom."""

    starts = blocks.TimeBlock(label=_("from"))
    ends = blocks.TimeBlock(label=_("to"), required=False)
    title = blocks.CharBlock(label=_("title"), max_length=160)
    description = blocks.TextBlock(label=_("description"), required=False, rows=3)
    speakers = blocks.ListBlock(
        blocks.CharBlock(label=_("speaker"), max_length=160),
        label=_("speakers"),
        default=[],
        help_text=_("Name and quality, one person an entry, as they are to be published."),
    )

    class Meta:
        icon = "time"
        label = _("session")
        label_format = "{starts} – {title}"

    def clean(self, value: Any) -> Any:
        """Refuse a session that ends before it starts.

        Raises:
            StructBlockValidationError: it does; the message is beside the end.
        """
        cleaned = super().clean(value)
        starts, ends = cleaned.get("starts"), cleaned.get("ends")
        if starts and ends and ends <= starts:
            message = _("A session must end after it starts.")
            raise StructBlockValidationError(block_errors={"ends": ValidationError(message)})
        return cleaned


class PartBlock(blocks.StructBlock):
    """A heading above the sessions that follow: a morning, a day, a series of workshops."""

    title = blocks.CharBlock(label=_("title"), max_length=120)

    class Meta:
        icon = "title"
        label = _("part of the programme")
        label_format = "{title}"


PROGRAMME_BLOCKS = [("session", SessionBlock()), ("part", PartBlock())]


@dataclass
class Part:
    """Sessions under one heading; those before any heading have an empty title."""

    title: str = ""
    sessions: list[Any] = field(default_factory=list)


def parts_of(programme: Iterable[Any]) -> list[Part]:
    """The sessions of a programme's stream, grouped under the headings that precede them."""
    parts = [Part()]
    for child in programme:
        if child.block_type == "part":
            parts.append(Part(title=child.value["title"]))
        else:
            parts[-1].sessions.append(child.value)
    return [part for part in parts if part.title or part.sessions]
