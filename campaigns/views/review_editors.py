"""What an académie's editors do beside the decision: the front page, and duplicates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from wagtail.admin import messages

from campaigns import featuring, merging
from campaigns.errors import ActionError, NotAllowed, OutOfTurn
from campaigns.models import Action
from campaigns.models.dialogue import LONGEST_MESSAGE
from campaigns.views.review import ReviewView, list_url
from campaigns.views.review_side import ReviewersActView
from home.keys import key_in
from home.typed import text_in

if TYPE_CHECKING:
    from accounts.models import User


class FeatureView(ReviewersActView):
    """Put the fiche on the front page, or take it off."""

    def act(self, reader: User) -> HttpResponse:
        """Do what the button said."""
        try:
            if self.request.POST.get("on") == "1":
                featuring.feature(self.action, by=reader, now=timezone.now())
                messages.success(self.request, gettext("The fiche is on the front page."))
            else:
                featuring.unfeature(self.action, by=reader)
                messages.success(self.request, gettext("The fiche is off the front page."))
        except OutOfTurn:
            messages.warning(
                self.request, gettext("Only a published fiche goes on the front page.")
            )
        return self.back()


class MergeView(ReviewView):
    """Choose the fiche to keep instead of this one, then merge."""

    template_name = "campaigns/admin/merge.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the duplicate.

        Raises:
            Http404: the reader reviews no such fiche.
            PermissionDenied: they may not merge it.
        """
        super().setup(request, *args, **kwargs)
        if not merging.may_merge(self.reader, self.action):
            raise PermissionDenied

    @property
    def reader(self) -> User:
        """Who asks; the admin lets nobody else in."""
        return cast("User", self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The likeliest fiches, or those found by words."""
        words = text_in(self.request.GET, "q")[:100]
        return super().get_context_data(
            **{
                "candidates": merging.candidates(self.reader, self.action, words),
                "words": words,
                "longest": LONGEST_MESSAGE,
                **kwargs,
            }
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Merge, or say why not with the choice kept."""
        key = key_in(request.POST.get("into", ""))
        kept = Action.objects.reviewable_by(request.user).filter(pk=key).first() if key else None
        comment = text_in(request.POST, "comment")
        errors: dict[str, str] = {}
        if kept is None:
            errors["into"] = gettext("Choose the fiche to keep.")
        else:
            try:
                merging.merge(
                    self.action, into=kept, by=self.reader, now=timezone.now(), comment=comment
                )
            except NotAllowed as refused:
                raise PermissionDenied from refused
            except ValidationError as refused:
                errors = {name: said[0] for name, said in refused.message_dict.items()}
            except ActionError:
                errors["into"] = gettext(
                    "This fiche cannot be kept now: its establishment is writing it, or it is no "
                    "longer under review."
                )
        if errors or kept is None:
            context = self.get_context_data(errors=errors, comment=comment, chosen=key)
            return self.render_to_response(context)
        messages.success(request, gettext("The fiches are merged: both establishments are told."))
        return HttpResponseRedirect(reverse("action_review", args=[kept.pk]))

    def get_page_title(self) -> str:
        """What is about to be done."""
        return gettext("Merge a duplicate")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Through the fiche."""
        fiche = {"url": reverse("action_review", args=[self.action.pk]), "label": str(self.version)}
        listed = {"url": list_url(), "label": gettext("Fiches-actions")}
        before = super().get_breadcrumbs_items()[:-2]
        return [*before, listed, fiche, {"url": "", "label": self.get_page_title()}]
