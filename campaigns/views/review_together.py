"""One decision about many fiches: the page that says what will be done, then the result."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext, ngettext
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from campaigns.deciding_together import (
    AT_ONCE,
    TOGETHER,
    Outcome,
    decide_together,
    offered_to,
    proposals,
)
from campaigns.enums import Decision
from campaigns.views.review import list_url
from home.keys import key_in

if TYPE_CHECKING:
    from accounts.models import User

SHOWN_FAILURES = 10


class DecideTogetherView(WagtailAdminTemplateMixin, TemplateView):
    """Give the visa to many fiches, or publish many, after a page that lists them."""

    template_name = "campaigns/admin/decide_together.html"
    header_icon = "form"
    decision: Decision

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Read which decision it is.

        Raises:
            Http404: it cannot be taken about many fiches.
        """
        super().setup(request, *args, **kwargs)
        if kwargs["decision"] not in TOGETHER:
            raise Http404("No such decision about many fiches")
        self.decision = Decision(kwargs["decision"])

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuse those who take no such decision about any fiche.

        Raises:
            PermissionDenied: the reader is none of them.
        """
        if self.decision not in offered_to(cast("User", request.user)):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What will be done and what will not, of the fiches ticked or of all that wait."""
        ticked = [
            key for typed in self.request.GET.getlist("fiche") if (key := key_in(typed)) is not None
        ]
        found = proposals(cast("User", self.request.user), self.decision, ticked or None)
        told = {
            "decision": self.decision,
            "possible": [proposal for proposal in found if not proposal.obstacle],
            "impossible": [proposal for proposal in found if proposal.obstacle],
            "is_full": len(found) == AT_ONCE,
            "at_once": AT_ONCE,
            "list_url": list_url(),
        }
        return super().get_context_data(**{**kwargs, **told})

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Decide, then say what came of it above the list."""
        chosen: dict[int, int | None] = {}
        for typed in request.POST.getlist("fiche"):
            key, _separator, revision = typed.partition(":")
            if (number := key_in(key)) is not None:
                # A revision that is no number is none that anybody was shown.
                chosen[number] = key_in(revision) if key_in(revision) is not None else -1
        if not chosen:
            messages.warning(request, gettext("Tick at least one fiche."))
            return HttpResponseRedirect(request.get_full_path())
        tell(
            request,
            self.decision,
            decide_together(cast("User", request.user), self.decision, chosen),
        )
        return HttpResponseRedirect(f"{list_url()}?only=waiting")

    def get_page_title(self) -> str:
        """The decision."""
        return {
            Decision.VISA: gettext("Give the visa to several fiches"),
            Decision.PUBLISH: gettext("Publish several fiches"),
        }[self.decision]

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Through the list of fiches."""
        return [
            *super().get_breadcrumbs_items(),
            {"url": list_url(), "label": gettext("Fiches-actions")},
            {"url": "", "label": self.get_page_title()},
        ]


def tell(request: HttpRequest, decision: Decision, outcome: Outcome) -> None:
    """Say how many were done, and name each that was not, with why."""
    count = len(outcome.done)
    if count and decision == Decision.VISA:
        done = ngettext(
            "The visa is given to %(count)d fiche: its establishment has been told.",
            "The visa is given to %(count)d fiches: their establishments have been told.",
            count,
        )
        messages.success(request, done % {"count": count})
    elif count:
        done = ngettext(
            "%(count)d fiche is published: its establishment has been told.",
            "%(count)d fiches are published: their establishments have been told.",
            count,
        )
        messages.success(request, done % {"count": count})
    if outcome.failed:
        lines = format_html_join(
            "",
            '<li><a href="{}">{}</a> ({}) – {}</li>',
            (
                (reverse("action_review", args=[action.pk]), action, action.establishment, why)
                for action, why in outcome.failed[:SHOWN_FAILURES]
            ),
        )
        heading = ngettext(
            "Nothing was done about %(count)d fiche:",
            "Nothing was done about %(count)d fiches:",
            len(outcome.failed),
        ) % {"count": len(outcome.failed)}
        more = "" if len(outcome.failed) <= SHOWN_FAILURES else format_html("<li>…</li>")
        messages.warning(request, format_html("{}<ul>{}{}</ul>", heading, lines, more))
    if not count and not outcome.failed:
        messages.warning(
            request, gettext("Nothing was done: these fiches are not yours to decide.")
        )
