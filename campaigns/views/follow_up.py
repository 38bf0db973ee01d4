"""The follow-up in the establishments' space: keep it, hand it in, lose nothing on the way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import View

from campaigns import access, follow_up
from campaigns.enums import Status
from campaigns.errors import ActionError, EditConflict
from campaigns.forms.follow_up import FollowUpForm
from campaigns.models import Action
from campaigns.standing import reviewers_comments
from establishments.access import establishment_required
from home.forms import faults_of

from .resumption import RESUME, is_forged, session_ended
from .space import fiches_of

if TYPE_CHECKING:
    from establishments.access import EstablishmentRequest


@method_decorator([never_cache, csrf_exempt], name="dispatch")  # see `resumption`
class FollowUpView(View):
    """What really happened, written by those who write the fiche."""

    http_method_names = ["get", "post"]
    request: EstablishmentRequest
    action: Action

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Let establishments in; keep what was typed by one whose session has ended."""
        if request.method == "POST" and not request.user.is_authenticated:
            return session_ended(request)
        return establishment_required(self.admitted)(request, *args, **kwargs)

    def admitted(self, request: EstablishmentRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Find the fiche among those that the establishment writes.

        Raises:
            Http404: it is none of them.
        """
        self.now = timezone.now()
        theirs = fiches_of(request.establishment, request.user).filter(is_written_here=True)
        self.action = get_object_or_404(theirs, pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)  # type: ignore[return-value]

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """The form as it was last saved; the fiche's own page while there is nothing to write."""
        if not follow_up.is_open(self.action, self.now):
            return redirect("space:fiche", pk=self.action.pk)
        return self.show(FollowUpForm(version=follow_up.latest_version(self.action)))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Keep what was typed, then hand it in if asked to."""
        verb = request.POST.get("do", "save")
        form = FollowUpForm(request.POST, version=follow_up.latest_version(self.action))
        if is_forged(request) or verb == RESUME:
            form.hush()
            return self.show(form, refusal="session", status=409)
        if not form.is_valid():
            if verb == "submit":
                form.say_also_missing()
            return self.show(form, is_unsaved=True, status=422)
        return self.keep(form, is_handed_in=verb == "submit")

    def keep(self, form: FollowUpForm, *, is_handed_in: bool) -> HttpResponse:
        """Save a valid form, then hand it in if asked to; say why where it cannot be."""
        by, now = self.request.user, self.now
        try:
            revision = follow_up.save(
                self.action,
                form.values(),
                form.results(),
                by=by,
                now=now,
                expected_revision=form.expected_revision,
            )
            if is_handed_in:
                follow_up.hand_in(self.action, by=by, now=now, expected_revision=revision.pk)
        except ValidationError as error:
            # What is missing does not undo what was kept.
            saved = self.form_on_the_latest()
            saved.is_valid()
            saved.say_missing(error.message_dict)
            return self.show(saved, is_saved=True, status=422)
        except EditConflict:
            return self.settle_conflict(form)
        except ActionError:
            if self.is_kept(form):
                # A double click on the button that hands in: the first request has done it.
                return redirect("space:fiche", pk=self.action.pk)
            form.hush()
            return self.show(form, refusal="closed", status=409)
        if is_handed_in:
            messages.success(self.request, _("Your follow-up is handed in. Thank you!"))
            return redirect("space:fiche", pk=self.action.pk)
        messages.success(self.request, _("Your follow-up is saved. It is not handed in yet."))
        return redirect("space:follow_up", pk=self.action.pk)

    def settle_conflict(self, form: FollowUpForm) -> HttpResponse:
        """Say that another version was saved; nothing to say where it is the same text."""
        if self.is_kept(form):
            return redirect("space:follow_up", pk=self.action.pk)
        again = self.form_on_the_latest()
        again.hush()
        return self.show(again, refusal="conflict", status=409)

    def form_on_the_latest(self) -> FollowUpForm:
        """What was typed, to be saved over the latest version."""
        stored = follow_up.latest_version(self.action)
        typed = self.request.POST.copy()
        typed["revision"] = str(stored.latest_revision_id)
        return FollowUpForm(typed, version=stored)

    def is_kept(self, form: FollowUpForm) -> bool:
        """Whether the latest version says what was typed already."""
        stored = follow_up.latest_version(self.action)
        values = {name: getattr(stored, name) for name in follow_up.FIELDS}
        results = {row.pk: row.actual for row in stored.indicators.all()}
        return values == form.values() and results == form.results()

    def show(self, form: FollowUpForm, *, status: int = 200, **context: Any) -> HttpResponse:
        """The page of the form."""
        action = self.action
        is_returned = action.status == Status.CHANGES_REQUESTED
        context |= {
            "form": form,
            "faults": faults_of([form]),
            "action": action,
            "comment": reviewers_comments([action]).get(action.pk, "") if is_returned else "",
            "left_aside": follow_up.other_changes(action) if action.live else [],
            "may_submit": access.acts_for(self.request.user, action),
        }
        return render(self.request, "campaigns/space/follow_up.html", context, status=status)
