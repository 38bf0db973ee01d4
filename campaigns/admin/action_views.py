"""Wagtail's views of fiches, narrowed down to what the review leaves to them.

Wagtail lists (`action_list`) and edits; every decision belongs to the review screen, which asks the
rules, tells the establishment and keeps the comment. The views that would decide beside it are
closed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.generic import View
from wagtail.admin import messages
from wagtail.log_actions import LogContext, log
from wagtail.snippets.action_menu import ActionMenuItem
from wagtail.snippets.views.snippets import EditView

from campaigns import access, associating, notifications
from campaigns.drafts import latest_version, locked, require_revision
from campaigns.enums import Status
from campaigns.errors import EditConflict
from campaigns.models import Action
from campaigns.reading import differences
from establishments.scoping import ScopedObject
from home.keys import key_in

if TYPE_CHECKING:
    from wagtail.admin.ui.components import MediaContainer


def review_url(action: Action) -> str:
    """The review screen of `action`."""
    return reverse("action_review", args=[action.pk])


class SaveCorrectionItem(ActionMenuItem):
    """The one button of a fiche's form; it says that what is public changes at once."""

    name = "action-save"
    icon_name = "download"

    def __init__(self, *, is_public: bool) -> None:
        super().__init__(order=0)
        self.label = gettext("Save and publish") if is_public else gettext("Save the correction")


def associates_typed(form: Any) -> dict[int, bool]:
    """The associated establishments of a valid form, by key: whether each may write the fiche."""
    rows = form.formsets["associated"].ordered_forms
    typed = [row.cleaned_data for row in rows if row.cleaned_data.get("establishment")]
    return {one["establishment"].pk: bool(one.get("may_edit")) for one in typed}


class ActionEditView(ScopedObject, EditView):
    """An editor corrects a fiche under review, or one that is published.

    What is saved during the review is what gets published; what is saved of a published fiche is
    published at once, so that no version waits where nobody would look for it.
    """

    scoped_actions = ("change",)

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the fiche; keep Wagtail from saving by itself what has not been confirmed."""
        super().setup(request, *args, **kwargs)
        self.autosave_enabled = False

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Lead to the review screen whoever may not write now.

        Raises:
            PermissionDenied: something was sent all the same.
        """
        if access.may_revise(request.user, self.live_object):
            return super().dispatch(request, *args, **kwargs)
        if request.method == "POST" or not access.edits(request.user, self.live_object):
            raise PermissionDenied
        messages.warning(
            request, gettext("This fiche cannot be changed now: its establishment writes it.")
        )
        return HttpResponseRedirect(review_url(self.live_object))

    def get_available_actions(self) -> list[str]:
        """Saving, which publishes what is already public; all else is a decision."""
        return ["publish"] if self.live_object.status == Status.PUBLISHED else ["edit"]

    def get_action(self, request: HttpRequest) -> str:
        """The one act that the fiche's status leaves, whatever button was sent."""
        return self.get_available_actions()[0]

    def form_valid(self, form: Any) -> HttpResponse:
        """Save, unless the fiche has changed since the page was opened."""
        with transaction.atomic(), LogContext(user=self.request.user):
            row = locked(self.live_object)
            try:
                require_revision(row, self._loaded_revision())
            except EditConflict:
                return self._refuse(form)
            # What the button does was chosen by the status as it was read before the lock.
            if row.status != self.live_object.status:
                return self._refuse(form)
            if not access.may_revise(self.request.user, row):
                return self._refuse(form)
            before = latest_version(row)
            associating.take_over(row, associates_typed(form))
            response: HttpResponse = super().form_valid(form)
            changes = differences(before, latest_version(row))
            log(
                instance=row,
                action="campaigns.revise",
                user=self.request.user,
                data={"parts": {change.first.name: change.second.text for change in changes}},
                revision=self.new_revision,
            )
            if changes:
                notifications.fiche_corrected(latest_version(row), changes)
            return response

    def _loaded_revision(self) -> int | None:
        typed = self.request.POST.get("loaded_revision_id", "")
        if not typed:
            latest: int | None = self.object.latest_revision_id
            return latest
        key = key_in(typed)
        return -1 if key is None else key  # no revision is numbered so: a conflict

    def _refuse(self, form: Any) -> HttpResponse:
        self.produced_error_code = "invalid_revision"
        self.produced_error_message = gettext(
            "Somebody has changed this fiche in the meantime. Open it again to see how it stands."
        )
        response: HttpResponse = self.form_invalid(form)
        return response

    def get_success_url(self) -> str:
        """Back to the review screen."""
        return review_url(self.object)

    def get_success_buttons(self) -> list[Any]:
        """None: the screen that follows has what can be done."""
        return []

    def get_history_url(self) -> str:
        """The history is part of the review screen."""
        return f"{review_url(self.object)}#historique"

    def get_usage_url(self) -> None:
        """Nothing refers to a fiche."""

    def get_workflow_history_url(self) -> None:
        """The history is part of the review screen."""

    def get_side_panels(self) -> MediaContainer:
        """None: they would tell, and let do, what belongs to the review screen."""
        from wagtail.admin.ui.components import MediaContainer

        return MediaContainer([])


class ClosedView(View):
    """Stands where a view of Wagtail's would act on a fiche beside the rules of the review."""

    template_name = ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuse, whoever asks."""
        raise PermissionDenied
