"""Starting a fiche, and changing one."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from campaigns import access, deadlines, follow_up
from campaigns.commenting import open_comments
from campaigns.creation import start_once
from campaigns.drafts import latest_version
from campaigns.editions import editions_of, foremost
from campaigns.enums import Status
from campaigns.errors import EditConflict
from campaigns.forms import ActionForm
from campaigns.forms.progress import first_to_write
from campaigns.models import Action
from campaigns.sections import STEPS, step_named
from establishments.access import EstablishmentRequest, establishment_required

from . import autosaving
from .receiving import TYPED_IN_TIME
from .writing import ActionFormView
from .writing_page import address_of

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from establishments.models import Establishment

ANOTHER = "autre"
"""The parameter by which somebody who has drafts asks for a blank form all the same."""


def written_by(establishment: Establishment) -> QuerySet[Action]:
    """The fiches that `establishment` writes: its own, and those it is let into."""
    theirs = Q(establishment=establishment) | Q(
        associated__establishment=establishment, associated__may_edit=True
    )
    return Action.objects.filter(theirs).distinct()


class NewActionView(ActionFormView):
    """A blank form. No fiche exists before something is saved."""

    step = STEPS[0]

    def find(self, establishment: Establishment, **kwargs: Any) -> HttpResponse | None:
        """Write for the edition whose call is open, or was when the text was typed."""
        is_typed = self.request.method == "POST"
        edition = deadlines.open_edition_for(establishment, self.now)
        if edition is None and is_typed:
            edition = deadlines.open_edition_for(establishment, self.now - TYPED_IN_TIME)
        if edition is not None:
            self.edition = edition
            return None
        latest = foremost(editions_of(establishment.academy), self.now)
        if latest is None or not is_typed:
            return self.say_closed(latest)
        self.edition = latest
        if autosaving.is_wanted(self.request):
            return autosaving.refused("late")
        return self.show_unjudged(self.request.POST, refusal="late")

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """The drafts already begun, where there are some; else, or when asked to, a blank form."""
        if ANOTHER not in request.GET:
            drafts = list(
                written_by(self.request.establishment)
                .filter(campaign=self.edition, status=Status.DRAFT)
                .select_related("latest_revision", "establishment")
                .order_by("-pk")
            )
            if drafts:
                return self.offer(drafts)
        return self.show(self.form(initial={"key": uuid4()}))

    def offer(self, drafts: list[Action]) -> HttpResponse:
        """The page that comes before the form: nobody starts again what they have begun."""
        # The latest written first.
        drafts.sort(key=lambda draft: draft.latest_revision.created_at, reverse=True)
        context = {
            "edition": self.edition,
            "drafts": drafts,
            "another_address": f"{reverse('space:new')}?{ANOTHER}=oui",
        }
        return render(self.request, "campaigns/space/form_drafts.html", context)

    def start(self, form: ActionForm, instant: datetime) -> None:
        """Start the fiche now.

        Raises:
            EditConflict: the same form has started it already.
            ActionError: it may not be started.
        """
        self.action, is_new = start_once(
            self.request.establishment,
            self.edition,
            by=self.request.user,
            key=form.cleaned_data.get("key") or uuid4(),
            title=form.cleaned_data["title"],
            now=instant,
        )
        if not is_new:
            raise EditConflict


class EditActionView(ActionFormView):
    """A step of the latest version of a fiche."""

    def find(self, establishment: Establishment, **kwargs: Any) -> HttpResponse | None:
        """Find the fiche among those that the establishment writes; go and read a closed one.

        Raises:
            Http404: it is another establishment's, or there is no such step.
        """
        step = step_named(kwargs["step"])
        if step is None:
            raise Http404("No such step")
        self.step = step
        self.action = get_object_or_404(
            written_by(establishment).select_related("campaign", "establishment__academy"),
            pk=kwargs["pk"],
        )
        self.edition = self.action.campaign
        if self.request.method == "GET" and not access.is_writable(self.action, self.now):
            return redirect(way_around(self.action))
        return None


@establishment_required
def open_form(request: EstablishmentRequest, pk: int) -> HttpResponse:
    """The way into the form: the step that asks to be written first.

    Raises:
        Http404: the fiche is another establishment's.
    """
    action = get_object_or_404(
        written_by(request.establishment).select_related("campaign", "establishment"), pk=pk
    )
    if not access.is_writable(action, timezone.now()):
        return redirect(way_around(action))
    step = first_to_write(latest_version(action), open_comments(action))
    return redirect(address_of(action, step))


def way_around(action: Action) -> str:
    """Where to go with a fiche that this form may not change: its follow-up, or its standing."""
    to = "space:follow_up" if follow_up.is_returned(action) else "space:fiche"
    return reverse(to, args=[action.pk])
