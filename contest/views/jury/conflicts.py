"""What a juror declares: the establishments whose posters they should not judge."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import View

from contest.errors import OutOfTurn
from contest.jury import declaring
from contest.jury.enums import ConflictSource
from contest.jury.mailing import academy_running
from contest.models import Juror
from establishments.models import Establishment
from establishments.search import find_establishments
from home.keys import key_in

from .entrance import JurorRequest, juror_required

RESULTS = 20
QUERY_LENGTH = 100


@method_decorator(juror_required, name="dispatch")  # type: ignore[arg-type]
class ConflictsView(View):
    """Search the académie's whole directory, tick, take back, or say that there is none.

    The directory, never the list of those who take part: no page may tell a juror which do.
    """

    http_method_names = ["get", "head", "post", "options"]

    def get(self, request: JurorRequest, contest_pk: int) -> HttpResponse:
        """The page, with what the search finds."""
        return self.show(request, self.juror(request, contest_pk), request.GET.get("q", ""))

    def post(self, request: JurorRequest, contest_pk: int) -> HttpResponse:
        """Declare what is ticked, or nothing, or take one back."""
        juror = self.juror(request, contest_pk)
        if "remove" in request.POST:
            return self.take_back(request, juror)
        if "none" in request.POST:
            declaring.declare(juror, [], by=request.user, now=timezone.now())
            messages.success(request, _("It is noted: you know of no other conflict of interest."))
            return redirect("jury:conflicts", contest_pk)
        sent = [uai.upper() for uai in request.POST.getlist("uai")[:RESULTS]]
        ticked = list(
            Establishment.objects.filter(
                uai__in=[uai for uai in sent if uai.isalnum()],  # a database takes no NUL
                academy=academy_running(juror.contest),
            )
        )
        if not ticked:
            return self.show(request, juror, request.POST.get("q", ""), forgot=True)
        added = declaring.declare(juror, ticked, by=request.user, now=timezone.now())
        if added:
            messages.success(
                request,
                ngettext(
                    "%(count)s establishment is declared: you will not judge its posters.",
                    "%(count)s establishments are declared: you will not judge their posters.",
                    added,
                )
                % {"count": added},
            )
        return redirect("jury:conflicts", contest_pk)

    def take_back(self, request: JurorRequest, juror: Juror) -> HttpResponse:
        """Take back the one asked for, while nothing is assigned."""
        key = key_in(request.POST["remove"])
        conflict = (
            juror.conflicts.select_related("establishment", "juror")
            .filter(pk=key, source=ConflictSource.DECLARED)
            .first()
            if key is not None
            else None
        )
        if conflict is not None:
            try:
                declaring.take_back(conflict, by=request.user)
            except OutOfTurn:
                messages.error(
                    request, _("Posters are assigned: what is declared stays. Ask the organisers.")
                )
            else:
                messages.success(request, _("It is taken back."))
        return redirect("jury:conflicts", juror.contest_id)

    def juror(self, request: JurorRequest, contest_pk: int) -> Juror:
        """The reader, in the jury of that contest.

        Raises:
            Http404: they do not sit in it.
        """
        for juror in request.juries:
            if juror.contest_id == contest_pk:
                return juror
        raise Http404("Not in the jury of that contest")

    def show(
        self, request: JurorRequest, juror: Juror, typed: str, *, forgot: bool = False
    ) -> HttpResponse:
        """The page; `forgot`: nothing was ticked."""
        academy = academy_running(juror.contest)
        query = " ".join(typed.replace("\0", "").split())[:QUERY_LENGTH]
        known = list(juror.conflicts.select_related("establishment", "poster"))
        context: dict[str, Any] = {
            "juror": juror,
            "contest": juror.contest,
            "academy": academy,
            "query": query,
            "limit": RESULTS,
            "declared": [one for one in known if _is_declared(one)],
            "others": [one for one in known if not _is_declared(one)],
            "work_is_given": declaring.work_is_given(juror),
            "forgot": forgot,
        }
        if query:
            found = list(find_establishments(query, academy)[: RESULTS + 1])
            taken = {one.establishment_id for one in known}
            context |= {
                "results": [(one, one.pk in taken) for one in found[:RESULTS]],
                "is_cut": len(found) > RESULTS,
                "may_tick": any(one.pk not in taken for one in found[:RESULTS]),
            }
        return render(request, "contest/jury/conflicts.html", context)


def _is_declared(conflict: Any) -> bool:
    return bool(conflict.source == ConflictSource.DECLARED and conflict.establishment_id)
