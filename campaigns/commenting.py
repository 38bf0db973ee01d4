"""What reviewers ask to correct, part by part of a fiche.

Comments are made with the decision to send the fiche back, and stay open until the next hand-in;
afterwards its reviewers read each beside what has changed in that part.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from . import hand_ins
from .enums import Status
from .models import Action, FieldComment
from .models.dialogue import LONGEST_MESSAGE
from .sections import FOLLOW_UP_PARTS, SECTIONS

if TYPE_CHECKING:
    from accounts.models import User

ANSWERED = "answered"
"""Under which name the log keeps which comments the hand-in of a follow-up answers."""

OTHER_PARTS = ("media",)
"""Parts of a fiche that no section of the text holds."""


def parts() -> list[str]:
    """The parts of the fiche's form that may be commented on, in their order."""
    named = [name for section in SECTIONS for name in section.holds]
    return [*named, *(name for name in OTHER_PARTS if name not in named)]


def parts_to_comment_on(action: Action) -> list[str]:
    """The parts of what is under review: of a follow-up its own, which its form can correct."""
    return list(FOLLOW_UP_PARTS) if hand_ins.is_follow_up(action) else parts()


def all_parts() -> list[str]:
    """Every part that may ever be commented on, in the order in which it is told."""
    return list(dict.fromkeys([*parts(), *FOLLOW_UP_PARTS]))


def label_of_part(name: str) -> str:
    """What readers know the part `name` by; the name itself where there is no such part."""
    if name not in all_parts():
        return name
    field: Any = Action._meta.get_field(name)
    if field.one_to_many:
        return capfirst(str(field.related_model._meta.verbose_name_plural))
    return capfirst(str(field.verbose_name))


def cleaned(comments: Mapping[str, str] | None, among: Sequence[str]) -> dict[str, str]:
    """The comments that say something, in the order of `among`, the parts that may be commented on.

    Raises:
        ValidationError: a part does not exist, or its comment is too long; keys are parts.
    """
    given = {name: text.strip() for name, text in (comments or {}).items() if text.strip()}
    errors = {name: _("This part does not exist.") for name in given if name not in among}
    errors |= {
        name: _("Shorten this comment: %(count)d characters at most.") % {"count": LONGEST_MESSAGE}
        for name, text in given.items()
        if len(text) > LONGEST_MESSAGE
    }
    if errors:
        raise ValidationError(errors)
    return {name: given[name] for name in among if name in given}


def record(action: Action, comments: Mapping[str, str], *, by: User) -> list[FieldComment]:
    """Keep the `cleaned` comments that go with a decision; those open before it are replaced."""
    FieldComment.objects.filter(action=action, closed_at=None).delete()
    return FieldComment.objects.bulk_create(
        FieldComment(action=action, part=name, text=text, author=by)
        for name, text in comments.items()
    )


def open_comments(action: Action) -> list[FieldComment]:
    """What the establishment is asked to correct now, in the order of the form."""
    if action.status != Status.CHANGES_REQUESTED:
        return []
    return _in_order(action, FieldComment.objects.filter(action=action, closed_at=None))


def close(action: Action, now: datetime) -> list[int]:
    """Take the hand-in of `now` as the answer to what was asked.

    Returns:
        The keys of the comments answered.
    """
    asked = FieldComment.objects.filter(action=action, closed_at=None)
    keys = list(asked.values_list("pk", flat=True))
    asked.filter(pk__in=keys).update(closed_at=now)
    return keys


def answered_comments(action: Action) -> list[FieldComment]:
    """What the latest hand-in answers, in the order of the form."""
    if action.submitted_at is None:
        return []
    if hand_ins.is_follow_up(action):
        entry = hand_ins.last_hand_in(action)
        keys = entry.data.get(ANSWERED, []) if entry else []
        return _in_order(action, FieldComment.objects.filter(action=action, pk__in=keys))
    return _in_order(
        action, FieldComment.objects.filter(action=action, closed_at=action.submitted_at)
    )


def _in_order(action: Action, comments: Iterable[FieldComment]) -> list[FieldComment]:
    order = {name: number for number, name in enumerate(parts_to_comment_on(action))}
    return sorted(comments, key=lambda comment: (order.get(comment.part, len(order)), comment.pk))
