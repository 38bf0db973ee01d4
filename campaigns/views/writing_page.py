"""The page on which a step of a fiche is written: what it shows."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import View

from campaigns import access, deadlines
from campaigns.commenting import open_comments
from campaigns.dates import hour_in_words
from campaigns.drafts import latest_version
from campaigns.forms.progress import places_of, steps_of
from campaigns.models import Action, CampaignPage, FieldComment
from campaigns.sections import Step, next_step, previous_step
from campaigns.standing import reviewers_comments

if TYPE_CHECKING:
    from campaigns.forms import ActionForm
    from establishments.access import EstablishmentRequest


def address_of(action: Action, step: Step) -> str:
    """Where a step of a kept fiche is written."""
    return reverse("space:edit_step", args=[action.pk, step.slug])


class WritingPage(View):
    """What is shown around a step, once `edition`, `step` and `action` are known."""

    request: EstablishmentRequest
    now: datetime
    edition: CampaignPage
    step: Step
    action: Action | None = None

    def show(self, form: ActionForm, *, status: int = 200, **context: Any) -> HttpResponse:
        """The page of the step."""
        action = self.action
        stored = latest_version(action) if action else None
        saved = stored.latest_revision if stored else None
        context |= {
            "form": form,
            "step": self.step,
            "next_step": next_step(self.step),
            "previous_step": previous_step(self.step),
            "steps": steps_of(stored, self.comments),
            "asked": places_of(stored, self.comments) if stored else [],
            "is_public": self.is_public,
            "save_label": _("Save the changes") if self.is_public else _("Save the draft"),
            "edition": self.edition,
            "closes_at": self.closes_at,
            "action": action,
            "heading": saved.object_str if saved else "",
            "form_address": self.address,
            "comment": reviewers_comments([action]).get(action.pk, "") if action else "",
            "may_submit": action is None or access.acts_for(self.request.user, action),
            "saved_words": self.words_of_saving(saved.created_at) if saved else "",
            "is_typed": form.is_bound,
        }
        return render(self.request, "campaigns/space/form.html", context, status=status)

    @cached_property
    def comments(self) -> list[FieldComment]:
        """What reviewers ask to correct now."""
        return open_comments(self.action) if self.action else []

    @cached_property
    def closes_at(self) -> datetime:
        """Until when the fiche may be handed in: the call, or the extra time that was given."""
        carrier = self.action.establishment if self.action else self.request.establishment
        return deadlines.calendar_for(carrier, self.edition).call_closes_at

    @property
    def is_public(self) -> bool:
        """Whether everybody reads a version of the fiche, which what is saved here leaves as is."""
        return self.action is not None and self.action.live

    def words_of_saving(self, instant: datetime) -> str:
        """Say that what was typed was saved at `instant`; of a public fiche, it is no draft."""
        said = _("Changes saved at %(hour)s.") if self.is_public else _("Draft saved at %(hour)s.")
        return said % {"hour": hour_in_words(instant)}

    @property
    def kept_action(self) -> Action:
        """The fiche, once there is one."""
        if self.action is None:
            raise LookupError("No fiche was started")
        return self.action

    @property
    def address(self) -> str:
        """Where the form is sent."""
        return address_of(self.action, self.step) if self.action else reverse("space:new")

    @property
    def standing_address(self) -> str:
        """Where the fiche's standing is told."""
        return reverse("space:fiche", args=[self.kept_action.pk])
