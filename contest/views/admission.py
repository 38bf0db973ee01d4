"""One poster before the editor who decides about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext, gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from contest import wall
from contest.admission import NEEDS_REASON, available_decisions, decide
from contest.duplicates import Likeness, likenesses_of
from contest.enums import Decision, PosterStatus
from contest.errors import EditConflict, NotAllowed, NotPrepared, OutOfTurn
from contest.forms.admission import DecisionForm
from contest.history import history_of, was_just_done
from contest.models import Poster
from contest.models.poster_file import MASTER, PREVIEW
from contest.poster_checks import checks_of
from contest.preparation import prepare_later

from .admission_wall import POSTERS_A_PAGE

if TYPE_CHECKING:
    from accounts.models import User

DONE = {
    Decision.ADMIT: gettext_lazy(
        "“%(poster)s” is admitted as number %(number)s: its establishment has been told."
    ),
    Decision.RETURN: gettext_lazy("“%(poster)s” is sent back: its establishment has been told."),
    Decision.REFUSE: gettext_lazy("“%(poster)s” is refused: its establishment has been told."),
    Decision.REOPEN: gettext_lazy(
        "“%(poster)s” waits for a decision again: its establishment has been told."
    ),
    Decision.WITHDRAW: gettext_lazy(
        "“%(poster)s” is withdrawn and its files are deleted: its establishment has been told."
    ),
}

PREPARE_AGAIN = "prepare"


class PosterReviewView(WagtailAdminTemplateMixin, TemplateView):
    """The poster large, all that is said and checked of it, its history, the decisions open."""

    template_name = "contest/admin/poster_review.html"
    header_icon = "image"
    poster: Poster

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the poster among those that the reader decides about.

        Raises:
            Http404: it is not one of them.
        """
        super().setup(request, *args, **kwargs)
        self.narrowing = wall.Narrowing.read(request.GET)
        self._find(kwargs["pk"])

    def _find(self, key: int) -> None:
        self.poster = get_object_or_404(
            Poster.objects.administered_by(self.request.user).select_related(
                "contest", "category", "file", "establishment__department", "establishment__academy"
            ),
            pk=key,
        )
        self.decisions = available_decisions(self.poster, self.request.user)

    @cached_property
    def posters(self) -> Any:
        """All posters of the wall that this one is on."""
        return wall.posters_for(self.request.user, self.poster.contest)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Take the decision, or say beside the form why it cannot be taken.

        Raises:
            PermissionDenied: the reader decides nothing about this poster.
        """
        if request.POST.get("act") == PREPARE_AGAIN:
            return self._prepare_again()
        sent = request.POST.get("decision", "")
        if sent in Decision.values and sent not in self.decisions:
            # It was offered when the page was opened: somebody has decided meanwhile.
            return self._tell_it_is_too_late(Decision(sent))
        form = DecisionForm(self.decisions, request.POST)
        if "revision" in form.errors:
            return self._tell_it_has_changed()
        if not form.is_valid():
            return self._show(form)
        return self._decide(form)

    def _decide(self, form: DecisionForm) -> HttpResponse:
        decision = Decision(form.cleaned_data["decision"])
        following = wall.next_waiting(self.poster, self.posters, self.narrowing)
        was_waiting = self.poster.status == wall.WAITING
        try:
            decided = decide(
                self.poster,
                decision,
                by=cast("User", self.request.user),  # the admin lets nobody else in
                reason=form.cleaned_data["reason"] if decision in NEEDS_REASON else "",
                comment=form.cleaned_data["comment"],
                expected_revision=form.cleaned_data["revision"],
            )
        except NotAllowed as error:
            raise PermissionDenied from error
        except NotPrepared:
            form.add_error("decision", self._why_not_prepared())
            return self._show(form)
        except OutOfTurn:
            return self._tell_it_is_too_late(decision)
        except EditConflict:
            return self._tell_it_has_changed()
        except ValidationError as error:
            form.add_error(None, error)
            return self._show(form)
        return self._go_on(decided, decision, following if was_waiting else decided.pk)

    def _go_on(self, decided: Poster, decision: Decision, following: int | None) -> HttpResponse:
        """Say what was done; on to the next poster, or back to the wall where none waits."""
        told = str(DONE[decision]) % {"poster": decided, "number": decided.number}
        again = [] if following == decided.pk else [self._button_to(decided)]
        messages.success(self.request, told, buttons=again)
        if following is not None:
            return HttpResponseRedirect(self._address_of(following))
        messages.info(self.request, gettext("No other poster waits for a decision here."))
        return HttpResponseRedirect(self._wall())

    def _tell_it_is_too_late(self, decision: Decision) -> HttpResponse:
        """Somebody else has decided; or the same person, with a second click."""
        if was_just_done(self.poster, decision, by=cast("User", self.request.user)):
            self._find(self.poster.pk)
            following = wall.next_waiting(self.poster, self.posters, self.narrowing)
            return self._go_on(self.poster, decision, following)
        return self._show_anew(
            gettext(
                "Somebody has decided about this poster since you opened it. Here is how it stands."
            )
        )

    def _tell_it_has_changed(self) -> HttpResponse:
        return self._show_anew(
            gettext(
                "The establishment has changed this poster since you opened it. Look at it again "
                "before you decide: what you had chosen and written is kept."
            )
        )

    def _show_anew(self, warning: str) -> HttpResponse:
        """The poster as it is now, with what was typed, to be sent about this version."""
        self._find(self.poster.pk)
        messages.warning(self.request, warning)
        kept = self.request.POST.copy()
        kept["revision"] = str(self.poster.latest_revision_id)
        if kept.get("decision") not in self.decisions:
            kept.pop("decision", None)
        form = DecisionForm(
            self.decisions,
            initial={name: kept.get(name, "") for name in ("decision", "reason", "comment")}
            | {"revision": kept["revision"]},
        )
        return self._show(form, status=409)

    def _show(self, form: DecisionForm, status: int = 200) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=status)

    def _why_not_prepared(self) -> str:
        file = self.poster.file
        if file is not None and file.preparation_error:
            return gettext(
                "The pictures of this poster could not be made, so it cannot be shown. Have them "
                "made again, or send the poster back so that another file is handed in."
            )
        return gettext("The pictures of this poster are still being made. Try again in a minute.")

    def _prepare_again(self) -> HttpResponse:
        file = self.poster.file
        if file is not None and file.prepared_at is None:
            prepare_later(file)
            messages.info(
                self.request,
                gettext("The pictures are being made. Open this page again in a minute."),
            )
        return HttpResponseRedirect(self._address_of(self.poster.pk))

    def _address_of(self, key: int) -> str:
        return reverse("poster_review", args=[key]) + self.narrowing.query

    def _wall(self, place: wall.Place | None = None) -> str:
        """The wall as it was narrowed down, at the page that the poster is on."""
        page = (place.position - 1) // POSTERS_A_PAGE + 1 if place else 1
        more = {"p": str(page)} if page > 1 else {}
        address = reverse("poster_wall", args=[self.poster.contest_id])
        return address + self.narrowing.query_with(**more)

    def _full_size(self) -> str:
        """The largest picture that there is of the file; empty where there is none."""
        file = self.poster.file
        if file is None or not (file.prepared_at or file.has_preview):
            return ""
        name = MASTER if file.prepared_at else PREVIEW
        return reverse("poster_file", args=[file.token, name])

    def _button_to(self, poster: Poster) -> Any:
        return messages.button(self._address_of(poster.pk), gettext("See it again"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The poster, and the form where something can be decided."""
        poster = self.poster
        alike: list[Likeness] = likenesses_of(poster)
        place = wall.place_of(poster, wall.narrowed(self.posters, self.narrowing))
        checks = checks_of(poster, today=timezone.localdate(), alike=len(alike))
        context = {
            "poster": poster,
            "contest": poster.contest,
            "file": poster.file,
            "full_size": self._full_size(),
            "status": PosterStatus(poster.status),
            "checks": checks,
            "flags": [check.flag for check in checks if check.flag],
            "alike": alike,
            "history": history_of(poster),
            "place": place,
            "wall_url": self._wall(place),
            "query": self.narrowing.query,
            "prepare_again": PREPARE_AGAIN,
            **kwargs,
        }
        if "form" not in context:
            context["form"] = DecisionForm(
                self.decisions, initial={"revision": poster.latest_revision_id}
            )
        context["decisions"] = self.decisions
        context["typed"] = "" if self.decisions else self.request.POST.get("comment", "")
        return super().get_context_data(**context)

    def get_page_title(self) -> str:
        """Its number, where it has one, and its title."""
        if self.poster.number is None:
            return str(self.poster)
        return gettext("No. %(number)s – %(poster)s") % {
            "number": self.poster.number,
            "poster": self.poster,
        }

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Through the wall, as it was narrowed down."""
        return [
            *super().get_breadcrumbs_items(),
            {"url": self._wall(), "label": gettext("Posters")},
            {"url": "", "label": self.get_page_title()},
        ]
