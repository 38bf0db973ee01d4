"""The mails of a fiche's path, in plain French, to official mailboxes only.

An establishment's mails go to its directory mailbox, never to the coordinator, and lead to its
own space. Reviewers are not written to at each fiche: `campaigns.digests` tells them once a day.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from accounts.mailing import queue_template_mail
from establishments.mailing import address_on

from .commenting import label_of_part
from .enums import Decision
from .standing import reviewers_comments

if TYPE_CHECKING:
    from .models import Action
    from .reading import Difference

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
    """Acknowledge receipt to the establishment; who reviews next learns of it by their digest."""
    _tell_establishment(action, "submitted")


def decision_taken(
    action: Action, decision: Decision, comment: str, asked: Mapping[str, str] | None = None
) -> None:
    """Tell the establishment, with what is asked part by part."""
    template = MAIL_OF_DECISION.get(decision)
    if template is None:
        return
    parts = [(label_of_part(name), text) for name, text in (asked or {}).items()]
    _tell_establishment(action, template, comment=comment, parts=parts)


def fiche_corrected(action: Action, changes: Sequence[Difference]) -> None:
    """Tell the establishment what an editor has changed, part by part."""
    _tell_establishment(action, "corrected", changes=changes)


def fiches_merged(gone: Action, kept: Action, comment: str) -> None:
    """Tell both establishments; one that carried both fiches, once."""
    public_url = kept.get_absolute_url() if kept.live else ""
    _send(
        gone,
        "merged",
        [gone.establishment.mailbox],
        link=space_url(kept),
        kept=str(kept),
        carrier=str(kept.establishment),
        public_url=public_url,
        comment=comment,
    )
    if gone.establishment_id != kept.establishment_id:
        _tell_establishment(
            kept, "merge_received", comment=comment, partner=str(gone.establishment)
        )


def message_to_establishment(action: Action, text: str) -> None:
    """Pass on a message of the reviewers, which the page of the fiche shows too."""
    _tell_establishment(action, "message", text=text)


def message_to_academy(action: Action, text: str) -> None:
    """Pass on a message of the establishment to the mailbox of its académie."""
    academy = action.establishment.academy
    _send(
        action,
        "message_received",
        [academy.contact_email],
        link=address_on(academy, reverse("action_review", args=[action.pk])),
        text=text,
    )


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


def remind_of_return(action: Action, *, days: int, parts: Sequence[tuple[str, str]]) -> None:
    """Remind the establishment of a fiche sent back `days` days ago, and of what was asked."""
    comment = reviewers_comments([action]).get(action.pk, "")
    _tell_establishment(action, "return_reminder", comment=comment, parts=parts, days=days)


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
