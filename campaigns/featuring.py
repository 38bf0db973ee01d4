"""Putting a published fiche on the front page of its edition, and taking it off."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from wagtail.log_actions import log

from . import access, catalogue_stamp
from .drafts import locked
from .errors import NotAllowed, OutOfTurn
from .models import Action

if TYPE_CHECKING:
    from accounts.models import User


def may_feature(user: User, action: Action) -> bool:
    """Whether `user`, an editor of its académie, may put the fiche, which is public, in front."""
    return action.live and access.edits(user, action)


def feature(action: Action, *, by: User, now: datetime) -> Action:
    """Put the fiche on the front page; again changes nothing.

    Raises:
        NotAllowed: `by` does not edit the académie of the fiche.
        OutOfTurn: the fiche is not public.
    """
    return _set(action, by, now)


def unfeature(action: Action, *, by: User) -> Action:
    """Take the fiche off the front page; again changes nothing. Raises as `feature` does."""
    return _set(action, by, None)


def _set(action: Action, by: User, featured_at: datetime | None) -> Action:
    with transaction.atomic():
        row = locked(action)
        if not access.edits(by, row):
            raise NotAllowed
        if featured_at is not None and not row.live:
            raise OutOfTurn
        if (row.featured_at is None) == (featured_at is None):
            return row
        row.featured_at = featured_at
        Action.objects.filter(pk=row.pk).update(featured_at=featured_at)
        act = "campaigns.unfeature" if featured_at is None else "campaigns.feature"
        log(instance=row, action=act, user=by)
        catalogue_stamp.touch([row.campaign_id], fiches=[row.pk])
        return row
