"""The review screen: a fiche to read, and one decision to take."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext, gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from campaigns import access, featuring, merging
from campaigns.commenting import label_of_part, open_comments, parts_to_comment_on
from campaigns.copying import credited_source
from campaigns.drafts import reviewed_version
from campaigns.enums import Decision, Status
from campaigns.errors import EditConflict, NotAllowed, OutOfTurn
from campaigns.history import history_of
from campaigns.labelling import labels_for
from campaigns.messaging import thread_for
from campaigns.models import Action
from campaigns.review import available_decisions, decide
from campaigns.views.media import file_name
from campaigns.views.review_form import (
    DECISION_FORM,
    DecisionForm,
    name_of,
    typed_in,
    without_a_field,
)
from campaigns.views.review_reading import (
    changed_parts,
    changes_of,
    parts_to_observe,
    parts_to_review,
)

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
        form = self.form(request.POST)
        decision = request.POST.get("decision", "")
        if decision in Decision.values and decision not in self.decisions:
            # It was offered when the page was opened: somebody has decided meanwhile.
            return self._tell_it_is_too_late()
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        return self._decide(form)

    def form(self, *args: Any, **options: Any) -> DecisionForm:
        """The decisions open to the reader, and the parts that they may comment on."""
        parts = parts_to_comment_on(self.action)
        return DecisionForm(self.decisions, *args, parts=parts, **options)

    def _decide(self, form: DecisionForm) -> HttpResponse:
        decision = Decision(form.cleaned_data["decision"])
        try:
            decide(
                self.action,
                decision,
                by=cast("User", self.request.user),  # the admin lets nobody else in
                comment=form.cleaned_data["comment"],
                field_comments=form.comments(),
                expected_revision=form.cleaned_data["revision"],
            )
        except NotAllowed as error:
            raise PermissionDenied from error
        except (OutOfTurn, EditConflict):
            return self._tell_it_is_too_late()
        except ValidationError as error:
            self._add_errors(form, error)
            return self.render_to_response(self.get_context_data(form=form))
        messages.success(self.request, DONE[decision], buttons=self._next_buttons())
        return HttpResponseRedirect(list_url())

    def _add_errors(self, form: DecisionForm, error: ValidationError) -> None:
        for name, told in error.message_dict.items():
            field = name if name in form.fields else name_of(name)
            form.add_error(field if field in form.fields else None, told)

    def _tell_it_is_too_late(self) -> HttpResponse:
        messages.warning(
            self.request,
            gettext("This fiche has changed since you opened it. Here is how it stands now."),
        )
        typed = typed_in(self.request.POST)
        if not typed:
            return HttpResponseRedirect(reverse("action_review", args=[self.action.pk]))
        # As it stands now, with what was typed about how it stood.
        self.setup(self.request, *self.args, **self.kwargs)
        self.__dict__.pop("version", None)
        form = None
        if self.decisions:
            form = self.form(initial={**typed, "revision": self.action.latest_revision_id})
        unsent = without_a_field(typed, form)
        context = self.get_context_data(form=form, unsent=unsent)
        return self.render_to_response(context, status=409)

    def _next_buttons(self) -> list[Any]:
        following = Action.objects.awaiting(self.request.user).order_by("status_changed_at").first()
        if following is None:
            return []
        url = reverse("action_review", args=[following.pk])
        return [messages.button(url, gettext("Read the next fiche"))]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The fiche as its readers know it, and the form where they may decide."""
        version = self.version
        form = kwargs.pop("form", None)
        if self.decisions and form is None:
            form = self.form(initial={"revision": self.action.latest_revision_id})
        changes = changes_of(self.action, version) if self.is_reviewer else []
        context = {
            "action": self.action,
            "form": form,
            "decision_form": DECISION_FORM,
            **self._standing(),
            "parts": parts_to_review(version, form)
            if self.is_reviewer
            else parts_to_observe(version),
            "files": [
                (medium, file_name(medium)) for medium in version.media.all() if self.is_reviewer
            ],
            "media_comment": form.comment_on("media") if form else None,
            "associated": version.associated.all(),
            "changes": changes,
            "changed_parts": changed_parts(self.action, changes) if self.is_reviewer else [],
            "open_comments": self._open_comments(),
            "history": history_of(self.action) if self.is_reviewer else [],
            **(self._beside(kwargs) if self.is_reviewer else {}),
            "public_url": self.action.get_absolute_url() if self.action.live else "",
            "edit_url_name": Action.snippet_viewset.get_url_name("edit"),
            "may_revise": access.may_revise(self.request.user, self.action),
            **kwargs,
        }
        return super().get_context_data(**context)

    def _open_comments(self) -> list[tuple[str, str]]:
        """What the establishment is asked to correct now, for those who asked."""
        if not self.is_reviewer:
            return []
        return [
            (label_of_part(comment.part), comment.text) for comment in open_comments(self.action)
        ]

    def _beside(self, given: dict[str, Any]) -> dict[str, Any]:
        """What reviewers say to each other and to the establishment, and their labels."""
        from campaigns.views.review_side import ReviewMessageForm

        return {
            "is_reviewer": True,
            "thread": thread_for(self.request.user, self.action),
            "message_form": given.get("message_form") or ReviewMessageForm(),
            "own_labels": list(self.action.labels.all()),
            "all_labels": labels_for(self.action),
            "may_feature": featuring.may_feature(cast("User", self.request.user), self.action),
            "may_merge": merging.may_merge(cast("User", self.request.user), self.action),
            "merged_into": self.action.merged_into,
            "source": credited_source(self.action),
            "may_name_labels": access.edits(self.request.user, self.action),
            "is_in_stead": Decision.VISA in self.decisions
            and not access.leads(self.request.user, self.action),
        }

    def _standing(self) -> dict[str, Any]:
        """Where the fiche stands, and since when; an observer knows that it is published."""
        if self.is_reviewer:
            status = Status(self.action.status)
            return {"status": status.label, "since": self.action.status_changed_at}
        return {"status": Status.PUBLISHED.label, "since": self.action.first_published_at}

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
