"""A round under way, in Wagtail's admin: its progress, and the acts on it."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages

from campaigns.wording import instant_in_words
from contest.errors import ContestError, OutOfTurn
from contest.forms.jury_running import ExtendForm
from contest.jury import reminding, running
from contest.jury.enums import Stage
from contest.jury.progress import progress_of
from contest.jury.round_history import acts_of
from contest.models import Juror
from home.keys import key_in

from .round_admin import RoundAdminView, tell_of_errors

UNDER_WAY = (Stage.ASSIGNED, Stage.OPEN)


def too_late() -> str:
    """What is said of an act that the round's stage does not, or no longer, allow."""
    return _("The round is not at this step any more: see below how it stands.")


class RoundProgressView(RoundAdminView):
    """Who has judged how many, which poster lacks ballots, what was done. Never a grade."""

    template_name = "contest/admin/jury/round_progress.html"
    page_title = gettext_lazy("Progress of the round")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The progress and the history."""
        return super().get_context_data(
            progress=progress_of(self.round, self.now),
            acts=acts_of(self.round),
            is_open=self.stage == Stage.OPEN,
            is_under_way=self.stage in UNDER_WAY,
            may_extend=self.stage in (*UNDER_WAY, Stage.CLOSED),
            **kwargs,
        )


class RoundActView(RoundAdminView):
    """An act on a round: what it does is said first, then it is confirmed."""

    template_name = "contest/admin/jury/round_confirm.html"
    stages: tuple[Stage, ...] = (Stage.OPEN,)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """What the act would do, where it still can be done."""
        if self.stage not in self.stages:
            return self.refuse(too_late())
        return render(request, self.template_name, self.get_context_data())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Do it; a second click finds it done."""
        try:
            messages.success(request, self.act())
        except OutOfTurn:
            return self.refuse(too_late())
        except ContestError:
            raise Http404 from None
        return self.back()

    def act(self) -> str:
        """Do it, and say so."""
        raise NotImplementedError

    def juror_asked(self, asked: str) -> Juror:
        """The juror of the contest, still in its jury, whose key a form sends.

        Raises:
            Http404: there is none.
        """
        key = key_in(asked)
        found = None
        if key is not None:
            found = Juror.objects.filter(contest=self.contest, pk=key, left_at=None).first()
        if found is None:
            raise Http404("No such juror")
        return found


class RemindView(RoundActView):
    """Write to the late jurors, or to one; asked for by a button, hence only by POST."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Nothing is to be read here."""
        return HttpResponseNotAllowed(["POST"])

    def act(self) -> str:
        """Queue the mails."""
        asked = self.request.POST.get("juror")
        juror = self.juror_asked(asked) if asked is not None else None
        told = reminding.remind(self.round, by=self.user, juror=juror)
        if not told:
            return _("Nobody was written to: nobody is late, or they were reminded within a day.")
        return ngettext(
            "A reminder is on its way to %(n)d juror: %(names)s.",
            "A reminder is on its way to %(n)d jurors: %(names)s.",
            len(told),
        ) % {"n": len(told), "names": ", ".join(one.name for one in told)}


class CloseView(RoundActView):
    """Close at once."""

    page_title = gettext_lazy("Close the round now")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What would be missing."""
        return super().get_context_data(
            act="close", progress=progress_of(self.round, self.now), **kwargs
        )

    def act(self) -> str:
        """Close."""
        running.close(self.round, by=self.user)
        return _("The round is closed. What is sent from now on is not counted.")


class ReassignView(RoundActView):
    """Bring who judges what up to date, or have others take what one juror has not begun."""

    page_title = gettext_lazy("Reassign posters")
    stages = UNDER_WAY

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the juror to relieve, if any."""
        super().setup(request, *args, **kwargs)
        self.juror: Juror | None = None
        asked = request.POST.get("juror", request.GET.get("juror", ""))
        if asked:
            self.juror = self.juror_asked(asked)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Whom it concerns."""
        return super().get_context_data(act="reassign", juror=self.juror, **kwargs)

    def act(self) -> str:
        """Reassign."""
        made = running.reassign_round(self.round, by=self.user, relieve=self.juror)
        if made is None or not (made.added or made.removed):
            return _("Nothing had to be reassigned.")
        return ngettext(
            "%(n)d poster was given to another juror.",
            "%(n)d posters were given to other jurors.",
            len(made.added),
        ) % {"n": len(made.added)}


class ExtendView(RoundActView):
    """Move the close, or open a closed round again."""

    template_name = "contest/admin/jury/round_extend.html"
    page_title = gettext_lazy("Move the close")
    stages = (*UNDER_WAY, Stage.CLOSED)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The form."""
        if self.stage not in self.stages:
            return self.refuse(too_late())
        return self._show(ExtendForm(initial={"closes_at": self.round.closes_at}))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Move it."""
        form = ExtendForm(request.POST)
        if not form.is_valid():
            return self._show(form)
        until = form.cleaned_data["closes_at"]
        try:
            if self.stage == Stage.CLOSED and request.POST.get("reassign"):
                running.reopen(self.round, until, by=self.user)
            else:
                running.extend(self.round, until, by=self.user)
        except ValidationError as error:
            form.add_error(
                None if "closes_at" not in error.error_dict else "closes_at", error.messages
            )
            return self._show(form)
        except OutOfTurn:
            return self.refuse(too_late())
        except ContestError:
            raise Http404 from None
        messages.success(
            request, _("The round now closes on %(date)s.") % {"date": instant_in_words(until)}
        )
        return self.back()

    def _show(self, form: ExtendForm) -> HttpResponse:
        if form.errors:
            tell_of_errors(self.request)
        context = self.get_context_data(
            form=form, reassign=not form.is_bound or bool(self.request.POST.get("reassign"))
        )
        return render(self.request, self.template_name, context, status=422 if form.errors else 200)
