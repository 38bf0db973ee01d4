"""The mails of a fiche's path, in plain French, to official mailboxes only.

An establishment's mails go to its directory mailbox, never to the coordinator, and lead to its
own space; reviewers' mails lead to the review screen.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from accounts.mailing import queue_template_mail
from accounts.models import User
from establishments.mailing import address_on

from .commenting import label_of_part
from .enums import Decision, Status

if TYPE_CHECKING:
    from .models import Action

MAIL_OF_DECISION = {
    Decision.VISA: "visa_given",
    Decision.REQUEST_CHANGES: "changes_requested",
    Decision.PUBLISH: "published",
    Decision.REFUSE: "refused",
    Decision.WITHDRAW: "withdrawn",
    Decision.REOPEN: "reopened",
}
"""What the establishment is told of each decision; an archive is put away without a word."""


def fiche_submitted(action: Action) -> None:
    """Acknowledge receipt to the establishment, and tell whoever reviews next."""
    _tell_establishment(action, "submitted")
    _tell_reviewers(action)


def decision_taken(
    action: Action, decision: Decision, comment: str, asked: Mapping[str, str] | None = None
) -> None:
    """Tell the establishment, with what is asked part by part, and after a visa the académie,
    which reviews next.
    """
    template = MAIL_OF_DECISION.get(decision)
    if template is None:
        return
    parts = [(label_of_part(name), text) for name, text in (asked or {}).items()]
    _tell_establishment(action, template, comment=comment, parts=parts)
    if decision == Decision.VISA:
        _tell_reviewers(action)


def _tell_establishment(
    action: Action, template: str, *, comment: str = "", **context: Any
) -> None:
    public_url = action.get_absolute_url() if action.live else ""
    _send(
        action,
        template,
        [action.establishment.mailbox],
        link=space_url(action),
        public_url=public_url,
        comment=comment,
        **context,
    )


def _tell_reviewers(action: Action) -> None:
    if action.status == Status.NETWORK_REVIEW:
        leads = User.objects.filter(
            is_active=True, led_networks__establishments=action.establishment_id
        ).order_by("pk")
        _send(action, "awaits_visa", [lead.email for lead in leads], link=review_url(action))
    elif action.status == Status.ACADEMY_REVIEW:
        mailbox = action.establishment.academy.contact_email
        _send(action, "awaits_publication", [mailbox], link=review_url(action))


def _send(action: Action, template: str, recipients: list[str], **context: Any) -> None:
    academy = action.establishment.academy
    values = {
        "action": action,
        "title": str(action),
        "establishment": action.establishment,
        "uai": action.establishment.uai,
        "network": action.establishment.network,
        "edition": action.campaign,
        "service": academy.service_name or academy.name,
        "contact": academy.contact_email,
        "site_name": action.campaign.title,
        **context,
    }
    for recipient in dict.fromkeys(filter(None, recipients)):
        queue_template_mail(
            template,
            recipient,
            f"campaigns/mail/{template}.txt",
            values,
            scope=academy.code,
            about=str(action),
        )


def space_url(action: Action) -> str:
    """Where the fiche's establishment finds it, on its académie's site."""
    return address_on(action.establishment.academy, reverse("space:fiche", args=[action.pk]))


def review_url(action: Action) -> str:
    """Where reviewers decide about the fiche, in the admin of its académie's site."""
    return address_on(action.establishment.academy, reverse("action_review", args=[action.pk]))
