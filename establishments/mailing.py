"""Mails that an académie sends: its name and contact at the foot, its editors as readers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.conf import settings

from accounts.mailing import queue_template_mail
from home.models import SiteSettings

if TYPE_CHECKING:
    from accounts.models import MailRecord

    from .models import Academy


def queue_academy_mail(
    academy: Academy,
    kind: str,
    recipient: str,
    template: str,
    context: Mapping[str, Any],
    *,
    about: str = "",
) -> MailRecord:
    """Record and queue a mail of `academy`; see `accounts.mailing.queue_template_mail`."""
    context = {**footer_of(academy), **context}
    return queue_template_mail(kind, recipient, template, context, scope=academy.code, about=about)


def footer_of(academy: Academy) -> dict[str, str]:
    """What the foot of `academy`'s mails says."""
    site_name = settings.WAGTAIL_SITE_NAME
    if academy.site:
        shown = SiteSettings.for_site(academy.site)
        site_name = f"{shown.service_title} – {' '.join(shown.brand_lines)}"
    return {
        "site_name": site_name,
        "service": academy.service_name,
        "contact": academy.contact_email,
    }


def address_on(academy: Academy, path: str) -> str:
    """The full address of `path` on the site of `academy`, for mails.

    Built from the site's own record, never from a request: its Host header is the sender's to
    choose. Where the project answers HTTPS only, a link that carries a secret must not make its
    first hop in clear.
    """
    if academy.site is None:
        return f"{settings.WAGTAILADMIN_BASE_URL}{path}"
    if settings.SECURE_SSL_REDIRECT and academy.site.port == 80:
        return f"https://{academy.site.hostname}{path}"
    return f"{academy.site.root_url}{path}"
