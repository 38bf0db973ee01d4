"""Starting a fiche, and changing one."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from campaigns import access
from campaigns.creation import start_once
from campaigns.drafts import latest_version
from campaigns.deadlines import edition_to_show, open_edition_for
from campaigns.enums import Status
from campaigns.errors import EditConflict
from campaigns.forms import ActionForm
from campaigns.models import Action

from .writing import TYPED_IN_TIME, ActionFormView

if TYPE_CHECKING:
    from establishments.models import Establishment


class NewActionView(ActionFormView):
    """A blank form. No fiche exists before something is saved."""

    def find(self, establishment: Establishment, **kwargs: Any) -> HttpResponse | None:
        """Write for the edition whose call is open, or was when the text was typed."""
        is_typed = self.request.method == "POST"
        edition = open_edition_for(establishment, self.now)
        if edition is None and is_typed:
            edition = open_edition_for(establishment, self.now - TYPED_IN_TIME)
        if edition is not None:
            self.edition = edition
            return None
        latest, _calendar = edition_to_show(establishment, self.now)
        if latest is None or not is_typed:
            return self.say_closed(latest)
        self.edition = latest
        return self.show_unjudged(self.request.POST, refusal="late")

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """A blank form, after the drafts already begun."""
        drafts = Action.objects.filter(
            establishment=self.request.establishment, campaign=self.edition, status=Status.DRAFT
        ).order_by("-pk")
        form = ActionForm(instance=self.instance(), initial={"key": uuid4()})
        return self.show(form, drafts=list(drafts[:5]))

    def version_of(self, form: ActionForm, instant: datetime) -> Action:
        """The fiche as typed, started now.

        Raises:
            EditConflict: the same form has started it already.
            ActionError: it may not be started.
        """
        started, is_new = start_once(
            self.request.establishment,
            self.edition,
            by=self.request.user,
            key=form.cleaned_data["key"] or uuid4(),
            title=form.cleaned_data["title"],
            now=instant,
        )
        self.action = started
        if not is_new:
            raise EditConflict
        fresh = ActionForm(self.request.POST, instance=latest_version(started))
        fresh.is_valid()
        return fresh.version()


class EditActionView(ActionFormView):
    """The latest version of a fiche."""

    def find(self, establishment: Establishment, **kwargs: Any) -> HttpResponse | None:
        """Find the fiche among those that the establishment writes; go and read a closed one.

        Raises:
            Http404: it is another establishment's.
        """
        theirs = Q(establishment=establishment) | Q(
            associated__establishment=establishment, associated__may_edit=True
        )
        actions = Action.objects.filter(theirs).distinct()
        self.action = get_object_or_404(
            actions.select_related("campaign", "establishment__academy"), pk=kwargs["pk"]
        )
        self.edition = self.action.campaign
        if self.request.method == "GET" and not access.is_writable(self.action, self.now):
            return redirect(reverse("space:fiche", args=[self.action.pk]))
        return None
