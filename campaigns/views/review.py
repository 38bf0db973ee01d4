"""The review screen: a fiche to read, and one decision to take."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext, gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import TaskState

from campaigns import access
from campaigns.drafts import reviewed_version
from campaigns.enums import REVIEW_STATUSES, Decision, Status
from campaigns.errors import EditConflict, NotAllowed, OutOfTurn
from campaigns.history import history_of
from campaigns.models import Action
from campaigns.reading import Difference, Line, contents_of, differences, public_contents_of
from campaigns.review import NEEDS_COMMENT, available_decisions, decide
from campaigns.views.media import file_name

if TYPE_CHECKING:
    from accounts.models import User

DONE = {
    Decision.VISA: gettext_lazy("The visa is given: the académie has been told."),
    Decision.PUBLISH: gettext_lazy("The fiche is published: its establishment has been told."),
    Decision.REQUEST_CHANGES: gettext_lazy(
        "The fiche is sent back: its establishment has been told."
    ),
    Decision.REFUSE: gettext_lazy("The fiche is not selected: its establishment has been told."),
    Decision.WITHDRAW: gettext_lazy(
        "The fiche is withdrawn from the site: its establishment has been told."
    ),
    Decision.REOPEN: gettext_lazy("The review is reopened: the fiche is before the académie."),
    Decision.ARCHIVE: gettext_lazy("The fiche is archived."),
}


def comment_help(decisions: list[Decision]) -> str:
    """What the comment is for, naming those of the decisions offered that need one."""
    told = gettext("The establishment receives it by mail.")
    needing = [
        gettext("“%(decision)s”") % {"decision": item.label}
        for item in decisions
        if item in NEEDS_COMMENT
    ]
    if not needing:
        return told
    needed = gettext("Needed for: %(decisions)s.") % {"decisions": ", ".join(needing)}
    return f"{needed} {told}"


class DecisionForm(forms.Form):
    """One decision, and what the establishment is told of it."""

    decision = forms.ChoiceField(
        label=gettext_lazy("Your decision"), widget=forms.RadioSelect, required=True
    )
    comment = forms.CharField(
        label=gettext_lazy("Comment for the establishment"),
        widget=forms.Textarea(attrs={"rows": 5}),
        required=False,
        max_length=4000,
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, decisions: list[Decision], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = cast("forms.ChoiceField", self.fields["decision"])
        offered.choices = [(item.value, item.label) for item in decisions]
        self.fields["comment"].help_text = comment_help(decisions)

    def clean(self) -> dict[str, Any]:
        """Ask at once for the comment that the decision needs."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        decision = cleaned.get("decision")
        if decision in NEEDS_COMMENT and not cleaned.get("comment", "").strip():
            self.add_error("comment", gettext("Say why: the establishment will read this comment."))
        return cleaned


class ReviewView(WagtailAdminTemplateMixin, TemplateView):
    """The version handed in, what has changed, its history, and the decisions open to one."""

    template_name = "campaigns/admin/review.html"
    header_icon = "form"
    action: Action

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the fiche among those that the reader reviews or observes.

        Raises:
            Http404: it is not one of them.
        """
        super().setup(request, *args, **kwargs)
        self.action = get_object_or_404(
            Action.objects.reviewable_by(request.user).select_related(
                "campaign", "establishment__academy", "establishment__network"
            ),
            pk=kwargs["pk"],
        )
        self.is_reviewer = access.edits(request.user, self.action) or access.leads(
            request.user, self.action
        )
        self.decisions = available_decisions(self.action, request.user)

    @cached_property
    def version(self) -> Action:
        """What the reader has before their eyes: an observer, the public version."""
        return reviewed_version(self.action) if self.is_reviewer else self.action

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Take the decision, or say why it cannot be taken.

        Raises:
            PermissionDenied: the reader decides nothing about this fiche.
        """
        if not self.is_reviewer:
            raise PermissionDenied
        form = DecisionForm(self.decisions, request.POST)
        decision = request.POST.get("decision", "")
        if decision in Decision.values and decision not in self.decisions:
            # It was offered when the page was opened: somebody has decided meanwhile.
            return self._tell_it_is_too_late()
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        return self._decide(form)

    def _decide(self, form: DecisionForm) -> HttpResponse:
        decision = Decision(form.cleaned_data["decision"])
        try:
            decide(
                self.action,
                decision,
                by=cast("User", self.request.user),  # the admin lets nobody else in
                comment=form.cleaned_data["comment"],
                expected_revision=form.cleaned_data["revision"],
            )
        except NotAllowed as error:
            raise PermissionDenied from error
        except (OutOfTurn, EditConflict):
            return self._tell_it_is_too_late()
        except ValidationError as error:
            form.add_error(None, error)
            return self.render_to_response(self.get_context_data(form=form))
        messages.success(self.request, DONE[decision], buttons=self._next_buttons())
        return HttpResponseRedirect(list_url())

    def _tell_it_is_too_late(self) -> HttpResponse:
        messages.warning(
            self.request,
            gettext("This fiche has changed since you opened it. Here is how it stands now."),
        )
        return HttpResponseRedirect(reverse("action_review", args=[self.action.pk]))

    def _next_buttons(self) -> list[Any]:
        following = Action.objects.awaiting(self.request.user).order_by("status_changed_at").first()
        if following is None:
            return []
        url = reverse("action_review", args=[following.pk])
        return [messages.button(url, gettext("Read the next fiche"))]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The fiche as its readers know it, and the form where they may decide."""
        version = self.version
        context = {
            "action": self.action,
            **self._standing(),
            "parts": self._parts(version),
            "files": [
                (medium, file_name(medium)) for medium in version.media.all() if self.is_reviewer
            ],
            "associated": version.associated.all(),
            "changes": self._changes(version) if self.is_reviewer else [],
            "history": history_of(self.action) if self.is_reviewer else [],
            "public_url": self.action.get_absolute_url() if self.action.live else "",
            "edit_url_name": Action.snippet_viewset.get_url_name("edit"),
            "may_revise": access.may_revise(self.request.user, self.action),
            **kwargs,
        }
        if self.decisions and "form" not in context:
            context["form"] = DecisionForm(
                self.decisions, initial={"revision": self.action.latest_revision_id}
            )
        return super().get_context_data(**context)

    def _standing(self) -> dict[str, Any]:
        """Where the fiche stands, and since when; an observer knows that it is published."""
        if self.is_reviewer:
            status = Status(self.action.status)
            return {"status": status.label, "since": self.action.status_changed_at}
        return {"status": Status.PUBLISHED.label, "since": self.action.first_published_at}

    def _parts(self, version: Action) -> list[tuple[Any, list[Line]]]:
        parts = []
        contents = contents_of(version) if self.is_reviewer else public_contents_of(version)
        for section, lines in contents:
            shown = [line for line in lines if line.name != "title"]
            if shown:
                parts.append((section, shown))
        return parts

    def _changes(self, version: Action) -> list[Difference]:
        """What differs from the public version, else from the one that was sent back."""
        if self.action.status not in REVIEW_STATUSES:
            return []
        if self.action.live:
            return differences(self.action, version)
        returned = (
            TaskState.objects.for_instance(self.action)
            .filter(status=TaskState.STATUS_REJECTED)
            .select_related("revision")
            .order_by("-finished_at")
            .first()
        )
        return differences(returned.revision.as_object(), version) if returned else []

    def get_page_title(self) -> str:
        """The title of the version to read."""
        return str(self.version)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Through the list of fiches."""
        return [
            *super().get_breadcrumbs_items(),
            {"url": list_url(), "label": gettext("Fiches-actions")},
            {"url": "", "label": self.get_page_title()},
        ]


def list_url() -> str:
    """The list of fiches in the admin."""
    return str(reverse(Action.snippet_viewset.get_url_name("list")))
