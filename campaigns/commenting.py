"""What reviewers ask to correct, part by part of a fiche.

Comments are made with the decision to send the fiche back, and stay open until the next hand-in;
afterwards its reviewers read each beside what has changed in that part.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from .enums import Status
from .models import Action, FieldComment
from .models.dialogue import LONGEST_MESSAGE
from .sections import SECTIONS

if TYPE_CHECKING:
    from accounts.models import User

OTHER_PARTS = ("media",)
"""Parts of a fiche that no section of the text holds."""


def parts() -> list[str]:
    """The parts that may be commented on, in the order of the form."""
    named = [name for section in SECTIONS for name in section.holds]
    return [*named, *(name for name in OTHER_PARTS if name not in named)]


def label_of_part(name: str) -> str:
    """What readers know the part `name` by; the name itself where there is no such part."""
    if name not in parts():
        return name
    field: Any = Action._meta.get_field(name)
    if field.one_to_many:
        return capfirst(str(field.related_model._meta.verbose_name_plural))
    return capfirst(str(field.verbose_name))


def cleaned(comments: Mapping[str, str] | None) -> dict[str, str]:
    """The comments that say something, in the order of the form.

    Raises:
        ValidationError: a part does not exist, or its comment is too long; keys are parts.
    """
    given = {name: text.strip() for name, text in (comments or {}).items() if text.strip()}
    errors = {name: _("This part does not exist.") for name in given if name not in parts()}
    errors |= {
        name: _("Shorten this comment: %(count)d characters at most.") % {"count": LONGEST_MESSAGE}
        for name, text in given.items()
        if len(text) > LONGEST_MESSAGE
    }
    if errors:
        raise ValidationError(errors)
    return {name: given[name] for name in parts() if name in given}


def record(action: Action, comments: Mapping[str, str], *, by: User) -> list[FieldComment]:
    """Keep the comments that go with a decision; those open before it are replaced."""
    FieldComment.objects.filter(action=action, closed_at=None).delete()
    return FieldComment.objects.bulk_create(
        FieldComment(action=action, part=name, text=text, author=by)
        for name, text in cleaned(comments).items()
    )


def open_comments(action: Action) -> list[FieldComment]:
    """What the establishment is asked to correct now, in the order of the form."""
    if action.status != Status.CHANGES_REQUESTED:
        return []
    return _in_order(FieldComment.objects.filter(action=action, closed_at=None))


def close(action: Action, now: datetime) -> None:
    """Take the hand-in of `now` as the answer to what was asked."""
    FieldComment.objects.filter(action=action, closed_at=None).update(closed_at=now)


def answered_comments(action: Action) -> list[FieldComment]:
    """What the latest hand-in answers, in the order of the form."""
    if action.submitted_at is None:
        return []
    return _in_order(FieldComment.objects.filter(action=action, closed_at=action.submitted_at))


def _in_order(comments: Iterable[FieldComment]) -> list[FieldComment]:
    order = {name: number for number, name in enumerate(parts())}
    return sorted(comments, key=lambda comment: (order.get(comment.part, len(order)), comment.pk))
