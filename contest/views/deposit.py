"""Starting a poster, changing one, and sending its file while one types."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import View

from campaigns.views.resumption import is_forged
from contest import access
from contest.errors import NotAllowed
from contest.models import Poster
from contest.space import posters_of
from contest.turn import Turn
from contest.upload_handling import bound_upload, is_cut_short, is_past_reading
from establishments.permissions import establishment_of
from home.keys import key_in

from .deposit_acts import PosterFormView
from .deposit_file import FileState, file_sent
from .deposit_page import instant_of_writing
from .registration import contest_for

if TYPE_CHECKING:
    from contest.models import ContestPage
    from establishments.models import Establishment


class NewPosterView(PosterFormView):
    """A blank form. No poster exists before something is saved."""

    def find(self, establishment: Establishment, **kwargs: Any) -> HttpResponse | None:
        """Write for the contest; say why not where no poster can be started.

        Raises:
            Http404: the contest is not for the establishment.
        """
        self.contest = contest_for(establishment, kwargs["pk"])
        if self.request.method == "POST":
            return None  # what was typed decides, and is not thrown away
        self.now = timezone.now()
        return None if self.side().turn is Turn.DEPOSIT else self.say_closed()


class EditPosterView(PosterFormView):
    """A poster that is a draft, handed in or sent back."""

    def find(self, establishment: Establishment, **kwargs: Any) -> HttpResponse | None:
        """Find the poster among those of the establishment; go and read one that is closed.

        Raises:
            Http404: it is another establishment's.
        """
        self.poster = get_object_or_404(posters_of(establishment), pk=kwargs["pk"])
        self.contest = self.poster.contest
        is_read = self.request.method == "GET"
        if is_read and not access.is_writable(self.poster, timezone.now()):
            return redirect("contest_space:poster", pk=self.poster.pk)
        return None


@method_decorator([never_cache, csrf_exempt], name="dispatch")  # it checks the token itself
class UploadView(View):
    """Receives a file while its form is filled in; answers with the form's part about the file.

    The parameter `affiche` names the poster whose file it would replace.
    """

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """Receive the file, or say what keeps it from being received.

        Raises:
            Http404: the contest, or the poster, is not the establishment's.
        """
        if is_past_reading(request):
            return render(request, "contest/space/too_heavy_part.html", status=413)
        establishment = establishment_of(request.user)
        if establishment is None:
            return render(request, "contest/space/signed_out_part.html", status=401)
        contest, poster = self.find(establishment, pk)
        handler = bound_upload(request, contest.limits.max_bytes)
        if is_forged(request):
            return render(request, "contest/space/signed_out_part.html", status=403)
        if is_cut_short(request):
            return HttpResponse(status=400)
        now = instant_of_writing(contest, poster, timezone.now())
        try:
            state = file_sent(
                request,
                handler,
                establishment=establishment,
                contest=contest,
                poster=poster,
                by=request.user,  # type: ignore[arg-type]
                now=now,
            )
        except NotAllowed:
            state = FileState(contest, trouble="closed")
        return render(request, "contest/space/file_state.html", {"state": state})

    def find(self, establishment: Establishment, pk: int) -> tuple[ContestPage, Poster | None]:
        """The contest `pk`, and the poster in it that the form changes, if it says so."""
        key = key_in(self.request.GET.get("affiche", ""))
        if key is None:
            return contest_for(establishment, pk), None
        poster = get_object_or_404(posters_of(establishment), pk=key)
        if poster.contest_id != pk:
            raise Http404("A poster of another contest")
        return poster.contest, poster
