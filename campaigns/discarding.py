"""Throwing away a draft that nobody but its author has seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from wagtail.log_actions import log

from . import access
from .drafts import locked
from .errors import NotAllowed, OutOfTurn

if TYPE_CHECKING:
    from accounts.models import User

    from .models import Action


@transaction.atomic
def discard_draft(action: Action, *, by: User) -> None:
    """Delete a fiche that was never handed in; the log keeps that there was one.

    Raises:
        NotAllowed: `by` does not sign in for the establishment that carries the fiche.
        OutOfTurn: reviewers know of the fiche, which is no longer its author's alone.
    """
    row = locked(action)
    if not access.acts_for(by, row):
        raise NotAllowed
    if row.submitted_at is not None or row.live:
        raise OutOfTurn
    log(instance=row, action="wagtail.delete", user=by)
    row.delete()
