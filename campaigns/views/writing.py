"""Writing a step of a fiche: keep a draft, go on, hand it in, lose nothing on the way."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from campaigns import deadlines
from campaigns.drafts import latest_version, locked, save_draft
from campaigns.errors import ActionError, CallClosed, EditConflict, NotAllowed, OutOfTurn
from campaigns.forms import ActionForm
from campaigns.forms.rows import UPLOAD, RowSet, with_row_added, with_row_removed
from campaigns.models import CampaignPage
from campaigns.reading import differences
from campaigns.sections import next_step, previous_step
from campaigns.submission import submit
from establishments.access import establishment_required
from home.keys import key_in

from . import autosaving
from .receiving import FILES, ReceivingPage, instant_of_writing
from .resumption import RESUME, is_forged, session_ended
from .writing_page import address_of

if TYPE_CHECKING:
    from django.http import QueryDict

    from establishments.access import EstablishmentRequest
    from establishments.models import Establishment

REFUSALS = {
    CallClosed: "late",
    OutOfTurn: "held",
    NotAllowed: "forbidden",
}
"""What the page of the form says where what was typed could not be kept."""


@method_decorator([never_cache, csrf_exempt], name="dispatch")  # see `resumption`
class ActionFormView(ReceivingPage):
    """What starting a fiche and changing one have in common."""

    http_method_names = ["get", "post"]
    typed: QueryDict

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Let establishments in; keep what was typed by one whose session has ended."""
        if request.method == "POST" and not request.user.is_authenticated:
            is_autosave = autosaving.is_wanted(request)
            return autosaving.session_ended() if is_autosave else session_ended(request)
        return establishment_required(self.admitted)(request, *args, **kwargs)

    def admitted(self, request: EstablishmentRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Find what is written about, then answer."""
        self.now = timezone.now()
        refusal = self.find(request.establishment, **kwargs)
        if refusal is not None:
            return refusal
        return super().dispatch(request, *args, **kwargs)  # type: ignore[return-value]

    def find(self, establishment: Establishment, **kwargs: Any) -> HttpResponse | None:
        """Set `edition`, `step` and `action`, or answer at once."""
        raise NotImplementedError

    def start(self, form: ActionForm, instant: datetime) -> None:
        """Set `action` to a fiche started from a valid blank form.

        Raises:
            EditConflict: the same form has started it already.
            ActionError: none may be started.
        """
        raise NotImplementedError

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """The step as it was last saved."""
        return self.show(self.form())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """One more row, one less, a step kept, or a fiche handed in."""
        typed: QueryDict = request.POST
        self.typed = typed
        verb, _colon, object_ = typed.get("do", "save").partition(":")
        is_autosave = autosaving.is_wanted(request)
        if is_forged(request) or verb == RESUME:
            if is_autosave:
                return autosaving.session_ended()
            return self.show_unjudged(typed, refusal="session")
        if is_autosave:
            return self.autosave(typed)
        typed = self.typed = self.with_file_received(typed)
        with_other_rows = self.rows_changed(typed, verb, object_)
        if with_other_rows is not None:
            return with_other_rows
        form = self.form(typed)
        form.say_upload(self.upload_error)
        if not form.is_valid():
            if verb == "submit":
                form.say_also_missing()
            return self.show(form, is_unsaved=True)
        return self.keep(form, verb)

    def rows_changed(self, typed: QueryDict, verb: str, object_: str) -> HttpResponse | None:
        """The page with one row more or less, where that is what the button asks."""
        if verb == "add" and object_ == FILES:
            if not (self.upload_error or UPLOAD in self.request.FILES):
                self.upload_error = _("Choose a file first.")
            return self.show_unjudged(typed, sent_file=True)
        if verb == "add" and object_ in RowSet.KINDS:
            return self.show_unjudged(with_row_added(typed, object_), added=object_)
        name, _colon, index = object_.partition(":")
        number = key_in(index)
        if verb == "remove" and name in RowSet.KINDS and number is not None:
            return self.show_unjudged(with_row_removed(typed, name, number), removed=name)
        return None

    def keep(self, form: ActionForm, verb: str) -> HttpResponse:
        """Keep a valid form as the fiche's latest version, then do what was asked."""
        try:
            kept = self.save(form)
        except EditConflict:
            return self.settle_conflict(form, verb)
        except ActionError as error:
            return self.refuse(form, error)
        if verb == "submit":
            return self.hand_in(form, kept.instance.latest_revision_id)
        return self.go_on(verb)

    def save(self, form: ActionForm, *, is_autosave: bool = False) -> ActionForm:
        """Keep what was typed as the fiche's latest version; the form that was kept.

        What another step holds is never touched: the version starts from the latest one.

        Raises:
            EditConflict: the step was changed meanwhile.
            ActionError: it may not be written.
        """
        instant = instant_of_writing(self.closes_at, self.now)
        with transaction.atomic():
            is_new = self.action is None
            if is_new:
                self.start(form, instant)
            locked(self.kept_action)
            form = self.form(self.typed)
            form.is_valid()
            stored = form.instance.latest_revision_id
            expected = stored if is_new or form.is_up_to_date else form.expected_revision
            version = form.version()
            if is_autosave and not is_new and form.is_as_stored and expected == stored:
                return form
            save_draft(
                version,
                by=self.request.user,
                expected_revision=expected,
                now=instant,
                is_autosave=is_autosave,
            )
        return form

    def autosave(self, typed: QueryDict) -> HttpResponse:
        """Keep while the writer types what can be kept, and say so to the page's script."""
        if not autosaving.is_same_account(self.request):
            return autosaving.answer("another")
        form = self.form(typed)
        form.is_valid()
        if self.action is None and "title" not in form.cleaned_data:
            return autosaving.waits_for_title()
        try:
            form = self.save(form, is_autosave=True)
        except EditConflict:
            stored = latest_version(self.kept_action)
            if differences(stored, form.version()):
                return autosaving.answer("conflict", status=409)
            form = self.form(instance=stored)
        except ActionError as error:
            return autosaving.refused(REFUSALS[type(error)])
        except ValidationError:
            return autosaving.answer("invalid")
        return autosaving.saved(form, address_of(self.kept_action, self.step))

    def go_on(self, verb: str) -> HttpResponse:
        """To the step before or after, or back to this one, saying that it is saved."""
        to = {"next": next_step, "previous": previous_step}.get(verb, lambda step: step)(self.step)
        if to is None or to is self.step:
            messages.success(self.request, self.words_of_saving(self.now))
        return redirect(address_of(self.kept_action, to or self.step))

    def hand_in(self, form: ActionForm, revision: int | None) -> HttpResponse:
        """Hand in `revision`, which holds what was typed."""
        action = self.kept_action
        try:
            submit(action, by=self.request.user, now=self.now, expected_revision=revision)
        except ValidationError as error:
            shown = self.form()
            shown.say_missing(error.message_dict)
            return self.show(shown, is_saved=True)
        except ActionError as error:
            return self.refuse(form, error)
        messages.success(self.request, _("Your fiche is handed in."))
        return redirect(self.standing_address)

    def settle_conflict(self, form: ActionForm, verb: str) -> HttpResponse:
        """Say what was saved elsewhere meanwhile; nothing to say where it is the same text."""
        stored = latest_version(self.kept_action)
        form = self.form(self.typed, instance=latest_version(self.kept_action))
        form.is_valid()
        found = differences(stored, form.version())
        if not found:
            saved = stored.latest_revision_id
            return self.hand_in(form, saved) if verb == "submit" and saved else self.go_on(verb)
        typed = self.typed.copy()
        typed["revision"] = str(stored.latest_revision_id)
        typed["seen"] = form.stored_mark
        again = self.form(typed, instance=stored)
        again.hush()
        return self.show(again, differences=found, status=409)

    def refuse(self, form: ActionForm, error: ActionError) -> HttpResponse:
        """Say why nothing was done, and give back what was typed where it is not kept."""
        if self.action is None or differences(latest_version(self.action), form.version()):
            return self.show_unjudged(self.typed, refusal=REFUSALS[type(error)])
        if isinstance(error, CallClosed):
            return self.say_closed(self.edition)
        # A double click on the button that hands in: the first request has done it.
        return redirect(self.standing_address)

    def say_closed(self, edition: CampaignPage | None) -> HttpResponse:
        """No fiche may be handed in now: say since when, or from when, and whom to ask."""
        carrier = self.action.establishment if self.action else self.request.establishment
        calendar = deadlines.calendar_for(carrier, edition) if edition else None
        context = {
            "edition": edition,
            "outlook": calendar.outlook(self.now) if calendar else None,
            "closed_at": calendar.call_closes_at if calendar else None,
            "academy": self.request.establishment.academy,
            "action": self.action,
        }
        status = 409 if self.request.method == "POST" else 200
        return render(self.request, "campaigns/space/closed.html", context, status=status)

    def show_unjudged(
        self,
        typed: QueryDict,
        *,
        added: str = "",
        removed: str = "",
        refusal: str = "",
        sent_file: bool = False,
    ) -> HttpResponse:
        """The form with what was typed; nothing is saved, and no error is told."""
        form = self.form(typed)
        form.hush()
        if added in form.row_sets:
            form.row_sets[added].focus_last()
        if sent_file:
            form.say_upload(self.upload_error)
            if not self.upload_error:
                form.row_sets[FILES].focus_last()
        status = 409 if refusal else 200
        return self.show(form, rows_shortened=removed, refusal=refusal, status=status)
