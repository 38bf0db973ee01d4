"""Admitting several posters at once: what was ticked, sorted out, then the admission itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext, gettext_lazy, ngettext
from wagtail.admin import messages

from contest import duplicates, wall
from contest.admission import admit_all
from contest.errors import ContestError, EditConflict, NotPrepared, OutOfTurn
from contest.forms.admission import ticked
from contest.models import Poster

from .admission_wall import may_admit
from .contest_admin import ContestAdminView

if TYPE_CHECKING:
    from accounts.models import User

MOST_TICKED = 100


@dataclass(frozen=True)
class LeftOut:
    """A poster that was ticked and that is not admitted with the others, and why."""

    poster: Poster
    why: str


class AdmitSeveralView(ContestAdminView):
    """What would be admitted, what would not and why; then the admission itself."""

    template_name = "contest/admin/admit_several.html"
    page_title = gettext_lazy("Admit several posters")

    @cached_property
    def narrowing(self) -> wall.Narrowing:
        """What the wall showed."""
        return wall.Narrowing.read(self.request.GET)

    @property
    def wall_url(self) -> str:
        """Back to the wall as it was."""
        return reverse("poster_wall", args=[self.contest.pk]) + self.narrowing.query

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show what was ticked, in two lists."""
        seen = ticked(request.GET.getlist("poster"), MOST_TICKED)
        fit, left = self._sorted_out(seen)
        if not fit and not left:
            messages.warning(request, gettext("Tick at least one poster."))
            return HttpResponseRedirect(self.wall_url)
        return self.render_to_response(
            self.get_context_data(
                fit=[(poster, f"{poster.pk}.{seen[poster.pk]}") for poster in fit],
                left=left,
                wall_url=self.wall_url,
                query=self.narrowing.query,
            )
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Admit those that still may be, and say what became of each."""
        seen = ticked(request.POST.getlist("poster"), MOST_TICKED)
        fit, left = self._sorted_out(seen)
        outcome = admit_all(fit, by=cast("User", request.user), expected_revisions=seen)
        left += [LeftOut(poster, _why_refused(error)) for poster, error in outcome.left]
        if outcome.admitted:
            self._tell_admitted(outcome.admitted)
        if left:
            self._tell_left(left)
        return HttpResponseRedirect(self.wall_url)

    def _sorted_out(self, seen: dict[int, int]) -> tuple[list[Poster], list[LeftOut]]:
        posters = list(
            wall.posters_for(self.request.user, self.contest)
            .filter(pk__in=seen)
            .select_related("establishment", "category", "file")
            .order_by("submitted_at", "pk")
        )
        alike = duplicates.keys_alike(self.contest, posters)
        fit, left = [], []
        for poster in posters:
            poster.contest = self.contest
            why = _why_not(poster, seen[poster.pk], looks_alike=poster.pk in alike)
            if why:
                left.append(LeftOut(poster, why))
            else:
                fit.append(poster)
        return fit, left

    def _tell_admitted(self, admitted: Iterable[Poster]) -> None:
        numbers = sorted(poster.number or 0 for poster in admitted)
        told = ngettext(
            "%(count)d poster is admitted, as number %(numbers)s: its establishment has been told.",
            "%(count)d posters are admitted, as numbers %(numbers)s: their establishments have "
            "been told.",
            len(numbers),
        ) % {"count": len(numbers), "numbers": ", ".join(map(str, numbers))}
        messages.success(self.request, told)

    def _tell_left(self, left: list[LeftOut]) -> None:
        title = ngettext(
            "%(count)d poster is not admitted:", "%(count)d posters are not admitted:", len(left)
        ) % {"count": len(left)}
        lines = format_html_join(
            "",
            '<li><a href="{}">{}</a> – {}</li>',
            (
                (reverse("poster_review", args=[one.poster.pk]), str(one.poster), one.why)
                for one in left
            ),
        )
        messages.warning(self.request, format_html("{}<ul>{}</ul>", title, lines))


def _why_not(poster: Poster, seen: int, *, looks_alike: bool) -> str:
    """Why `poster` cannot be admitted with others; empty where it can."""
    if not may_admit(poster):
        return _why_refused(OutOfTurn())
    if poster.latest_revision_id != seen:
        return _why_refused(EditConflict())
    if poster.file is None or poster.file.prepared_at is None:
        return _why_refused(NotPrepared())
    if looks_alike:
        return gettext("It looks like another poster: decide about it on its own page.")
    return ""


def _why_refused(error: ContestError) -> str:
    if isinstance(error, NotPrepared):
        return gettext("Its pictures are not ready.")
    if isinstance(error, EditConflict):
        return gettext("Its establishment has changed it since: look at it again.")
    return gettext("Something has been decided about it already.")
