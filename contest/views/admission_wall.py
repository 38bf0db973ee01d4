"""The wall of posters that editors decide about."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, cast

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext, gettext_lazy
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.auth import permission_denied

from contest import duplicates, wall
from contest.admission import AT_STATUS
from contest.enums import Decision, PosterStatus
from contest.models import Category, Poster
from contest.poster_checks import flags_of
from establishments.models import Department
from establishments.permissions import edited_academy_ids

from .contest_admin import ContestAdminView

POSTERS_A_PAGE = 30
TICK_ALL = "tick"


class PostersView(View):
    """The menu's entry: on to the contest that matters most now."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Lead to a wall, or say where a contest is created."""
        if not request.user.is_superuser and not edited_academy_ids(request.user):
            return cast("HttpResponse", permission_denied(request))
        contest = wall.foremost_contest(wall.contests_run_by(request.user), timezone.now())
        if contest is not None:
            return HttpResponseRedirect(reverse("poster_wall", args=[contest.pk]))
        messages.info(
            request,
            gettext(
                "There is no poster contest yet. Open the page of an edition, then add a page "
                "of the type “poster contest” below it."
            ),
        )
        return HttpResponseRedirect(reverse("wagtailadmin_explore_root"))


@dataclass(frozen=True)
class Tab:
    """A status to narrow the wall to."""

    label: str
    count: int
    address: str
    is_current: bool


@dataclass(frozen=True)
class Card:
    """A poster on the wall."""

    poster: Poster
    address: str
    flags: list[str]
    tick: str
    is_ticked: bool


class PosterWallView(ContestAdminView):
    """The posters of a contest as pictures, those that wait first."""

    template_name = "contest/admin/poster_wall.html"
    page_title = gettext_lazy("Posters")

    @cached_property
    def categories(self) -> list[Category]:
        """What the wall can be narrowed to."""
        return list(self.contest.categories.all())

    @cached_property
    def departments(self) -> list[Department]:
        """Those that posters come from."""
        return list(
            Department.objects.filter(
                pk__in=self.posters.order_by().values("establishment__department")
            ).order_by("code")
        )

    @cached_property
    def posters(self) -> Any:
        """All that the wall could show."""
        return wall.posters_for(self.request.user, self.contest)

    @cached_property
    def narrowing(self) -> wall.Narrowing:
        """What is asked for, of what there is."""
        asked = wall.Narrowing.read(self.request.GET)
        if asked.category not in {category.pk for category in self.categories}:
            asked = replace(asked, category=None)
        if asked.department not in {department.pk for department in self.departments}:
            asked = replace(asked, department=None)
        return asked

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """One page of posters with their flags, the counts, what the wall can be narrowed by."""
        posters = wall.narrowed(self.posters, self.narrowing).select_related(
            "establishment__department", "category", "file"
        )
        page: Page[Poster] = Paginator(posters, POSTERS_A_PAGE).get_page(self.request.GET.get("p"))
        counts = wall.counts_by_status(self.posters, self.narrowing)
        cards = self._cards(page)
        return super().get_context_data(
            page=page,
            cards=cards,
            has_ticks=any(card.tick for card in cards),
            tabs=self._tabs(counts),
            total=sum(counts.values()),
            narrowing=self.narrowing,
            kept=self.narrowing.values,
            categories=self.categories,
            departments=self.departments,
            orders=[(name, label) for name, (label, _columns) in wall.ORDERS.items()],
            without_filters=self._address(
                wall.Narrowing(status=self.narrowing.status, order=self.narrowing.order)
            ),
            previous=self._page_address(page.previous_page_number()) if page.has_previous() else "",
            following=self._page_address(page.next_page_number()) if page.has_next() else "",
            **kwargs,
        )

    def _address(self, narrowing: wall.Narrowing) -> str:
        return reverse("poster_wall", args=[self.contest.pk]) + narrowing.query

    def _page_address(self, number: int, **more: str) -> str:
        query = self.narrowing.query_with(p=str(number), **more)
        return reverse("poster_wall", args=[self.contest.pk]) + query

    def _tabs(self, counts: dict[str, int]) -> list[Tab]:
        listed: list[PosterStatus | None] = [
            status
            for status in wall.LISTED_STATUSES
            # Rare ends show only where there are some.
            if counts.get(status) or status not in (PosterStatus.WITHDRAWN, PosterStatus.ARCHIVED)
        ]
        return [
            Tab(
                label=str(wall.label_of(status)),
                count=counts.get(status, 0) if status else sum(counts.values()),
                address=self._address(self.narrowing.with_status(status)),
                is_current=status == self.narrowing.status,
            )
            for status in [*listed, None]
        ]

    def _cards(self, page: Page[Poster]) -> list[Card]:
        posters = list(page)
        alike = duplicates.keys_alike(self.contest, posters)
        today = timezone.localdate()
        is_ticked = TICK_ALL in self.request.GET
        for poster in posters:
            poster.contest = self.contest
        return [
            Card(
                poster=poster,
                address=reverse("poster_review", args=[poster.pk]) + self.narrowing.query,
                flags=flags_of(poster, today=today, alike=len(alike.get(poster.pk, []))),
                tick=f"{poster.pk}.{poster.latest_revision_id}" if may_admit(poster) else "",
                is_ticked=is_ticked,
            )
            for poster in posters
        ]


def may_admit(poster: Poster) -> bool:
    """Whether the status of `poster` lets it be admitted."""
    return Decision.ADMIT in AT_STATUS.get(PosterStatus(poster.status), ())
