"""The associated establishments of a fiche, in the space of the one that carries it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from campaigns import associating
from campaigns.errors import ActionError
from campaigns.models import Action, AssociatedEstablishment
from establishments.access import establishment_required
from establishments.models import Establishment
from home.typed import text_in

if TYPE_CHECKING:
    from establishments.access import EstablishmentRequest

MOST_FOUND = 20
LONGEST_QUERY = 200


@never_cache
@require_http_methods(["GET", "POST"])
@establishment_required
def associates(request: EstablishmentRequest, pk: int) -> HttpResponse:
    """Who takes part, a search to add one, and what each may do."""
    action = get_object_or_404(
        Action.objects.select_related("campaign", "establishment__academy", "latest_revision"),
        pk=pk,
        establishment=request.establishment,
    )
    if request.method == "POST":
        return change(request, action)
    query = request.GET.get("q", "")[:LONGEST_QUERY].strip()
    found = list(associating.candidates(action, query)[: MOST_FOUND + 1]) if query else []
    rows = AssociatedEstablishment.objects.filter(action=action).select_related("establishment")
    context = {
        "action": action,
        "rows": rows,
        "query": query,
        "found": found[:MOST_FOUND],
        "is_cut_short": len(found) > MOST_FOUND,
        "accepts_more": associating.accepts_more(action),
        "academy": request.establishment.academy,
    }
    return render(request, "campaigns/space/associates.html", context)


def change(request: EstablishmentRequest, action: Action) -> HttpResponse:
    """Add, remove, give or take back the right to write; then the page again."""
    establishment = get_object_or_404(
        Establishment.objects.select_related("academy__site"), uai=text_in(request.POST, "uai")
    )
    by, do = request.user, request.POST.get("do", "")
    try:
        if do in ("add", "add_writer"):
            associating.associate(action, establishment, by=by, may_edit=do == "add_writer")
            messages.success(request, _("%(name)s is associated.") % {"name": establishment})
        elif do == "remove":
            associating.dissociate(action, establishment, by=by)
            messages.success(
                request, _("%(name)s is no longer associated.") % {"name": establishment}
            )
        elif do in ("let", "forbid"):
            associating.let_edit(action, establishment, may_edit=do == "let", by=by)
            messages.success(request, _("The right to write is changed."))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    except ActionError:
        messages.error(
            request,
            _("Nobody can be added now: the fiche is being reviewed, or it is public."),
        )
    return redirect("space:associates", pk=action.pk)
