"""Where a fiche comes from, and how to start one from it: `{% load inspiration %}`."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils import timezone

from campaigns.addresses import public_addresses
from campaigns.copying import credited_source, owes_credit
from campaigns.models import Action, CampaignPage

register = template.Library()


@register.inclusion_tag("campaigns/partials/inspiration.html")
def inspiration(action: Action) -> dict[str, Any]:
    """The credit of a public fiche, its source named while that is public; the way to start from
    it, while a call of the same académie is open. The same for every reader, so that the page can
    be kept.
    """
    source = credited_source(action)
    return {
        "action": action,
        "source": source,
        "is_credit_due": owes_credit(action),
        "source_url": public_addresses([source]).get(source.pk, "") if source else "",
        "may_start": _a_call_is_open_beside(action.campaign),
    }


def _a_call_is_open_beside(edition: CampaignPage) -> bool:
    now = timezone.now()
    if edition.calendar.accepts_submissions(now):
        return True
    beside = CampaignPage.objects.live().filter(
        path__startswith=edition.path[: -edition.steplen], depth=edition.depth
    )
    return beside.filter(call_opens_at__lte=now, call_closes_at__gte=now).exists()
