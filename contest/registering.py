"""Announcing posters before they are made: register, change, cancel, until the deadline."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import LogContext, log

from establishments.models import Establishment

from . import access, notifications
from .errors import Closed, NotAllowed, OutOfTurn
from .models import Category, Registration

if TYPE_CHECKING:
    from collections.abc import Sequence

    from accounts.models import User

    from .models import ContestPage


def registration_of(establishment: Establishment, contest: ContestPage) -> Registration:
    """The registration of `establishment`, cancelled ones included; a new one in memory if none."""
    known = contest.registrations.filter(establishment=establishment).first()
    return known or Registration(contest=contest, establishment=establishment)


def register(
    version: Registration, *, categories: Sequence[Category], by: User, now: datetime
) -> Registration:
    """Keep `version`, a registration in memory, new, changed or taken up again.

    The establishment acts until registrations close; an editor of its académie at any time, for
    the school that telephones too late.

    Returns:
        The registration as stored; its establishment gets a receipt.

    Raises:
        NotAllowed: `by` neither signs in for the establishment nor edits its académie, or the
            contest is not for it.
        Closed: registrations are over at `now`.
        ValidationError: a value does not fit; keys are field names.
    """
    with transaction.atomic(), LogContext(user=by):
        Establishment.objects.select_for_update(no_key=True).get(pk=version.establishment_id)
        row = Registration.objects.filter(
            contest=version.contest_id, establishment=version.establishment_id
        ).first()
        _require_right(version, by=by, now=now)
        is_change = row is not None and row.is_active
        if row is not None:
            version.pk, version.registered_at = row.pk, row.registered_at
        if not is_change:
            version.registered_at = now
        version.cancelled_at = None
        version.clean_fields()
        open_to_it = {one.pk for one in version.contest.categories_for(version.establishment)}
        if not categories or any(one.pk not in open_to_it for one in categories):
            raise ValidationError(
                {"categories": _("Choose among the categories open to your establishment.")}
            )
        version.save()
        version.categories.set(categories)
        log(
            instance=version,
            action="contest.register_change" if is_change else "contest.register",
            user=by,
            title=str(version.establishment),
        )
        notifications.registration_received(version, is_change=is_change)
        return version


def cancel_registration(registration: Registration, *, by: User, now: datetime) -> Registration:
    """Take back a registration; posters handed in already stay in the contest.

    Raises:
        NotAllowed, Closed: as for `register`.
        OutOfTurn: it is cancelled already.
    """
    with transaction.atomic(), LogContext(user=by):
        row = Registration.objects.select_for_update(of=("self",)).get(pk=registration.pk)
        _require_right(row, by=by, now=now)
        if not row.is_active:
            raise OutOfTurn
        row.cancelled_at = now
        row.save(update_fields=["cancelled_at", "updated_at"])
        log(
            instance=row,
            action="contest.register_cancel",
            user=by,
            title=str(row.establishment),
        )
        notifications.registration_cancelled(row)
        return row


def _require_right(registration: Registration, *, by: User, now: datetime) -> None:
    contest, establishment = registration.contest, registration.establishment
    if not access.takes_part(establishment, contest):
        raise NotAllowed
    if access.edits(by, registration):
        return
    if not access.acts_for(by, registration):
        raise NotAllowed
    if not contest.calendar.accepts_registrations(now):
        raise Closed
