"""Sign-in of establishments by a link to their official mailbox: the rules.

The one who asks learns nothing: asking only records the request, and the worker decides. The one
who may enter is whoever reads the mailbox of an open establishment.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from accounts.delivery import Undeliverable
from accounts.link_requests import decide, note_made, refuse, undecided
from accounts.links import (
    holder_of,
    is_of_a_mailbox,
    link_life,
    make_token,
    spend,
    void_links,
)
from accounts.mailing import record_mail, render_mail
from accounts.models import MailRecord, SignInLink, User

from .mailing import address_on, footer_of
from .models import Establishment

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
    elif not is_of_a_mailbox(account) or hasattr(account, "establishment"):
        raise AccountConflict(establishment.uai)
    Establishment.objects.filter(pk=establishment.pk).update(account=account)
    return account


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
        link = undecided(link_id)
        if link is None:
            return False
        # The establishment's row is the lock between two requests for it.
        establishment = (
            Establishment.objects.select_for_update(of=("self",))
            .select_related("academy__site")
            .filter(uai=uai, academy_id=academy_id, academy__site__isnull=False, is_open=True)
            .first()
        )
        if establishment is None or not establishment.mailbox:
            return refuse(link)
        account = account_of(establishment)
        return decide(link, account, record=lambda: _record(establishment), now=now)


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


def write_link_mail(link: SignInLink, now: datetime) -> str:
    """The text of the mail of `link`, with a token made this instant; run by the worker.

    Raises:
        Undeliverable: the mailbox changed, the establishment closed, or it is too late.
    """
    with transaction.atomic():
        account = User.objects.select_for_update(of=("self",)).get(sign_in_links=link)
        establishment = _admitted(account)
        if establishment is None or link.mail is None or account.email != link.mail.recipient:
            raise Undeliverable(_("The establishment closed or its mailbox changed"))
        note_made(link, now=now)
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


def enterable(token: str) -> Establishment | None:
    """The establishment that `token` lets its bearer into, without spending it."""
    account = holder_of(token)
    return _admitted(account) if account else None


def spend_link(token: str, *, now: datetime) -> User | None:
    """Use up the link with `token`; the account to open a session for, or None."""
    return spend(token, admit=lambda account: _admitted(account) is not None, now=now)


def _admitted(account: User) -> Establishment | None:
    """The open establishment that `account` may sign in for by a link to its mailbox of today."""
    if not (account.is_active and is_of_a_mailbox(account)):
        return None
    establishment = (
        Establishment.objects.filter(account=account, is_open=True, academy__site__isnull=False)
        .select_related("academy__site")
        .first()
    )
    if establishment is None or establishment.mailbox != account.email:
        return None
    return establishment
