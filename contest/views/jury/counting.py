"""After the close: what is decided of the posters that lack ballots, then the count."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from contest.errors import ContestError, OutOfTurn
from contest.forms.jury_running import AcceptForm, CountForm
from contest.jury import running
from contest.jury.enums import Stage
from contest.jury.errors import NotReady
from contest.jury.progress import PosterLine, progress_of
from contest.models import Entry
from home.keys import key_in

from .round_admin import RoundAdminView, tell_of_errors
from .running import too_late


@dataclass(frozen=True)
class Wanting:
    """A poster below the minimum of ballots; `form` is None where it has not one ballot."""

    line: PosterLine
    form: AcceptForm | None


class RoundCountView(RoundAdminView):
    """The posters below the minimum, each to be decided of, and the count."""

    template_name = "contest/admin/jury/round_count.html"
    page_title = gettext_lazy("Count the round")
    accepting: tuple[int, AcceptForm] | None = None
    counting: CountForm | None = None

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The page, once the round is closed."""
        if self.stage not in (Stage.CLOSED, Stage.TALLIED):
            return self.refuse(_("The round is not closed yet: there is nothing to count."))
        return render(request, self.template_name, self.get_context_data())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Accept one poster, or count."""
        if self.stage != Stage.CLOSED:
            return self.refuse(too_late())
        try:
            done = self._accept() if "accept" in request.POST else self._count()
        except OutOfTurn:
            return self.refuse(too_late())
        except ContestError:
            raise Http404 from None
        if done is None:
            tell_of_errors(request)
            return render(request, self.template_name, self.get_context_data(), status=422)
        return done

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What lacks ballots, what is accepted already, the form of the count."""
        progress = progress_of(self.round, self.now)
        wanting = [one for one in progress.posters if one.is_below and not one.accepted_reason]
        numbers = [one.number for one in wanting]
        return super().get_context_data(
            progress=progress,
            wanting=[Wanting(one, self._form_of(one)) for one in wanting],
            accepted=[one for one in progress.posters if one.is_below and one.accepted_reason],
            count_form=self.counting or CountForm(numbers),
            is_counted=self.stage == Stage.TALLIED,
            **kwargs,
        )

    def _form_of(self, line: PosterLine) -> AcceptForm | None:
        if not line.ballots:
            return None
        if self.accepting is not None and self.accepting[0] == line.number:
            return self.accepting[1]
        return AcceptForm(prefix=f"poster-{line.number}")

    def _accept(self) -> HttpResponse | None:
        number = key_in(self.request.POST["accept"])
        entry = (
            Entry.objects.filter(round=self.round, removed_at=None, poster__number=number)
            .select_related("round__category", "poster")
            .first()
        )
        if entry is None or number is None:
            raise Http404("No such poster in the round")
        form = AcceptForm(self.request.POST, prefix=f"poster-{number}")
        if form.is_valid():
            try:
                running.accept_with_fewer(entry, form.cleaned_data["reason"], by=self.user)
            except ValidationError as error:
                form.add_error("reason", error.messages)
            else:
                messages.success(
                    self.request,
                    _("Poster no. %(number)s counts with fewer ballots.") % {"number": number},
                )
                return self.back("jury_round_count")
        self.accepting = (number, form)
        return None

    def _count(self) -> HttpResponse | None:
        wanting = [*running.undecided(self.round), *running.unjudged(self.round)]
        form = CountForm(sorted(wanting), self.request.POST)
        self.counting = form
        if not form.is_valid():
            return None
        try:
            running.count(self.round, by=self.user, leave_out=form.cleaned_data["leave_out"])
        except NotReady as error:
            told = {
                "no_ballot": _("Not one ballot counts: there is nothing to count."),
                "below_minimum": _("Posters lack ballots since: decide of them first."),
            }
            form.add_error(None, told[error.reasons[0]])
            return None
        messages.success(self.request, _("The round is counted."))
        return self.back("jury_round_tally")
