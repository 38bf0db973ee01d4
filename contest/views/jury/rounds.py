"""Rounds in preparation, in Wagtail's admin: their rules, the preview of who judges what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext, gettext_lazy
from wagtail.admin import messages

from contest.errors import NotAllowed, OutOfTurn
from contest.forms.jury_round import RoundForm
from contest.jury import preparing
from contest.jury.assignment_warnings import problem_in_words, scales_differ
from contest.jury.enums import Stage
from contest.jury.errors import NotReady
from contest.models import Category, Round
from contest.tally.assignment import EVERYONE_UP_TO
from contest.views.contest_admin import ContestAdminView

from .round_admin import RoundAdminView

if TYPE_CHECKING:
    from accounts.models import User


def keep(request: HttpRequest, form: RoundForm) -> HttpResponse | None:
    """Store what `form` holds and go on to the preview; None where it has errors to show."""
    if not form.is_valid():
        return None
    version = form.instance
    try:
        preparing.save_round(version, by=cast("User", request.user))
    except ValidationError as error:
        form.add_error(None, error)
        return None
    except NotAllowed:
        raise PermissionDenied from None
    except OutOfTurn:
        messages.error(
            request, gettext("The posters of this round are assigned: its rules are fixed.")
        )
    else:
        messages.success(request, gettext("The round is kept. Nothing is sent yet."))
    return redirect("jury_round_assignment", version.category.contest_id, version.pk)


class NewRoundView(ContestAdminView):
    """Prepare a round of a category, from what suits it best."""

    template_name = "contest/admin/jury/round_form.html"
    page_title = gettext_lazy("Prepare a round")
    header_icon = "clipboard-list"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the category among those of the contest.

        Raises:
            Http404: it is not one of them.
        """
        super().setup(request, *args, **kwargs)
        self.category = get_object_or_404(Category, pk=kwargs["category_pk"], contest=self.contest)
        self.category.contest = self.contest

    def get_page_subtitle(self) -> str:
        """The category."""
        return str(self.category)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The form, filled in."""
        return self.show(RoundForm(instance=preparing.proposal(self.category, self.contest)))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Keep the round."""
        form = RoundForm(request.POST, instance=Round(category=self.category))
        return keep(request, form) or self.show(form)

    def show(self, form: RoundForm) -> HttpResponse:
        """The page with `form`."""
        context = self.get_context_data(form=form, category=self.category, most=EVERYONE_UP_TO)
        return render(self.request, self.template_name, context)


class EditRoundView(RoundAdminView):
    """Change the rules of a round, until its posters are assigned."""

    template_name = "contest/admin/jury/round_form.html"
    page_title = gettext_lazy("Rules of the round")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The form; the assignment once there is one."""
        if self.stage != Stage.DRAFT:
            return self.back("jury_round_assignment")
        return self.show(RoundForm(instance=self.round))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Keep the changes."""
        version = Round.objects.get(pk=self.round.pk)
        version.category = self.round.category
        form = RoundForm(request.POST, instance=version)
        return keep(request, form) or self.show(form)

    def show(self, form: RoundForm) -> HttpResponse:
        """The page with `form`."""
        context = self.get_context_data(
            form=form,
            category=self.round.category,
            most=EVERYONE_UP_TO,
            scales_differ=scales_differ(self.round),
        )
        return render(self.request, self.template_name, context)


class DeleteRoundView(RoundAdminView):
    """Forget a round in preparation: asked once more."""

    template_name = "contest/admin/jury/round_delete.html"
    page_title = gettext_lazy("Delete the round")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The question, while it may be done."""
        if self.stage != Stage.DRAFT:
            return self.back("jury_round_assignment")
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Do it."""
        try:
            preparing.delete_round(self.round, by=self.user)
        except OutOfTurn:
            return self.refuse(
                gettext("The posters of this round are assigned: it stays."),
                "jury_round_assignment",
            )
        messages.success(request, gettext("The round is deleted."))
        return redirect("contest_jury", self.contest.pk)


class AssignmentView(RoundAdminView):
    """Who would judge what, before anything is sent; then one button."""

    template_name = "contest/admin/jury/round_assignment.html"
    page_title = gettext_lazy("Assignment of the posters")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The preview, or that it is done."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        if self.stage != Stage.DRAFT:
            return context
        outlook = preparing.outlook_of(self.round, self.now)
        late = self.round.closes_at is not None and self.round.closes_at <= self.now
        codes = [*outlook.preview.problems, *(["closes_in_the_past"] if late else [])]
        return context | {
            "outlook": outlook,
            "design": outlook.preview.design,
            "problems": [problem_in_words(code) for code in codes],
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Assign what was seen, and write to the jurors; of two clicks the second finds it done."""
        try:
            preparing.assign_and_announce(
                self.round, seen=request.POST.get("seen", ""), by=self.user, now=self.now
            )
        except preparing.PreviewChanged:
            return self.refuse(
                gettext("Something has changed since this page was shown: read it again."),
                "jury_round_assignment",
            )
        except NotReady as error:
            return self.refuse(
                " ".join(problem_in_words(code) for code in error.reasons),
                "jury_round_assignment",
            )
        except OutOfTurn:
            return self.back("jury_round_assignment")
        messages.success(
            request, gettext("The posters are assigned, and the mails to the jurors are leaving.")
        )
        return self.back("jury_round_assignment")
