"""The mails to an establishment about what surrounds its fiches: time, partners, follow-up.

They go to its official mailbox and lead to its space; see `campaigns.notifications` for those of a
fiche's own path.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse

from establishments.mailing import address_on, queue_academy_mail

from .wording import instant_in_words

if TYPE_CHECKING:
    from establishments.models import Establishment

    from .models import CampaignPage, Extension


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
