"""The thread of messages between an establishment and its reviewers, and their private notes.

Notes are read by those who review the fiche, and by nobody else: neither its establishment nor an
observer is told that there are any.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from establishments.permissions import establishment_of

from . import access, notifications
from .drafts import locked
from .enums import Status
from .errors import NotAllowed
from .models import Action, ActionMessage, Reminder
from .models.dialogue import LONGEST_MESSAGE

if TYPE_CHECKING:
    from accounts.models import User

KIND = "message_received"
BETWEEN_MAILS = timedelta(hours=1)
"""The académie's mailbox is told of the messages about one fiche at most so often."""


def reviews(user: User | AnonymousUser, action: Action) -> bool:
    """Whether `user` is one of the fiche's reviewers, to whom it has been handed in."""
    return access.is_submitted(action) and (
        access.edits(user, action) or access.leads(user, action)
    )


def may_write(user: User | AnonymousUser, action: Action) -> bool:
    """Whether `user` takes part in the thread: who writes the fiche, and its reviewers.

    There is none before the first hand-in: nobody would read it.
    """
    if not access.is_submitted(action):
        return False
    return access.is_author(user, action) or reviews(user, action)


def thread_for(user: User | AnonymousUser, action: Action) -> list[ActionMessage]:
    """What `user` may read of the thread, the oldest first; notes for reviewers only."""
    if not may_write(user, action):
        return []
    said = ActionMessage.objects.filter(action=action).select_related("author")
    if not reviews(user, action):
        said = said.filter(is_note=False)
    return list(said)


def send(
    action: Action, *, by: User, text: str, key: UUID, now: datetime, is_note: bool = False
) -> ActionMessage:
    """Add a message to the thread, or a note among reviewers, and tell the other side.

    Args:
        key: drawn with the form: the same key again changes nothing.

    Raises:
        NotAllowed: `by` takes no part in the thread, or writes notes without reviewing; or the
            key is another message's.
        ValidationError: the text is missing or too long; its key is `text`.
    """
    text = text.strip()
    with transaction.atomic():
        row = locked(action)
        if not may_write(by, row) or (is_note and not reviews(by, row)):
            raise NotAllowed
        said = ActionMessage.objects.filter(key=key).first()
        if said is not None:
            if said.action_id != row.pk or said.author_id != by.pk:
                raise NotAllowed
            return said
        _require_text(text)
        message = ActionMessage.objects.create(
            action=row,
            author=by,
            is_from_establishment=establishment_of(by) is not None,
            is_note=is_note,
            text=text,
            key=key,
            sent_at=now,
        )
        _tell(row, message, now)
        return message


def _require_text(text: str) -> None:
    if not text:
        raise ValidationError({"text": _("Write your message.")})
    if len(text) > LONGEST_MESSAGE:
        raise ValidationError(
            {
                "text": _("Shorten your message: %(count)d characters at most.")
                % {"count": LONGEST_MESSAGE}
            }
        )


def _tell(row: Action, message: ActionMessage, now: datetime) -> None:
    if message.is_note:
        return
    if not message.is_from_establishment:
        notifications.message_to_establishment(row, message.text)
        return
    if row.status == Status.NETWORK_REVIEW:
        return  # its leads learn of it by their digest
    occasion = f"fiche {row.pk} "
    told = Reminder.objects.filter(
        kind=KIND, occasion__startswith=occasion, sent_at__gt=now - BETWEEN_MAILS
    )
    if told.exists():
        return  # the fiche's row is locked: two messages at once are told one after the other
    Reminder.objects.create(kind=KIND, occasion=f"{occasion}{message.key}", sent_at=now)
    notifications.message_to_academy(row, message.text)
