"""The tally of a closed round, in Wagtail's admin: for the commission, without whose posters."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contest.jury.charts import columns_of, scale_in_words
from contest.jury.enums import Stage
from contest.jury.tally_page import tally_of

from .round_admin import RoundAdminView


class RoundTallyView(RoundAdminView):
    """Places and what explains them, from the close on and never before.

    Whose posters they are shows on demand only: the commission deliberates on posters.
    """

    http_method_names = ["get", "head", "options"]
    template_name = "contest/admin/jury/round_tally.html"
    page_title = gettext_lazy("Places")
    header_icon = "list-ol"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The page."""
        if self.stage not in (Stage.CLOSED, Stage.TALLIED):
            return self.refuse(_("The places are shown once the round is closed, and not before."))
        return render(request, self.template_name, self.get_context_data())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The tally."""
        names = self.request.GET.get("jurors") == "1"
        tally = tally_of(self.round, names=names)
        return super().get_context_data(
            tally=tally,
            rules=tally.result.rules,
            columns=columns_of(tally.result.rules),
            scale=scale_in_words(tally.result.rules),
            shows_establishments=self.request.GET.get("establishments") == "1",
            shows_names=names,
            is_counted=self.stage == Stage.TALLIED,
            **kwargs,
        )
