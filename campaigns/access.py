"""What somebody is to a fiche, and what that lets them do. Predicates only: no act, no text."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser

from establishments.permissions import (
    Part,
    academies_edited_by,
    establishment_of,
    networks_led_by,
    standing_of,
)

from . import deadlines, hand_ins
from .enums import REVIEW_STATUSES, Status

if TYPE_CHECKING:
    from accounts.models import User

    from .models import Action


def acts_for(user: User | AnonymousUser, action: Action) -> bool:
    """Whether `user` signs in for the establishment that carries the fiche."""
    own = establishment_of(user)
    return own is not None and own.pk == action.establishment_id


def is_author(user: User | AnonymousUser, action: Action) -> bool:
    """Whether `user` writes the fiche: its establishment, or an associated one it lets edit."""
    own = establishment_of(user)
    if own is None:
        return False
    if own.pk == action.establishment_id:
        return True
    # Asked of the database: a version in memory may name establishments nobody has let in yet.
    return (
        type(action)
        .objects.filter(pk=action.pk, associated__establishment=own, associated__may_edit=True)
        .exists()
    )


def leads(user: User | AnonymousUser, action: Action) -> bool:
    """Whether `user` leads the network of the fiche's establishment."""
    network = action.establishment.network_id
    return network is not None and networks_led_by(user).filter(pk=network).exists()


def edits(user: User | AnonymousUser, action: Action) -> bool:
    """Whether `user` edits the académie of the fiche's establishment."""
    return academies_edited_by(user).filter(pk=action.establishment.academy_id).exists()


def is_reviewer(user: User | AnonymousUser) -> bool:
    """Whether `user` reviews fiches at all: leads a network or edits an académie."""
    return standing_of(user).has(Part.LED, Part.EDITED)


def is_submitted(action: Action) -> bool:
    """Whether the fiche has been handed in, so that its reviewers know of it."""
    return action.submitted_at is not None and action.status != Status.DRAFT


def is_writable(action: Action, now: datetime) -> bool:
    """Whether the fiche's state lets its authors write at `now`.

    While reviewers hold it, nobody else writes. One sent back may be corrected whenever, but for a
    follow-up, which is corrected in its own form (`campaigns.follow_up`); a draft or a published
    fiche only until the call closes, or the extra time of its establishment ends.
    """
    if action.status == Status.CHANGES_REQUESTED:
        return not hand_ins.is_follow_up(action)
    return action.status in (Status.DRAFT, Status.PUBLISHED) and deadlines.accepts(action, now)


def may_edit(user: User | AnonymousUser, action: Action, now: datetime) -> bool:
    """Whether `user` may save a new version of the fiche in the establishments' space at `now`."""
    return is_writable(action, now) and is_author(user, action)


def may_revise(user: User | AnonymousUser, action: Action) -> bool:
    """Whether `user`, an editor, may save a new version of the fiche in the admin.

    Only while no author writes: during the review, or once published with no change pending.
    """
    in_hand = action.status in REVIEW_STATUSES or (
        action.status == Status.PUBLISHED and not action.has_unpublished_changes
    )
    return in_hand and edits(user, action)


def may_see_coordinator(user: User | AnonymousUser, action: Action) -> bool:
    """Whether `user` may see the coordinator's mailbox and the other parts that are never public.

    Its own establishment, the lead of its network, the editors of its académie.
    """
    if is_author(user, action):
        return True
    return is_submitted(action) and (leads(user, action) or edits(user, action))
