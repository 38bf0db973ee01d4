"""The space of an establishment: what it can do now, and where its fiches stand."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from campaigns import access, follow_up
from campaigns.addresses import public_addresses
from campaigns.deadlines import edition_to_show, with_deadlines
from campaigns.discarding import discard_draft
from campaigns.drafts import version_for
from campaigns.enums import Status
from campaigns.errors import ActionError
from campaigns.follow_up import with_follow_up
from campaigns.history import history_of
from campaigns.models import Action, AssociatedEstablishment
from campaigns.reading import contents_of, public_contents_of
from campaigns.space_parts import space_parts
from campaigns.standing import reviewers_comments, standing_of
from establishments.access import establishment_required

if TYPE_CHECKING:
    from accounts.models import User
    from establishments.access import EstablishmentRequest
    from establishments.models import Establishment


def fiches_of(establishment: Establishment, user: User) -> QuerySet[Action]:
    """The fiches that `establishment` carries or takes part in, as far as its account sees them.

    By edition, the latest change first.
    """
    takes_part = Q(associated__establishment=establishment)
    lets_edit = AssociatedEstablishment.objects.filter(
        action=OuterRef("pk"), establishment=establishment, may_edit=True
    )
    visible = Action.objects.visible_to(user)
    return (
        with_follow_up(with_deadlines(visible.filter(Q(establishment=establishment) | takes_part)))
        .distinct()
        .select_related("campaign", "establishment__network", "establishment__academy")
        .annotate(
            latest_title=F("latest_revision__object_str"),
            changed_at=F("latest_revision__created_at"),
            is_written_here=Q(establishment=establishment) | Exists(lets_edit),
        )
        .order_by("-campaign__week_first_day", "campaign_id", "-changed_at", "-pk")
    )


def title_for(establishment: Establishment, action: Action) -> str:
    """The title that the establishment gave last; its partners read the one handed in."""
    latest: str = getattr(action, "latest_title", None) or ""
    return latest if latest and action.establishment_id == establishment.pk else str(action)


def by_edition(
    fiches: Iterable[Any], establishment: Establishment, request: HttpRequest, now: datetime
) -> list[dict[str, Any]]:
    """The fiches as the space lists them: one entry an edition, with all that a line shows.

    `fiches` come from `fiches_of`, which tells of each whether the establishment writes it.
    """
    fiches = list(fiches)
    addresses = public_addresses(fiches, request)
    # What reviewers say is for those who write the fiche, not for those who take part in it.
    comments = reviewers_comments([action for action in fiches if action.is_written_here])
    return [
        {
            "edition": edition,
            "lines": [
                {
                    "action": action,
                    "title": title_for(establishment, action),
                    "standing": standing_of(action, now),
                    "follow_up": (state := follow_up.state_of(action, now)),
                    "follow_up_asked": state in follow_up.ASKED,
                    "comment": comments.get(action.pk, ""),
                    "public_url": addresses.get(action.pk, ""),
                }
                for action in sorted(of_edition, key=is_left_alone)
            ],
        }
        for edition, of_edition in groupby(fiches, key=lambda action: action.campaign)
    ]


def is_left_alone(action: Action) -> bool:
    """Whether the establishment has nothing to do; what waits for it comes first."""
    return action.status not in (Status.CHANGES_REQUESTED, Status.DRAFT)


@never_cache
@require_GET
@establishment_required
def home(request: EstablishmentRequest) -> HttpResponse:
    """What can be done now, then the establishment's fiches, and what other apps list."""
    now = timezone.now()
    establishment = request.establishment
    edition, calendar = edition_to_show(establishment, now)
    fiches = fiches_of(establishment, request.user)
    return render(
        request,
        "campaigns/space/home.html",
        {
            "establishment": establishment,
            "edition": edition,
            "calendar": calendar,
            "is_extended": edition is not None and calendar != edition.calendar,
            "outlook": calendar.outlook(now) if calendar else None,
            "editions": by_edition(fiches, establishment, request, now),
            "parts": space_parts(request, edition, now),
        },
    )


@never_cache
@require_GET
@establishment_required
def fiche(request: EstablishmentRequest, pk: int) -> HttpResponse:
    """Where one fiche stands: what comes next, what was said of it, what it says."""
    action = get_object_or_404(fiches_of(request.establishment, request.user), pk=pk)
    now = timezone.now()
    standing = standing_of(action, now)
    is_author = access.is_author(request.user, action)
    version = version_for(request.user, action)
    is_let_in = access.may_see_coordinator(request.user, action)
    return render(
        request,
        "campaigns/space/fiche.html",
        {
            "establishment": request.establishment,
            "action": action,
            "version": version,
            "associated": version.associated.all(),
            "is_carrier": action.establishment_id == request.establishment.pk,
            "standing": standing,
            "follow_up": follow_up.state_of(action, now),
            "may_edit": standing.is_writable and is_author,
            "may_discard": standing.may_discard and action.establishment == request.establishment,
            "comment": reviewers_comments([action]).get(action.pk, "") if is_author else "",
            "public_url": public_addresses([action], request).get(action.pk, ""),
            "acts": history_of(action) if is_author else [],
            "contents": contents_of(version) if is_let_in else public_contents_of(version),
        },
    )


@never_cache
@require_http_methods(["GET", "POST"])
@establishment_required
def discard(request: EstablishmentRequest, pk: int) -> HttpResponse:
    """Ask once more, then delete a draft that was never handed in."""
    action = get_object_or_404(Action, pk=pk, establishment=request.establishment)
    if not standing_of(action, timezone.now()).may_discard:
        return redirect("space:fiche", pk=pk)
    if request.method == "GET":
        return render(request, "campaigns/space/discard.html", {"action": action})
    try:
        discard_draft(action, by=request.user)
    except ActionError:
        # Handed in meanwhile, in another tab.
        return redirect("space:fiche", pk=pk)
    messages.success(request, _("The draft “%(title)s” is deleted.") % {"title": action})
    return redirect("space:home")
