"""The mails to an establishment about what surrounds its fiches: time, partners, follow-up.

They go to its official mailbox and lead to its space; see `campaigns.notifications` for those of a
fiche's own path.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from establishments.mailing import address_on, queue_academy_mail

from .wording import instant_in_words

if TYPE_CHECKING:
    from establishments.models import Establishment

    from .models import Action, CampaignPage, Extension


def extension_granted(extension: Extension) -> None:
    """Tell the establishment until when it may hand in."""
    _send(
        "extension_granted",
        extension.establishment,
        extension.campaign,
        until=instant_in_words(extension.until),
    )


def extension_ended(campaign: CampaignPage, establishment: Establishment) -> None:
    """Tell the establishment that its extra time was taken back."""
    _send(
        "extension_ended",
        establishment,
        campaign,
        closed=instant_in_words(campaign.call_closes_at),
    )


def associated(action: Action, establishment: Establishment, *, may_edit: bool) -> None:
    """Tell `establishment` that the carrier of the fiche names it as taking part."""
    _send(
        "associated",
        establishment,
        action.campaign,
        carrier=str(action.establishment),
        title=str(action),
        may_edit=may_edit,
    )


def follow_up_received(action: Action) -> None:
    """Acknowledge receipt of a follow-up; the académie finds it among the fiches that wait."""
    _send(
        "follow_up_received",
        action.establishment,
        action.campaign,
        path=reverse("space:fiche", args=[action.pk]),
        title=str(action),
    )


def follow_up_due(
    establishment: Establishment,
    campaign: CampaignPage,
    actions: Sequence[Action],
    *,
    is_last: bool,
) -> None:
    """Ask for the follow-up of `actions`, all of `establishment`, in one mail."""
    fiches = [
        {
            "title": str(action),
            "link": address_on(establishment.academy, reverse("space:follow_up", args=[action.pk])),
        }
        for action in actions
    ]
    _send("follow_up_due", establishment, campaign, fiches=fiches, is_last=is_last)


def _send(
    kind: str,
    establishment: Establishment,
    campaign: CampaignPage,
    *,
    path: str = "",
    **context: Any,
) -> None:
    if not establishment.mailbox:
        return
    values = {
        "establishment": establishment,
        "edition": campaign,
        "link": address_on(establishment.academy, path or reverse("space:home")),
        **context,
    }
    queue_academy_mail(
        establishment.academy,
        kind,
        establishment.mailbox,
        f"campaigns/mail/{kind}.txt",
        values,
        about=f"{establishment} – {campaign}",
    )
