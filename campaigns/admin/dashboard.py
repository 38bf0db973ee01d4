"""What a reviewer finds on entering the admin: the fiches that wait for them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from wagtail.admin.ui.components import Component

from campaigns.models import Action
from campaigns.waiting import near_deadline, since_in_words

if TYPE_CHECKING:
    from django.http import HttpRequest

SHOWN = 10


class AwaitingPanel(Component):
    """The fiches whose turn it is to be read, those that have waited longest first."""

    name = "fiches_awaiting"
    template_name = "campaigns/admin/awaiting_panel.html"
    order = 50

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        """The first of them, and how many there are."""
        awaiting = Action.objects.awaiting(self.request.user)
        now = timezone.now()
        first = awaiting.select_related("campaign", "establishment__network").order_by(
            "status_changed_at", "pk"
        )[:SHOWN]
        return {
            "lines": [
                {
                    "action": action,
                    "age": since_in_words(action.status_changed_at, now),
                    "deadline": near_deadline(action.campaign.calendar, now),
                }
                for action in first
            ],
            "total": awaiting.count(),
            "list_url_name": Action.snippet_viewset.get_url_name("list"),
        }
