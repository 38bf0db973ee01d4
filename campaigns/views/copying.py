"""Starting from another fiche, in the establishments' space."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.db.models import Case, When
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from campaigns import copying
from campaigns.deadlines import edition_to_show, open_edition_for
from campaigns.enums import Status
from campaigns.errors import ActionError
from campaigns.models import Action
from establishments.access import establishment_required

if TYPE_CHECKING:
    from datetime import datetime

    from campaigns.models import CampaignPage
    from establishments.access import EstablishmentRequest

MOST_LISTED = 50
"""Own fiches to choose from; older ones are reached from their own pages."""

MOST_BEGUN = 10
"""Drafts offered before another one is made."""


@never_cache
@require_GET
@establishment_required
def choose(request: EstablishmentRequest) -> HttpResponse:
    """The establishment's own fiches, the newest first, each with the way to start from it."""
    now = timezone.now()
    edition = open_edition_for(request.establishment, now)
    if edition is None:
        return say_closed(request, now)
    fiches = (
        Action.objects.filter(establishment=request.establishment)
        .select_related("campaign", "latest_revision")
        .defer("latest_revision__content")
        .order_by("-campaign__week_first_day", "-pk")
    )
    context = {"edition": edition, "fiches": fiches[:MOST_LISTED]}
    return render(request, "campaigns/space/copy_choose.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
@establishment_required
def copy(request: EstablishmentRequest, pk: int) -> HttpResponse:
    """Say what would be copied; make the draft on the button, once.

    Raises:
        Http404: the fiche is neither public nor the establishment's own.
    """
    now, establishment = timezone.now(), request.establishment
    source = copying.source_of(pk, establishment)
    if source is None:
        raise Http404("No fiche to start from")
    edition = open_edition_for(establishment, now)
    if edition is None:
        return say_closed(request, now)
    if request.method == "POST":
        try:
            action = copying.copy_once(
                pk, establishment, edition, by=request.user, key=key_of(request), now=now
            )
        except ActionError:
            return say_closed(request, now)
        messages.success(request, _("Your draft is made. Adapt it, then hand it in."))
        return redirect("space:edit", pk=action.pk)
    return render(request, "campaigns/space/copy.html", context_of(request, source, edition))


def context_of(
    request: EstablishmentRequest, source: Action, edition: CampaignPage
) -> dict[str, Any]:
    """What the page says of the copy to be made, and of the drafts begun already.

    All of them, and not only the copies of this fiche: nobody starts again what they have begun.
    """
    begun = (
        Action.objects.filter(
            establishment=request.establishment, campaign=edition, status=Status.DRAFT
        )
        .select_related("latest_revision")
        .defer("latest_revision__content")
        # What was made from this very fiche comes first, then what was written last.
        .annotate(is_copy=Case(When(inspired_by=source.pk, then=1), default=0))
        .order_by("-is_copy", "-latest_revision__created_at")
    )
    return {
        "source": source,
        "edition": edition,
        "is_own": source.establishment_id == request.establishment.pk,
        "begun": begun[:MOST_BEGUN],
        "key": uuid4(),
    }


def key_of(request: EstablishmentRequest) -> UUID:
    """What the page drew to be sent once; drawn anew where it holds none."""
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError:
        return uuid4()


def say_closed(request: EstablishmentRequest, now: datetime) -> HttpResponse:
    """No fiche may be started now: say since when, or from when, and whom to ask."""
    edition, calendar = edition_to_show(request.establishment, now)
    context = {
        "edition": edition,
        "outlook": calendar.outlook(now) if calendar else None,
        "closed_at": calendar.call_closes_at if calendar else None,
        "academy": request.establishment.academy,
    }
    status = 409 if request.method == "POST" else 200
    return render(request, "campaigns/space/closed.html", context, status=status)
