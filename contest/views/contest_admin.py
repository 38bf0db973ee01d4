"""What the admin's pages on one contest have in common."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from contest import wall
from contest.models import ContestPage


class ContestAdminView(WagtailAdminTemplateMixin, TemplateView):
    """A page on one contest, for the editors of the académie that runs it; others know of none."""

    header_icon = "image"
    contest: ContestPage

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the contest among those that the reader runs.

        Raises:
            Http404: it is not one of them.
        """
        super().setup(request, *args, **kwargs)
        self.contests = wall.contests_run_by(request.user)
        found = [contest for contest in self.contests if contest.pk == kwargs["contest_pk"]]
        if not found:
            raise Http404("No such contest among those of the reader")
        self.contest = found[0]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The contest, and the others to go to."""
        others = [contest for contest in self.contests if contest.pk != self.contest.pk]
        return super().get_context_data(
            contest=self.contest, edition=self.contest.edition, other_contests=others, **kwargs
        )

    def get_page_subtitle(self) -> str:
        """The edition: contests are mostly called alike."""
        return str(self.contest.edition.title)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """The page, with its edition."""
        return [
            *super().get_breadcrumbs_items(),
            {"url": "", "label": self.get_page_title(), "sublabel": self.get_page_subtitle()},
        ]
