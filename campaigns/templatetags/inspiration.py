"""Where a fiche comes from, and how to start one from it: `{% load inspiration %}`."""

from __future__ import annotations

from typing import Any

from django import template
from django.http import HttpRequest
from django.template.context import Context
from django.utils import timezone
from wagtail.models import Site

from campaigns.addresses import public_addresses
from campaigns.copying import credited_source, owes_credit
from campaigns.highlights import editions_to_show
from campaigns.models import Action

register = template.Library()


@register.inclusion_tag("campaigns/partials/inspiration.html", takes_context=True)
def inspiration(context: Context, action: Action) -> dict[str, Any]:
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
        "may_start": _a_call_is_open(context.get("request")),
    }


def _a_call_is_open(request: HttpRequest | None) -> bool:
    """Whether a call is open in an edition of this site, which the menu asks for anyway."""
    site, now = Site.find_for_request(request), timezone.now()
    editions = editions_to_show(request, site.root_page) if site else []
    return any(edition.calendar.accepts_submissions(now) for edition in editions)
