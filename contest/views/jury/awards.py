"""The prizes: those that follow from the places, those that the commission adds; the minutes."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any, cast

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from contest.errors import ContestError, OutOfTurn
from contest.forms.jury_awards import AwardForm
from contest.jury import awarding, results
from contest.jury.palmares import Line, palmares_of
from contest.models import Award
from contest.views.contest_admin import ContestAdminView

from .round_admin import tell_of_errors

if TYPE_CHECKING:
    from accounts.models import User


def pending_in_words() -> str:
    """Why nothing changes while a publication waits."""
    return _("A publication of the palmarès waits for its instant: call it off first.")


class AwardsView(ContestAdminView):
    """The palmarès as it would be published now, and what the commission adds to it."""

    template_name = "contest/admin/jury/awards.html"
    page_title = gettext_lazy("Prizes of the commission")
    header_icon = "pick"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The page."""
        return self._show(AwardForm(self.contest))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Give a prize."""
        form = AwardForm(self.contest, request.POST)
        if not form.is_valid():
            return self._show(form)
        given = form.cleaned_data
        try:
            awarding.give(
                self.contest,
                given["prize"],
                given["number"],
                given["reason"],
                by=cast("User", request.user),
            )
        except ValidationError as error:
            form.add_error(None, error)
            return self._show(form)
        except OutOfTurn:
            form.add_error(None, pending_in_words())
            return self._show(form)
        except ContestError:
            raise Http404 from None
        messages.success(
            request,
            _("%(prize)s is given to poster no. %(number)s.")
            % {"prize": given["prize"].label, "number": given["number"]},
        )
        return HttpResponseRedirect(self._address())

    def _address(self) -> str:
        return reverse("jury_awards", args=[self.contest.pk])

    def _show(self, form: AwardForm) -> HttpResponse:
        if form.errors:
            tell_of_errors(self.request)
        context = self.get_context_data(form=form)
        return render(self.request, self.template_name, context, status=422 if form.errors else 200)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The lines by category, what is in the way, what was given by hand."""
        now = timezone.now()
        palmares = palmares_of(self.contest)
        by_hand = {
            (award.prize_id, award.poster_id): award
            for award in Award.objects.filter(contest=self.contest)
        }
        shown = {(line.prize.pk, line.poster.pk) for line in palmares.lines}

        def category(line: Line) -> str:
            return str(line.category or _("All categories"))

        return super().get_context_data(
            groups=[
                (
                    name,
                    [(line, by_hand.get((line.prize.pk, line.poster.pk))) for line in lines],
                )
                for name, lines in groupby(palmares.lines, key=category)
            ],
            problems=palmares.problems,
            left_over=[
                award
                for award in Award.objects.filter(contest=self.contest).select_related(
                    "prize", "poster"
                )
                if (award.prize_id, award.poster_id) not in shown
            ],
            has_prizes=self.contest.prizes.exists(),
            current=results.current(self.contest, now),
            pending=results.pending(self.contest, now),
            shows_establishments=self.request.GET.get("establishments") == "1",
            **kwargs,
        )


class TakeBackAwardView(ContestAdminView):
    """Take back a prize that the commission gave: said first, then confirmed."""

    template_name = "contest/admin/jury/award_back.html"
    page_title = gettext_lazy("Take a prize back")
    header_icon = "pick"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the prize among those of the contest."""
        super().setup(request, *args, **kwargs)
        self.award = get_object_or_404(
            Award.objects.select_related("prize", "poster", "contest"),
            pk=kwargs["award_pk"],
            contest=self.contest,
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The prize."""
        return super().get_context_data(award=self.award, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Take it back."""
        try:
            awarding.take_back(self.award, by=cast("User", request.user))
        except OutOfTurn:
            messages.error(request, pending_in_words())
        except ContestError:
            raise Http404 from None
        else:
            messages.success(request, _("The prize is taken back."))
        return HttpResponseRedirect(reverse("jury_awards", args=[self.contest.pk]))
