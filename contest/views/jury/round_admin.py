"""What the admin's pages on one round of a jury have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from wagtail.admin import messages

from contest.jury.enums import STAGE_LABELS, Stage
from contest.models import Round
from contest.views.contest_admin import ContestAdminView

if TYPE_CHECKING:
    from accounts.models import User


def tell_of_errors(request: HttpRequest) -> None:
    """Say at the top of a page, which may be long, that something below is to be mended."""
    messages.error(request, _("Nothing is saved: mend what is marked below."))


class RoundAdminView(ContestAdminView):
    """A page on one round, for the editors who run its contest; others know of none.

    Attributes:
        round: the round.
        now: the instant of the request.
        stage: where the round stands then.
    """

    header_icon = "group"
    round: Round

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the round among those of the contest.

        Raises:
            Http404: it is not one of them.
        """
        super().setup(request, *args, **kwargs)
        found = (
            Round.objects.filter(pk=kwargs["round_pk"], category__contest=self.contest)
            .select_related("category")
            .first()
        )
        if found is None:
            raise Http404("No such round of this contest")
        found.category.contest = self.contest
        self.round = found
        self.now = timezone.now()
        self.stage = found.stage(self.now)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The answer, which no cache keeps: it changes with every ballot."""
        return cast("HttpResponse", never_cache(super().dispatch)(request, *args, **kwargs))

    @property
    def user(self) -> User:
        """Who acts."""
        return cast("User", self.request.user)

    def address(self, name: str, *more: Any) -> str:
        """The address of a page on the round."""
        return reverse(name, args=[self.contest.pk, self.round.pk, *more])

    def back(self, name: str = "jury_round_progress") -> HttpResponseRedirect:
        """After an act: to a page that may be loaded again."""
        return HttpResponseRedirect(self.address(name))

    def refuse(self, told: str, name: str = "jury_round_progress") -> HttpResponseRedirect:
        """Say why nothing was done, on the page where the reader can see how things stand."""
        messages.error(self.request, told)
        return self.back(name)

    def get_page_subtitle(self) -> str:
        """The round with its category."""
        return str(self.round)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The round and its stage."""
        return super().get_context_data(
            round=self.round,
            stage=str(self.stage),
            stage_label=STAGE_LABELS[self.stage],
            is_closed=self.stage in (Stage.CLOSED, Stage.TALLIED),
            **kwargs,
        )
