"""The page on which a poster is written: who gets there, what it shows."""

from __future__ import annotations

import copy
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import View

from campaigns.views.resumption import is_forged, session_ended
from contest.enums import PosterStatus
from contest.forms.poster import PosterForm
from contest.models import Poster
from contest.space import ContestSide, lines_of, posters_of, side_of
from contest.standing import reviewers_comments
from contest.upload_handling import FIELD, bound_upload, is_cut_short, is_past_reading
from establishments.access import establishment_required

from .deposit_file import LOST, FileState

if TYPE_CHECKING:
    from contest.models import ContestPage
    from contest.upload_handling import OneFileUploadHandler
    from establishments.access import EstablishmentRequest
    from establishments.models import Establishment

TYPED_IN_TIME = timedelta(minutes=30)
"""What arrives at most this long after the deadline was typed before it, and is kept as a draft."""


def instant_of_writing(contest: ContestPage, poster: Poster | None, now: datetime) -> datetime:
    """When what arrives at `now` was typed, as far as keeping a draft is concerned.

    A form that comes a second late is not handed in, but what was typed in it is not thrown away.
    One that is handed in already is before the editors' eyes: it is never changed late.
    """
    calendar = contest.calendar
    closes: datetime | None = None
    if poster is None or poster.status == PosterStatus.DRAFT:
        closes = calendar.deposit_closes_at
    elif poster.status == PosterStatus.RETURNED and calendar.corrections_close_at is not None:
        closes = calendar.corrections_close_at - timedelta(microseconds=1)
    return closes if closes is not None and closes < now <= closes + TYPED_IN_TIME else now


def say_session_ended(request: HttpRequest) -> HttpResponse:
    """The page that holds what was typed until the writer has signed in again.

    A file that came with it is not kept: nobody fills the disk without signing in.
    """
    handler = bound_upload(request, 0)
    typed = request.POST.copy()
    if handler.was_sent:
        typed[LOST] = "1"
    request.POST = typed  # type: ignore[assignment]
    return session_ended(request)


@method_decorator([never_cache, csrf_exempt], name="dispatch")  # see `campaigns.views.resumption`
class PosterPageView(View):
    """What starting a poster and changing one show."""

    http_method_names = ["get", "post"]
    request: EstablishmentRequest
    contest: ContestPage
    poster: Poster | None = None
    handler: OneFileUploadHandler
    is_forged = False

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Let establishments in; keep what was typed by one whose session has ended."""
        if request.method == "POST" and is_past_reading(request):
            return render(request, "contest/space/too_heavy.html", status=413)
        if request.method == "POST" and not request.user.is_authenticated:
            return say_session_ended(request)
        return establishment_required(self.admitted)(request, *args, **kwargs)

    def admitted(self, request: EstablishmentRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Find what is written about, take the request in, then answer.

        The instant that counts is the one at which all has arrived, as behind a front server that
        hands on whole requests only.
        """
        refusal = self.find(request.establishment, **kwargs)
        if refusal is not None:
            return refusal
        if request.method == "POST":
            self.handler = bound_upload(request, self.contest.limits.max_bytes)
            self.is_forged = is_forged(request)
            if is_cut_short(request):
                return HttpResponse(status=400)
        self.now = timezone.now()
        return super().dispatch(request, *args, **kwargs)  # type: ignore[return-value]

    def find(self, establishment: Establishment, **kwargs: Any) -> HttpResponse | None:
        """Set `contest` and `poster`, or answer at once."""
        raise NotImplementedError

    def instance(self) -> Poster:
        """The poster as it is stored, for a form to write on; a new one in memory before."""
        if self.poster is not None:
            return copy.copy(self.poster)
        establishment = self.request.establishment
        return Poster(contest=self.contest, establishment=establishment, live=False)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """The form as it was last saved."""
        instance = self.instance()
        initial = {} if self.poster else {"key": uuid4()}
        state = FileState(self.contest, current=instance.file)
        return self.show(PosterForm(instance=instance, initial=initial), state)

    def show_unjudged(
        self, state: FileState, *, refusal: str = "", status: int = 200
    ) -> HttpResponse:
        """The form with what was typed; nothing is saved, and no error but the file's is told."""
        form = PosterForm(self.request.POST, instance=self.instance())
        form.hush()
        return self.show(form, state, refusal=refusal, status=409 if refusal else status)

    def show(
        self, form: PosterForm, state: FileState, *, status: int = 200, **context: Any
    ) -> HttpResponse:
        """The page of the form."""
        if state.messages:
            if not form.is_bound and form._errors is None:
                form.hush()
            form.add_error(FIELD, state.messages)
        poster = self.poster
        context |= {
            "form": form,
            "state": state,
            "contest": self.contest,
            "calendar": self.contest.calendar,
            "poster": poster,
            "is_handed_in": poster is not None and poster.status == PosterStatus.SUBMITTED,
            "is_returned": poster is not None and poster.status == PosterStatus.RETURNED,
            "comment": reviewers_comments([poster]).get(poster.pk, "") if poster else "",
            "form_address": self.address,
            "academy": self.request.establishment.academy,
        }
        return render(self.request, "contest/space/form.html", context, status=status)

    def say_closed(self) -> HttpResponse:
        """Nothing may be handed in now: say since when, or what to do first, and whom to ask."""
        context = {
            "contest": self.contest,
            "calendar": self.contest.calendar,
            "academy": self.request.establishment.academy,
            "poster": self.poster,
            "side": self.side(),
        }
        status = 409 if self.request.method == "POST" else 200
        return render(self.request, "contest/space/closed.html", context, status=status)

    def side(self) -> ContestSide:
        """The establishment's posters in this contest, and what it can do."""
        establishment = self.request.establishment
        posters = list(posters_of(establishment).filter(contest=self.contest))
        for poster in posters:
            poster.contest = self.contest
        lines = lines_of(posters, self.now)
        return side_of(establishment, self.contest, lines, self.now)

    @property
    def address(self) -> str:
        """Where the form is sent."""
        if self.poster is None:
            return reverse("contest_space:new_poster", args=[self.contest.pk])
        return reverse("contest_space:edit_poster", args=[self.poster.pk])
