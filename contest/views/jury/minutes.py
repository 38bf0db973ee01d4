"""The minutes of a jury, for the editors who run its contest."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from contest.jury.minutes import minutes_of
from contest.printing.minutes import minutes_pdf
from contest.views.contest_admin import ContestAdminView
from home.typesetting.typeset import CannotTypeset


class MinutesView(ContestAdminView):
    """A PDF, made anew each time: it says how things stand."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The file, to be saved."""
        try:
            content = minutes_pdf(minutes_of(self.contest, timezone.now()))
        except CannotTypeset:
            messages.error(
                request, _("The minutes could not be laid out. Ask the site’s administrator.")
            )
            return HttpResponseRedirect(reverse("jury_awards", args=[self.contest.pk]))
        response = HttpResponse(content, content_type="application/pdf")
        name = f"proces-verbal-{self.contest.edition.slug}.pdf"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        response["X-Content-Type-Options"] = "nosniff"
        response["Cache-Control"] = "private, no-store"
        return response
