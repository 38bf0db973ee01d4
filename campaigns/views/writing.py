"""Writing a fiche: keep a draft, hand it in, lose nothing on the way."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import View

from campaigns import access
from campaigns.dates import hour_in_words
from campaigns.deadlines import calendar_for
from campaigns.drafts import latest_version, save_draft
from campaigns.errors import ActionError, CallClosed, EditConflict, NotAllowed, OutOfTurn
from campaigns.forms import ActionForm
from campaigns.forms.rows import RowSet, with_row_added, with_row_removed
from campaigns.models import Action, CampaignPage
from campaigns.reading import differences
from campaigns.sections import SECTIONS
from campaigns.standing import reviewers_comments
from campaigns.submission import submit
from establishments.access import establishment_required
from home.keys import key_in

from .resumption import RESUME, is_forged, session_ended

if TYPE_CHECKING:
    from django.http import QueryDict

    from establishments.access import EstablishmentRequest
    from establishments.models import Establishment

SECTION_SLUGS = frozenset(section.slug for section in SECTIONS)
SAVED = "partie"
"""The parameter that names the part where the writer has just saved, to say so there."""

TYPED_IN_TIME = timedelta(minutes=30)
"""What arrives at most this long after the deadline was typed before it, and is still kept."""


REFUSALS = {
    CallClosed: "late",
    OutOfTurn: "held",
    NotAllowed: "forbidden",
}
"""What the page of the form says where what was typed could not be kept."""


def instant_of_writing(closes: datetime, now: datetime) -> datetime:
    """When the text that arrives at `now` was typed, as far as keeping a draft is concerned.

    A form sent one second late is not handed in, but what was typed in it is not thrown away.
    """
    return closes if closes < now <= closes + TYPED_IN_TIME else now


@method_decorator([never_cache, csrf_exempt], name="dispatch")  # see `resumption`
class ActionFormView(View):
    """What starting a fiche and changing one have in common."""

    http_method_names = ["get", "post"]
    request: EstablishmentRequest
    edition: CampaignPage
    action: Action | None = None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Let establishments in; keep what was typed by one whose session has ended."""
        if request.method == "POST" and not request.user.is_authenticated:
            return session_ended(request)
        return establishment_required(self.admitted)(request, *args, **kwargs)

    def admitted(self, request: EstablishmentRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Find what is written about, then answer."""
        self.now = timezone.now()
        refusal = self.find(request.establishment, **kwargs)
        if refusal is not None:
            return refusal
        return super().dispatch(request, *args, **kwargs)  # type: ignore[return-value]

    def find(self, establishment: Establishment, **kwargs: Any) -> HttpResponse | None:
        """Set `edition` and `action`, or answer at once."""
        raise NotImplementedError

    def instance(self) -> Action:
        """The version that the form shows or changes, in memory."""
        if self.action is None:
            return Action(campaign=self.edition, establishment=self.request.establishment)
        return latest_version(self.action)

    def version_of(self, form: ActionForm, instant: datetime) -> Action:
        """The fiche as typed, in memory, ready to be kept.

        Raises:
            ActionError: there is no fiche yet, and none may be started.
        """
        return form.version()

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """The form as it was last saved."""
        return self.show(ActionForm(instance=self.instance()))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """One more row, one less, a draft kept, or a fiche handed in."""
        typed = request.POST
        verb, _colon, object_ = typed.get("do", "save").partition(":")
        if is_forged(request) or verb == RESUME:
            return self.show_unjudged(typed, refusal="session")
        if verb == "add" and object_ in RowSet.KINDS:
            return self.show_unjudged(with_row_added(typed, object_), added=object_)
        if verb == "remove":
            name, _colon, index = object_.partition(":")
            number = key_in(index)
            if name in RowSet.KINDS and number is not None:
                shorter = with_row_removed(typed, name, number)
                return self.show_unjudged(shorter, removed=name)
        form = ActionForm(typed, instance=self.instance())
        if not form.is_valid():
            if verb == "submit":
                form.say_also_missing()
            return self.show(form, is_unsaved=True)
        return self.keep(form, hand_in=verb == "submit", section=object_)

    def keep(self, form: ActionForm, *, hand_in: bool, section: str) -> HttpResponse:
        """Keep a valid form as the fiche's latest version, then hand it in if asked to."""
        is_known = self.action is not None
        instant = instant_of_writing(self.closes_at, self.now)
        try:
            with transaction.atomic():
                revision = save_draft(
                    self.version_of(form, instant),
                    by=self.request.user,
                    expected_revision=form.expected_revision if is_known else None,
                    now=instant,
                )
        except EditConflict:
            return self.settle_conflict(form, hand_in=hand_in, section=section)
        except ActionError as error:
            return self.refuse(form, error)
        return self.hand_in(form, revision.pk) if hand_in else self.kept(section)

    def kept(self, section: str) -> HttpResponse:
        """Back to the form, where the writer was."""
        if section not in SECTION_SLUGS:
            messages.success(self.request, self.words_of_saving(self.now))
            return redirect(self.address)
        return redirect(f"{self.address}?{urlencode({SAVED: section})}#{section}")

    def hand_in(self, form: ActionForm, revision: int) -> HttpResponse:
        """Hand in `revision`, which holds what was typed."""
        action = self.kept_action
        try:
            submit(action, by=self.request.user, now=self.now, expected_revision=revision)
        except ValidationError as error:
            return self.show_missing(error)
        except ActionError as error:
            return self.refuse(form, error)
        messages.success(self.request, _("Your fiche is handed in."))
        return redirect(self.standing_address)

    def settle_conflict(self, form: ActionForm, *, hand_in: bool, section: str) -> HttpResponse:
        """Say what was saved elsewhere meanwhile; nothing to say where it is the same text."""
        stored = latest_version(self.kept_action)
        found = differences(stored, form.version())
        if not found:
            saved = stored.latest_revision_id
            return self.hand_in(form, saved) if hand_in and saved else self.kept(section)
        typed = self.request.POST.copy()
        typed["revision"] = str(stored.latest_revision_id)
        again = ActionForm(typed, instance=stored)
        again.hush()
        return self.show(again, differences=found, status=409)

    def refuse(self, form: ActionForm, error: ActionError) -> HttpResponse:
        """Say why nothing was done, and give back what was typed where it is not kept."""
        if self.action is None or differences(latest_version(self.action), form.version()):
            return self.show_unjudged(self.request.POST, refusal=REFUSALS[type(error)])
        if isinstance(error, CallClosed):
            return self.say_closed(self.edition)
        # A double click on the button that hands in: the first request has done it.
        return redirect(self.standing_address)

    def say_closed(self, edition: CampaignPage | None) -> HttpResponse:
        """No fiche may be handed in now: say since when, or from when, and whom to ask."""
        context = {
            "edition": edition,
            "outlook": edition.calendar.outlook(self.now) if edition else None,
            "closed_at": calendar_for(self.carrier, edition).call_closes_at if edition else None,
            "academy": self.request.establishment.academy,
            "action": self.action,
        }
        status = 409 if self.request.method == "POST" else 200
        return render(self.request, "campaigns/space/closed.html", context, status=status)

    def show_missing(self, error: ValidationError) -> HttpResponse:
        """The form, saved, with what it lacks to be handed in."""
        form = ActionForm(instance=latest_version(self.kept_action))
        form.say_missing(error.message_dict)
        return self.show(form, is_saved=True)

    def show_unjudged(
        self, typed: QueryDict, *, added: str = "", removed: str = "", refusal: str = ""
    ) -> HttpResponse:
        """The form with what was typed; nothing is saved, and no error is told."""
        form = ActionForm(typed, instance=self.instance())
        form.hush()
        if added:
            form.row_sets[added].focus_last()
        status = 409 if refusal else 200
        return self.show(form, rows_shortened=removed, refusal=refusal, status=status)

    def show(self, form: ActionForm, *, status: int = 200, **context: Any) -> HttpResponse:
        """The page of the form."""
        action = self.action
        saved = form.instance.latest_revision
        context |= {
            "form": form,
            "is_public": self.is_public,
            "save_label": _("Save the changes") if self.is_public else _("Save the draft"),
            "edition": self.edition,
            "closes_at": self.closes_at,
            "action": action,
            "heading": self.heading,
            "form_address": self.address,
            "comment": reviewers_comments([action]).get(action.pk, "") if action else "",
            "may_submit": action is None or access.acts_for(self.request.user, action),
            "saved_section": self.request.GET.get(SAVED, ""),
            "saved_words": self.words_of_saving(saved.created_at) if saved else "",
        }
        return render(self.request, "campaigns/space/form.html", context, status=status)

    @property
    def carrier(self) -> Establishment:
        """The establishment that carries the fiche."""
        return self.action.establishment if self.action else self.request.establishment

    @property
    def closes_at(self) -> datetime:
        """Until when the fiche may be handed in, extra time included."""
        return calendar_for(self.carrier, self.edition).call_closes_at

    @property
    def is_public(self) -> bool:
        """Whether everybody reads a version of the fiche, which what is saved here leaves as is."""
        return self.action is not None and self.action.live

    def words_of_saving(self, instant: datetime) -> str:
        """Say that what was typed was saved at `instant`; of a public fiche, it is no draft."""
        said = _("Changes saved at %(hour)s.") if self.is_public else _("Draft saved at %(hour)s.")
        return said % {"hour": hour_in_words(instant)}

    @property
    def kept_action(self) -> Action:
        """The fiche, once there is one."""
        if self.action is None:
            raise LookupError("No fiche was started")
        return self.action

    @property
    def heading(self) -> str:
        """The fiche's title as it was last saved; empty before."""
        latest = self.action.latest_revision if self.action else None
        return latest.object_str if latest else ""

    @property
    def address(self) -> str:
        """Where the form is sent."""
        if self.action is None:
            return reverse("space:new")
        return reverse("space:edit", args=[self.action.pk])

    @property
    def standing_address(self) -> str:
        """Where the fiche's standing is told."""
        return reverse("space:fiche", args=[self.kept_action.pk])
