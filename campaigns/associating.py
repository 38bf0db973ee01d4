"""Who takes part in a fiche besides the establishment that carries it, and who may write it.

Rows of the database say so, at once and whatever version is published later: `Action` takes them
over into each version. What a version says is judged by reviewers; so is who takes part, which is
why nobody is added to what they hold or have published.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from establishments.search import find_establishments

from . import access, establishment_mails
from .drafts import locked
from .enums import Status
from .errors import NotAllowed, OutOfTurn
from .models import Action, AssociatedEstablishment, Reminder

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.db.models import QuerySet

    from accounts.models import User
    from establishments.models import Establishment

MOST: Final = 20
"""Establishments associated with one fiche."""

MAIL: Final = "associated"


def accepts_more(action: Action) -> bool:
    """Whether an establishment may be added: the fiche is its author's, and not public."""
    return not action.live and action.status in (Status.DRAFT, Status.CHANGES_REQUESTED)


def candidates(action: Action, query: str) -> QuerySet[Establishment]:
    """The open establishments of the académie that `query` names and that take no part yet."""
    academy = action.establishment.academy
    return (
        find_establishments(query, academy)
        .filter(is_open=True)
        .exclude(pk=action.establishment_id)
        .exclude(associations__action=action.pk)
        .order_by("name", "commune")
    )


@transaction.atomic
def associate(
    action: Action, establishment: Establishment, *, by: User, may_edit: bool = False
) -> None:
    """Add `establishment` to the fiche; it is told by mail, once for good.

    Adding it again does nothing.

    Raises:
        NotAllowed: `by` does not sign in for the establishment that carries the fiche.
        OutOfTurn: reviewers hold the fiche, or it is public: see the top of this module.
        ValidationError: it is the carrier, closed, of another académie, or there are too many.
    """
    row = _carried_by(action, by)
    if not accepts_more(row):
        raise OutOfTurn
    known = AssociatedEstablishment.objects.filter(action=row.pk)
    if known.filter(establishment=establishment).exists():
        return
    if establishment.pk == row.establishment_id:
        raise ValidationError(_("Your establishment carries the fiche already."))
    if not establishment.is_open or establishment.academy_id != row.establishment.academy_id:
        raise ValidationError(_("Choose an open establishment of your académie."))
    if known.count() >= MOST:
        raise ValidationError(
            _("A fiche has at most %(number)s associated establishments.") % {"number": MOST}
        )
    AssociatedEstablishment.objects.create(
        action=row, establishment=establishment, may_edit=may_edit, sort_order=known.count()
    )
    _log("campaigns.associate", row, establishment, by)
    _tell_once(row, establishment, may_edit=may_edit)


@transaction.atomic
def dissociate(action: Action, establishment: Establishment, *, by: User) -> None:
    """Take `establishment` off the fiche, its right to write with it; nothing where it is not.

    Raises:
        NotAllowed: as `associate`.
    """
    row = _carried_by(action, by)
    removed, _rows = AssociatedEstablishment.objects.filter(
        action=row.pk, establishment=establishment
    ).delete()
    if removed:
        _log("campaigns.dissociate", row, establishment, by)


@transaction.atomic
def let_edit(action: Action, establishment: Establishment, *, may_edit: bool, by: User) -> None:
    """Give an associated establishment the right to write the fiche, or take it back, at once.

    Raises:
        NotAllowed: as `associate`.
    """
    row = _carried_by(action, by)
    AssociatedEstablishment.objects.filter(action=row.pk, establishment=establishment).update(
        may_edit=may_edit
    )


def take_over(action: Action, wanted: Mapping[int, bool]) -> None:
    """Make the rows of the fiche, locked by the caller, those that an editor typed.

    Args:
        wanted: whether each may write, by the key of the establishment, in their order.
    """
    rows = AssociatedEstablishment.objects.filter(action=action.pk)
    rows.exclude(establishment__in=list(wanted)).delete()
    for order, (establishment, may_edit) in enumerate(wanted.items()):
        values = {"may_edit": may_edit, "sort_order": order}
        if not rows.filter(establishment=establishment).update(**values):
            AssociatedEstablishment.objects.create(
                action=action, establishment_id=establishment, **values
            )


def _carried_by(action: Action, by: User) -> Action:
    row = locked(action)
    if not access.acts_for(by, row):
        raise NotAllowed
    return row


def _log(act: str, row: Action, establishment: Establishment, by: User) -> None:
    log(
        instance=row,
        action=act,
        user=by,
        data={"comment": str(establishment), "uai": establishment.uai},
    )


def _tell_once(row: Action, establishment: Establishment, *, may_edit: bool) -> None:
    _note, is_new = Reminder.objects.get_or_create(
        kind=MAIL, occasion=f"fiche {row.pk}, establishment {establishment.pk}"
    )
    if is_new:
        establishment_mails.associated(row, establishment, may_edit=may_edit)
