"""What an editor finds on entering the admin: the posters that wait for a decision."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from wagtail.admin.ui.components import Component

from contest.models import Poster
from contest.wall import WAITING

if TYPE_CHECKING:
    from django.http import HttpRequest

SHOWN = 7


class AwaitingPostersPanel(Component):
    """The posters that wait, those that have waited longest first."""

    name = "posters_awaiting"
    template_name = "contest/admin/awaiting_panel.html"
    order = 60

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        """The first of them, and how many there are."""
        waiting = Poster.objects.administered_by(self.request.user).filter(status=WAITING)
        first = waiting.select_related("contest", "establishment", "file")
        return {
            "posters": first.order_by("submitted_at", "pk")[:SHOWN],
            "total": waiting.count(),
        }
