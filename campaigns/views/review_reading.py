"""A fiche laid out for its reviewers: each part with its comment, and what has changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wagtail.models import TaskState

from campaigns.commenting import OTHER_PARTS, answered_comments, label_of_part
from campaigns.enums import REVIEW_STATUSES
from campaigns.reading import Difference, Line, differences, line_of, public_contents_of
from campaigns.sections import SECTIONS_TO_READ, Section
from campaigns.word_differences import Stretch, row_differences, word_differences

if TYPE_CHECKING:
    from django.forms import BoundField

    from campaigns.models import Action, FieldComment

    from .review_form import DecisionForm


@dataclass(frozen=True)
class ReadLine:
    """One part to read, empty ones too, and the field for a comment on it."""

    line: Line
    comment: BoundField | None = None


@dataclass(frozen=True)
class ChangedPart:
    """A part that was commented on, or has changed, since the version last judged."""

    label: str
    comments: tuple[FieldComment, ...]
    rows: tuple[tuple[Stretch, ...], ...]
    """What it says and said; no row where nothing has changed."""
    is_list: bool
    is_compared: bool = True
    """Whether its changes are found at all; those of files are not."""


def parts_to_review(
    version: Action, form: DecisionForm | None
) -> list[tuple[Section, list[ReadLine]]]:
    """Every part that says something; where comments can be made, the empty ones too."""
    laid_out = []
    for section in SECTIONS_TO_READ:
        lines = [
            ReadLine(line_of(version, name), form.comment_on(name) if form else None)
            for name in section.holds
            if name not in OTHER_PARTS  # files have a part of the page of their own, with links
        ]
        # The title heads the page: as a line it is only there to be commented on.
        shown = [
            read
            for read in lines
            if read.comment or (read.line.values and read.line.name != "title")
        ]
        if shown:
            laid_out.append((section, shown))
    return laid_out


def parts_to_observe(version: Action) -> list[tuple[Section, list[ReadLine]]]:
    """What an observer reads: the public parts."""
    return [
        (section, [ReadLine(line) for line in lines if line.name != "title"])
        for section, lines in public_contents_of(version)
        if any(line.name != "title" for line in lines)
    ]


def changes_of(action: Action, version: Action) -> list[Difference]:
    """What differs from the public version, else from the one that was sent back."""
    if action.status not in REVIEW_STATUSES:
        return []
    if action.live:
        return differences(action, version)
    returned = (
        TaskState.objects.for_instance(action)
        .filter(status=TaskState.STATUS_REJECTED)
        .select_related("revision")
        .order_by("-finished_at")
        .first()
    )
    return differences(returned.revision.as_object(), version) if returned else []


def changed_parts(action: Action, changes: list[Difference]) -> list[ChangedPart]:
    """The changes word by word, each with the comment that it answers.

    Comments come first where nothing has changed: they are what a reviewer looks for.
    """
    if action.status not in REVIEW_STATUSES:
        return []
    asked: dict[str, list[FieldComment]] = {}
    for comment in answered_comments(action):
        asked.setdefault(comment.part, []).append(comment)
    changed = [
        ChangedPart(
            label=change.label,
            comments=tuple(asked.pop(change.first.name, ())),
            rows=_rows(change),
            is_list=_is_list(change),
        )
        for change in changes
    ]
    untouched = [
        ChangedPart(
            label_of_part(name),
            tuple(comments),
            rows=(),
            is_list=False,
            is_compared=name not in OTHER_PARTS,
        )
        for name, comments in asked.items()
    ]
    return [*untouched, *changed]


def _is_list(change: Difference) -> bool:
    return max(len(change.first.values), len(change.second.values)) > 1


def _rows(change: Difference) -> tuple[tuple[Stretch, ...], ...]:
    if _is_list(change):
        rows = row_differences(change.first.values, change.second.values)
        return tuple(tuple(row) for row in rows)
    before, after = (text.replace("\r\n", "\n") for text in (change.first.text, change.second.text))
    return (tuple(word_differences(before, after)),)
