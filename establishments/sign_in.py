"""Sign-in of establishments by a link to their official mailbox: the rules.

The one who asks learns nothing: asking only records the request, and the worker decides. The one
who may enter is whoever reads the mailbox of an open establishment.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from accounts.delivery import Undeliverable
from accounts.links import holder_of, link_life, make_token, spend, void_links
from accounts.mailing import record_mail, render_mail
from accounts.models import MailRecord, SignInLink, User
from accounts.throttle import HOUR, Sending, may_send

from .mailing import address_on, footer_of
from .models import Establishment

if TYPE_CHECKING:
    from collections.abc import Iterator

State = SignInLink.State

MAIL_KIND = "sign_in"
MAIL_TEMPLATE = "establishments/sign_in/mail/link.txt"


class AccountConflict(Exception):
    """An account bears the establishment's UAI and is not an establishment's."""


def account_of(establishment: Establishment) -> User:
    """The account of `establishment`, made on first call and kept in step with its mailbox.

    A change of mailbox voids the links sent to the former one, which are signed with it.

    Raises:
        AccountConflict: see there; an administrator has to look.
    """
    with transaction.atomic():
        # Without the account: PostgreSQL reads a joined row as it was before the wait for the lock.
        locked = Establishment.objects.select_for_update().get(pk=establishment.pk)
        account = locked.account or _adopt_or_create(locked)
        if account.email != locked.mailbox:
            account.email = locked.mailbox
            account.save(update_fields=["email"])
            void_links(account)
        establishment.account = account
        return account


def _adopt_or_create(establishment: Establishment) -> User:
    """The account named after the UAI, tied to `establishment`, whose row is locked."""
    account = User.objects.filter(username=establishment.uai.lower()).first()
    if account is None:
        account = User(username=establishment.uai.lower(), email=establishment.mailbox)
        account.set_unusable_password()
        account.save()
    elif not _is_mailbox_account(account) or hasattr(account, "establishment"):
        raise AccountConflict(establishment.uai)
    Establishment.objects.filter(pk=establishment.pk).update(account=account)
    return account


def _is_mailbox_account(account: User) -> bool:
    """Whether `account` is of the kind that links are for: no password, no rights."""
    return not (account.has_usable_password() or account.is_superuser or account.is_staff)


def mask(mailbox: str) -> str:
    """A mailbox as strangers may see it: enough to recognise one's own."""
    name, _at, domain = mailbox.partition("@")
    return f"{name[:1]}…{name[-1:]}@{domain}" if len(name) > 2 else f"…@{domain}"


def prepare_link(link_id: int, uai: str, academy_id: int, *, now: datetime) -> bool:
    """Decide on the request `link_id` for the establishment `uai`; run by the worker.

    Returns:
        Whether a mail is to be sent. The row says why not.
    """
    with transaction.atomic():
        link = SignInLink.objects.select_for_update().get(pk=link_id)
        if link.state != State.ASKED:
            return False
        # The establishment's row is the lock between two requests for it.
        establishment = (
            Establishment.objects.select_for_update(of=("self",))
            .select_related("academy__site")
            .filter(uai=uai, academy_id=academy_id, academy__site__isnull=False, is_open=True)
            .first()
        )
        if establishment is None or not establishment.mailbox:
            link.state = State.NOBODY
            link.save(update_fields=["state"])
            return False
        link.user = account_of(establishment)
        if not link.user.is_active:
            link.state = State.NOBODY
        elif not may_send(_sendings(link.user, now), life=link_life(), now=now):
            link.state = State.HELD
        else:
            link.mail, link.queued_at = _record(establishment), now
            is_refused = link.mail.outcome == MailRecord.Outcome.FAILED
            link.state = State.FAILED if is_refused else State.QUEUED
        link.save(update_fields=["user", "state", "queued_at", "mail"])
        return link.state == State.QUEUED


def _sendings(user: User, now: datetime) -> Iterator[Sending]:
    rows = user.sign_in_links.filter(queued_at__gte=now - HOUR - link_life()).values_list(
        "queued_at", "sent_at", "state"
    )
    for queued_at, sent_at, state in rows:
        if queued_at:
            yield Sending(queued_at, sent_at, is_open=state not in {State.SPENT, State.VOID})


def _record(establishment: Establishment) -> MailRecord:
    """The mail as the register keeps it: without its text, which lets its reader in."""
    subject, _body = render_mail(MAIL_TEMPLATE, _mail_context(establishment, address=""))
    return record_mail(
        MAIL_KIND,
        establishment.mailbox,
        subject,
        body="",
        scope=establishment.academy.code,
        about=str(establishment),
    )


def write_link_mail(link: SignInLink, *, now: datetime) -> str:
    """The text of the mail of `link`, with a token made this instant; run by the worker.

    The link counts as sent from here on, so that whatever voids links meanwhile meets it.

    Raises:
        Undeliverable: the mailbox changed, the establishment closed, or it is too late.
    """
    with transaction.atomic():
        account = User.objects.select_for_update(of=("self",)).get(sign_in_links=link)
        establishment = _admitted(account)
        if establishment is None or link.mail is None or account.email != link.mail.recipient:
            raise Undeliverable(_("The establishment closed or its mailbox changed"))
        if link.queued_at is None or now - link.queued_at > link_life():
            raise Undeliverable(_("Too late: nobody waits for this link any more"))
        SignInLink.objects.filter(pk=link.pk).update(state=State.SENT, sent_at=now)
        query = urlencode({"jeton": make_token(account)})
        address = address_on(establishment.academy, f"{reverse('sign_in:link')}?{query}")
    return render_mail(MAIL_TEMPLATE, _mail_context(establishment, address))[1]


def _mail_context(establishment: Establishment, address: str) -> dict[str, object]:
    return {
        **footer_of(establishment.academy),
        "establishment": establishment,
        "address": address,
        "minutes": int(link_life().total_seconds()) // 60,
    }


def record_outcome(link_id: int, state: str) -> None:
    """Note that the mail of a link waits for another attempt, or failed for good.

    A link voided meanwhile stays void.
    """
    waiting = [State.QUEUED, State.SENT]
    SignInLink.objects.filter(pk=link_id, state__in=waiting).update(state=state, sent_at=None)


def enterable(token: str) -> Establishment | None:
    """The establishment that `token` lets its bearer into, without spending it."""
    account = holder_of(token)
    return _admitted(account) if account else None


def spend_link(token: str, *, now: datetime) -> User | None:
    """Use up the link with `token`; the account to open a session for, or None."""
    return spend(token, admit=lambda account: _admitted(account) is not None, now=now)


def _admitted(account: User) -> Establishment | None:
    """The open establishment that `account` may sign in for by a link to its mailbox of today."""
    if not (account.is_active and _is_mailbox_account(account)):
        return None
    establishment = (
        Establishment.objects.filter(account=account, is_open=True, academy__site__isnull=False)
        .select_related("academy__site")
        .first()
    )
    if establishment is None or establishment.mailbox != account.email:
        return None
    return establishment
