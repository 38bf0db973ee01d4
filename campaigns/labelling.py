"""The labels that the reviewers of an académie put on fiches; nobody else sees them."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from . import access
from .drafts import locked
from .errors import NotAllowed
from .messaging import reviews
from .models import Action, ReviewLabel

if TYPE_CHECKING:
    from accounts.models import User


def labels_for(action: Action) -> list[ReviewLabel]:
    """The labels of the fiche's académie, by name."""
    return list(ReviewLabel.objects.filter(academy=action.establishment.academy_id))


def label(action: Action, *, by: User, keys: Collection[int], new_name: str = "") -> None:
    """Put on the fiche the labels of its académie whose keys are `keys`, and take off the others.

    Args:
        new_name: one more label, made for the académie where there is none of that name.

    Raises:
        NotAllowed: `by` does not review the fiche, or names a new label without editing.
        ValidationError: the new name is too long; its key is `new_name`.
    """
    new_name = " ".join(new_name.split())
    longest = ReviewLabel._meta.get_field("name").max_length or 0
    with transaction.atomic():
        row = locked(action)
        if not reviews(by, row) or (new_name and not access.edits(by, row)):
            raise NotAllowed
        if len(new_name) > longest:
            raise ValidationError(
                {
                    "new_name": _("Shorten this name: %(count)d characters at most.")
                    % {"count": longest}
                }
            )
        academy = row.establishment.academy
        kept = list(ReviewLabel.objects.filter(academy=academy, pk__in=keys))
        if new_name:
            added, _created = ReviewLabel.objects.get_or_create(academy=academy, name=new_name)
            kept.append(added)
        row.labels.set(kept)
