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
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import View

from campaigns import access, follow_up
from campaigns.commenting import open_comments
from campaigns.errors import ActionError, EditConflict
from campaigns.forms.follow_up import FollowUpForm
from campaigns.forms.rows import UPLOAD, count_of, with_row_added, with_row_removed
from campaigns.media_files import file_name
from campaigns.models import Action, FieldComment
from campaigns.reading import Difference, differences
from campaigns.standing import reviewers_comments
from establishments.access import establishment_required
from home.keys import key_in

from .receiving import FILES
from .resumption import RESUME, is_forged, session_ended
from .space import fiches_of

if TYPE_CHECKING:
    from django.http import QueryDict

    from establishments.access import EstablishmentRequest


@method_decorator([never_cache, csrf_exempt], name="dispatch")  # see `resumption`
class FollowUpView(View):
    """What really happened, written by those who write the fiche."""

    http_method_names = ["get", "post"]
    request: EstablishmentRequest
    action: Action
    typed: QueryDict
    upload_error = ""

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
        return self.show(self.form())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """One file more, one less, what was typed kept, or the follow-up handed in."""
        typed: QueryDict = request.POST
        verb, _colon, object_ = typed.get("do", "save").partition(":")
        if is_forged(request) or verb == RESUME:
            return self.show_unjudged(typed, refusal="session", status=409)
        typed = self.typed = self.with_file_received(typed)
        if verb in ("add", "remove"):
            return self.show_other_files(typed, verb, object_)
        form = self.form(typed)
        form.media_rows.upload_error = self.upload_error
        if not form.is_valid():
            if verb == "submit":
                form.say_also_missing()
            return self.show(form, is_unsaved=True, status=422)
        return self.keep(form, is_handed_in=verb == "submit")

    def form(self, data: QueryDict | None = None, version: Action | None = None) -> FollowUpForm:
        """The form, with what is stored or what was typed."""
        version = version or follow_up.latest_version(self.action)
        return FollowUpForm(data, version=version, comments=self.comments)

    @cached_property
    def comments(self) -> list[FieldComment]:
        """What reviewers ask to correct now."""
        return open_comments(self.action) if follow_up.is_returned(self.action) else []

    def with_file_received(self, typed: QueryDict) -> QueryDict:
        """What was typed, with a row for the file that came with it, which is kept at once."""
        upload = self.request.FILES.get(UPLOAD)
        if upload is None:
            return typed
        before = self.form(typed)
        is_current = before.expected_revision == before.version.latest_revision_id
        try:
            version, medium = follow_up.add_file(
                self.action, upload, by=self.request.user, now=self.now
            )
        except ValidationError as error:
            self.upload_error = " ".join(error.messages)
            return typed
        except ActionError:
            # What is typed is refused for the same reason, and says it.
            return typed
        longer = with_row_added(typed, FILES)
        longer[f"{FILES}-{count_of(typed, FILES)}-row"] = file_name(medium)
        if is_current:
            longer["revision"] = str(version.latest_revision_id)
        return longer

    def show_other_files(self, typed: QueryDict, verb: str, object_: str) -> HttpResponse:
        """The page with one file more or less; of the rest nothing is saved."""
        name, _colon, index = object_.partition(":")
        number = key_in(index)
        if verb == "remove" and name == FILES and number is not None:
            return self.show_unjudged(with_row_removed(typed, FILES, number), rows_shortened=FILES)
        if not follow_up.is_open(self.action, self.now):
            return self.show_unjudged(typed, refusal="closed", status=409)
        if not (self.upload_error or UPLOAD in self.request.FILES):
            self.upload_error = _("Choose a file first.")
        return self.show_unjudged(typed)

    def keep(self, form: FollowUpForm, *, is_handed_in: bool) -> HttpResponse:
        """Save a valid form, then hand it in if asked to; say why where it cannot be."""
        by, now = self.request.user, self.now
        try:
            revision = follow_up.save(
                self.action,
                form.values(),
                form.results(),
                media=form.kept_media(),
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
            return self.settle_conflict()
        except ActionError:
            if not self.differences():
                # A double click on the button that hands in: the first request has done it.
                return redirect("space:fiche", pk=self.action.pk)
            return self.show_unjudged(self.typed, refusal="closed", status=409)
        if is_handed_in:
            messages.success(self.request, _("Your follow-up is handed in. Thank you!"))
            return redirect("space:fiche", pk=self.action.pk)
        messages.success(self.request, _("Your follow-up is saved. It is not handed in yet."))
        return redirect("space:follow_up", pk=self.action.pk)

    def settle_conflict(self) -> HttpResponse:
        """Say what was saved elsewhere meanwhile; nothing to say where it is the same."""
        found = self.differences()
        if not found:
            return redirect("space:follow_up", pk=self.action.pk)
        again = self.form_on_the_latest()
        again.hush()
        return self.show(again, differences=found, status=409)

    def differences(self) -> list[Difference]:
        """The parts that the latest version says otherwise than what was typed."""
        form = self.form(self.typed)
        form.is_valid()
        return differences(follow_up.latest_version(self.action), form.typed_version())

    def form_on_the_latest(self) -> FollowUpForm:
        """What was typed, to be saved over the latest version."""
        stored = follow_up.latest_version(self.action)
        typed = self.typed.copy()
        typed["revision"] = str(stored.latest_revision_id)
        return self.form(typed, stored)

    def show_unjudged(self, typed: QueryDict, *, status: int = 200, **context: Any) -> HttpResponse:
        """The form with what was typed; no error is told but of a file that is not kept."""
        form = self.form(typed)
        form.hush()
        form.media_rows.upload_error = self.upload_error
        if UPLOAD in self.request.FILES and not (self.upload_error or context):
            form.media_rows.focus_last()
        return self.show(form, status=status, **context)

    def show(self, form: FollowUpForm, *, status: int = 200, **context: Any) -> HttpResponse:
        """The page of the form."""
        action = self.action
        is_returned = follow_up.is_returned(action)
        context |= {
            "form": form,
            "action": action,
            "is_returned": is_returned,
            "comment": reviewers_comments([action]).get(action.pk, "") if is_returned else "",
            "asked": form.asked,
            "left_aside": follow_up.other_changes(action) if action.live else [],
            "may_submit": access.acts_for(self.request.user, action),
        }
        return render(self.request, "campaigns/space/follow_up.html", context, status=status)
