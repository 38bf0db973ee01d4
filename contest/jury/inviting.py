"""Making a jury: invite somebody, correct what is known of them, write to them again.

Taking somebody out again is `assigning.let_go`.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from wagtail.log_actions import LogContext, log

from accounts.models import User
from contest import access as contest_access
from contest.errors import NotAllowed, OutOfTurn
from contest.models import Juror
from establishments.models import Establishment

from . import access, declaring, mailing
from .assigning import hold_jury, seat_newcomer

if TYPE_CHECKING:
    from contest.models import ContestPage


def invite(version: Juror, *, by: User, now: datetime) -> Juror:
    """Put `version`, a juror in memory, in the jury of its contest, and write to them.

    Who comes midway gets a fair part of the rounds under way. Who had left comes back as they
    were, with what they have judged.

    Returns:
        The juror as stored.

    Raises:
        NotAllowed: `by` does not run the contest.
        ValidationError: a value does not fit, or nobody at that address may judge; keys are field
            names.
    """
    with transaction.atomic(), LogContext(user=by):
        _hold_jury(version.contest, by=by)
        version.email = version.email.strip().lower()
        version.clean_fields(exclude=["contest", "user"])
        row = Juror.objects.filter(contest=version.contest, email__iexact=version.email).first()
        if row is not None and row.left_at is None:
            raise ValidationError({"email": _("This person is in the jury already.")})
        account = _account_at(version)
        if row is not None:
            version.pk, version.joined_at = row.pk, row.joined_at
            version.declared_at = row.declared_at
        version.user, version.invited_at, version.left_at = account, now, None
        version.save()
        log(instance=version, action="contest.jury.invite", user=by, data={"name": version.name})
        seat_newcomer(version, by=by, now=now)
        _write_to(version)
        return version


def edit(version: Juror, *, by: User, now: datetime) -> Juror:
    """Keep what was corrected of a juror.

    The address changes only until they have come: after that, whoever reads another mailbox would
    take over their ballots. A correction of it is followed by a new invitation.

    Raises:
        NotAllowed, ValidationError: as for `invite`.
        OutOfTurn: they have left.
    """
    with transaction.atomic(), LogContext(user=by):
        _hold_jury(version.contest, by=by)
        row = Juror.objects.select_for_update(of=("self",)).get(pk=version.pk)
        if row.left_at is not None:
            raise OutOfTurn
        version.email = version.email.strip().lower()
        version.clean_fields(exclude=["contest", "user"])
        is_moved = version.email != row.email.lower()
        if is_moved:
            if row.joined_at is not None:
                raise ValidationError(
                    {"email": _("This person has already come: their address is fixed.")}
                )
            others = Juror.objects.filter(contest=row.contest_id, email__iexact=version.email)
            if others.exclude(pk=row.pk).exists():
                raise ValidationError({"email": _("This person is in the jury already.")})
            row.user, row.email = _account_at(version), version.email
        changed = ["email"] if is_moved else []
        for name in ("name", "title", "college", "establishment_id"):
            if getattr(row, name) != getattr(version, name):
                setattr(row, name, getattr(version, name))
                changed.append(name.removesuffix("_id"))
        row.save()
        log(
            instance=row,
            action="contest.jury.edit",
            user=by,
            data={"name": row.name, "changed": changed},
        )
        declaring.bring_in_line(row, now=now)
        if is_moved:
            _write_to(row)
        return row


def resend(juror: Juror, *, by: User) -> Juror:
    """Write the invitation to `juror` once more.

    Raises:
        NotAllowed: `by` does not run the contest.
        OutOfTurn: they have left, or their last invitation is still on its way.
    """
    with transaction.atomic(), LogContext(user=by):
        _hold_jury(juror.contest, by=by)
        row = Juror.objects.select_for_update(of=("self",)).get(pk=juror.pk)
        last = row.invitation
        if row.left_at is not None or (last and last.outcome in ("queued", "sending")):
            raise OutOfTurn
        _write_to(row)
        log(instance=row, action="contest.jury.resend", user=by, data={"name": row.name})
        return row


def _hold_jury(contest: ContestPage, *, by: User) -> None:
    """Let one organiser at a time change who is in the jury."""
    if not contest_access.runs(by, contest):
        raise NotAllowed
    hold_jury(contest)


def _write_to(juror: Juror) -> None:
    juror.invitation = mailing.invite_by_mail(juror)
    juror.save(update_fields=["invitation"])


def _account_at(juror: Juror) -> User:
    """The account of whoever reads the juror's mailbox, made without a password where unknown."""
    if _is_mailbox_of_an_establishment(juror.email):
        raise ValidationError(
            {
                "email": _(
                    "This is the mailbox of an establishment, which several people read. Give the "
                    "person’s own address."
                )
            }
        )
    account = User.objects.filter(username=juror.email).first()
    if account is None:
        account, is_new = User.objects.get_or_create(
            username=juror.email, defaults={"email": juror.email, "last_name": juror.name[:150]}
        )
        if is_new:
            account.set_unusable_password()
            account.save(update_fields=["password"])
    if not account.is_active:
        raise ValidationError(
            {"email": _("The account at this address is closed: an administrator can open it.")}
        )
    if not access.may_sit(account, juror.contest):
        raise ValidationError(
            {"email": _("This person runs the contest or the site: they cannot judge in it.")}
        )
    return account


def _is_mailbox_of_an_establishment(address: str) -> bool:
    return Establishment.objects.filter(
        Q(email__iexact=address)
        | Q(mailbox_override__iexact=address)
        | Q(account__email__iexact=address)
    ).exists()
