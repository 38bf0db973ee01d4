"""The review screen: a fiche to read, and one decision to take."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.views.generic import TemplateView

from campaigns.models import Action


class ReviewView(TemplateView):
    """The version handed in, its history, and the decisions open to the reader."""

    template_name = "campaigns/admin/review.html"
    action: Action

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the fiche among those that the reader reviews.

        Raises:
            Http404: it is not one of them.
        """
        super().setup(request, *args, **kwargs)
        self.action = get_object_or_404(Action.objects.reviewable_by(request.user), pk=kwargs["pk"])
