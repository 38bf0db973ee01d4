"""Which mailbox an editor may name for an establishment, and who hears of a change.

Whoever reads the mailbox enters as the establishment (`sign_in`). So an editor may correct it
within the domains that are the establishment's already, and the former mailbox is told.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .mailing import queue_academy_mail
from .sign_in import mask

if TYPE_CHECKING:
    from accounts.models import MailRecord

    from .models import Establishment

MAILBOX_CHANGED = "mailbox_changed"
"""The kind of mail that tells the former mailbox."""

PROVIDERS = frozenset(
    {
        *("gmail.com", "gmx.fr", "hotmail.com", "hotmail.fr", "icloud.com", "live.fr", "msn.com"),
        *("outlook.com", "outlook.fr", "yahoo.com", "yahoo.fr"),
        *("bbox.fr", "free.fr", "laposte.net", "neuf.fr", "orange.fr", "sfr.fr", "wanadoo.fr"),
    }
)
"""Where anybody opens a mailbox: sharing such a domain with the directory's proves nothing."""


def official_domains(establishment: Establishment) -> frozenset[str]:
    """The domains of the académie's mailboxes and of the directory's own for `establishment`."""
    known = {establishment.academy.mail_domain.strip().lower(), domain_of(establishment.email)}
    return frozenset(known - PROVIDERS - {""})


def domain_of(mailbox: str) -> str:
    """What follows the last @ of `mailbox`, in lower case; empty without one."""
    return mailbox.rpartition("@")[2].strip().lower() if "@" in mailbox else ""


def announce_change(establishment: Establishment, *, former: str) -> MailRecord | None:
    """Tell the mailbox `former` that `establishment` uses another, if it does.

    The new one is named no better than strangers see it.
    """
    if not former or former.lower() == establishment.mailbox.lower():
        return None
    shown = mask(establishment.mailbox) if establishment.mailbox else ""
    return queue_academy_mail(
        establishment.academy,
        MAILBOX_CHANGED,
        former,
        "establishments/mail/mailbox_changed.txt",
        {"establishment": establishment, "mailbox": shown},
        about=str(establishment),
    )
