"""Sign-in of jurors by a link to their own mailbox: the rules.

Whoever asks learns nothing: the worker decides. A person with a password or a right in the admin
never enters by a link: the mail that they get says where to enter, and lets nobody in.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from accounts.delivery import Undeliverable
from accounts.link_requests import decide, note_made, refuse, undecided
from accounts.links import holder_of, is_of_a_mailbox, link_life, make_token, spend
from accounts.mailing import record_mail, render_mail
from accounts.models import MailRecord, SignInLink, User
from contest.models import Juror
from establishments.mailing import address_on, footer_of
from establishments.models import Academy
from establishments.permissions import ADMIN_ACCESS

from .access import juries_of
from .mailing import DESK, academy_running

SCOPE = "jury"
"""What the tokens of jurors are good for."""

MAIL_KIND = "jury_sign_in"
LINK_MAIL = "contest/jury/sign_in/mail/link.txt"
PASSWORD_MAIL = "contest/jury/sign_in/mail/password.txt"  # noqa: S105 - a template's name


def enters_by_password(account: User) -> bool:
    """Whether `account` has a password or rights, which no link may give."""
    return not is_of_a_mailbox(account) or account.has_perm(ADMIN_ACCESS)


def prepare_link(link_id: int, account_id: int, *, now: datetime) -> bool:
    """Decide on the request `link_id` for that account, 0 where there is none; run by the worker.

    Returns:
        Whether a mail is to be sent. The row says why not.
    """
    with transaction.atomic():
        link = undecided(link_id)
        if link is None:
            return False
        # The account's row is the lock between two requests for it.
        account = User.objects.select_for_update(of=("self",)).filter(pk=account_id).first()
        juror = _jury_of(account) if account else None
        if account is None or juror is None:
            return refuse(link)
        return decide(link, account, record=lambda: _record(juror, account), now=now)


def write_mail(link: SignInLink, now: datetime) -> str:
    """The text of the mail of `link`, with a token made this instant; run by the worker.

    Raises:
        Undeliverable: they left the jury, their address changed, or it is too late.
    """
    with transaction.atomic():
        account = User.objects.select_for_update(of=("self",)).get(sign_in_links=link)
        juror = _jury_of(account)
        if juror is None or link.mail is None or account.email != link.mail.recipient:
            raise Undeliverable(_("This person left the jury or their address changed"))
        note_made(link, now=now)
        academy = academy_running(juror.contest)
        if enters_by_password(account):
            query = urlencode({"next": DESK})
            address = address_on(academy, f"{reverse('wagtailadmin_login')}?{query}")
            return render_mail(PASSWORD_MAIL, _context(juror, academy, address))[1]
        query = urlencode({"jeton": make_token(account, SCOPE)})
        address = address_on(academy, f"{reverse('jury:link')}?{query}")
    return render_mail(LINK_MAIL, _context(juror, academy, address))[1]


def enterable(token: str) -> Juror | None:
    """Whom `token` lets in, as the juror of their latest contest, without spending it."""
    account = holder_of(token, SCOPE)
    return _admitted(account) if account else None


def spend_link(token: str, *, now: datetime) -> User | None:
    """Use up the link with `token`; the account to open a session for, or None."""
    return spend(token, admit=lambda account: _admitted(account) is not None, now=now, scope=SCOPE)


def note_arrival(juries: Iterable[Juror], *, now: datetime) -> None:
    """Keep when somebody came for the first time."""
    new = [juror for juror in juries if juror.joined_at is None]
    if new:
        keys = [juror.pk for juror in new]
        Juror.objects.filter(pk__in=keys, joined_at=None).update(joined_at=now)
        for juror in new:
            juror.joined_at = now


def _admitted(account: User) -> Juror | None:
    return None if enters_by_password(account) else _jury_of(account)


def _jury_of(account: User) -> Juror | None:
    """The juror whom `account` is in the latest of its contests, at its address of today."""
    return juries_of(account).filter(email__iexact=account.email).first()


def _record(juror: Juror, account: User) -> MailRecord:
    """The mail as the register keeps it: without its text, which lets its reader in."""
    academy = academy_running(juror.contest)
    template = PASSWORD_MAIL if enters_by_password(account) else LINK_MAIL
    subject, _body = render_mail(template, _context(juror, academy, address=""))
    return record_mail(
        MAIL_KIND, account.email, subject, body="", scope=academy.code, about=juror.name
    )


def _context(juror: Juror, academy: Academy, address: str) -> dict[str, object]:
    return {
        **footer_of(academy),
        "juror": juror,
        "contest": juror.contest,
        "edition": juror.contest.edition,
        "address": address,
        "minutes": int(link_life().total_seconds()) // 60,
    }
