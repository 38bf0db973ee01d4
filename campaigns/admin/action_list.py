"""The list of fiches: what waits for its reader, since when, and what to do about many of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, cast

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext, gettext_lazy
from wagtail.admin.ui.tables import BaseColumn, Column, DateColumn, StatusTagColumn, TitleColumn
from wagtail.snippets.views.snippets import IndexView

from campaigns import access
from campaigns.awaiting import with_unanswered
from campaigns.dates import day_in_words
from campaigns.deciding_together import offered_to
from campaigns.enums import REVIEW_STATUSES, Status
from campaigns.models import Action
from campaigns.phases import local_day
from campaigns.waiting import near_deadline, since_in_words
from establishments.scoping import ScopedListing

from .action_views import review_url

if TYPE_CHECKING:
    from accounts.models import User
    from campaigns.querysets import ActionQuerySet

IN_HAND = (*REVIEW_STATUSES, Status.CHANGES_REQUESTED)
"""The statuses whose age and deadline matter: somebody is to do something."""


def status_in_list(action: Action) -> str:
    """The status, saying too where an earlier version stays public."""
    label = str(Status(action.status).label)
    if action.live and action.status != Status.PUBLISHED:
        return gettext("%(status)s (already published)") % {"status": label}
    return label


class TickColumn(BaseColumn):
    """A box to tick, which works without JavaScript."""

    header_template_name = "campaigns/admin/tick_header.html"
    cell_template_name = "campaigns/admin/tick_cell.html"


class FicheColumn(TitleColumn):
    """The title, and below it on a phone what the columns left out there say.

    `get_facts` gives the words of a line; the parts that are empty are left out.
    """

    cell_template_name = "campaigns/admin/fiche_cell.html"

    def __init__(self, *args: Any, get_facts: Callable[[Any], list[str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._get_facts = get_facts

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> dict[str, Any]:
        """The title’s, and the facts."""
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        return {**context, "facts": list(filter(None, self._get_facts(instance)))}


class ActionListView(ScopedListing, IndexView):
    """The fiches that the reader reviews or observes; each leads to the review screen."""

    search_fields = ["title", "summary", "establishment__name", "establishment__uai"]
    default_ordering = "-status_changed_at"
    search_backend_name = None

    def get_ordering(self) -> Any:
        """What waits is read from the oldest, all else from the latest."""
        if self.shows_waiting and "ordering" not in self.request.GET:
            return "status_changed_at"
        return super().get_ordering()

    @cached_property
    def shows_waiting(self) -> bool:
        """Whether the list is narrowed to what waits for its reader."""
        return "waiting" in self.request.GET.getlist("only")

    @cached_property
    def reader_reviews(self) -> bool:
        """Whether the reader is a reviewer, rather than an observer."""
        return access.is_reviewer(self.request.user)

    def get_base_queryset(self) -> QuerySet[Action]:
        """The rows listed, with all that a line shows."""
        fiches = self.rows_within_reach().select_related("campaign", "establishment__network")
        if self.reader_reviews:
            fiches = with_unanswered(cast("ActionQuerySet", fiches)).prefetch_related("labels")
        return fiches

    @cached_property
    def columns(self) -> list[BaseColumn]:
        """One line a fiche; observers know of publications, not of how a review goes."""
        return [*self._fiche_columns(), *self._progress_columns()]

    def _fiche_columns(self) -> list[BaseColumn]:
        ticks = [TickColumn("tick", label="", width="3rem")] if self.reader_reviews else []
        return [
            *ticks,
            FicheColumn(
                "title",
                label=gettext_lazy("Title"),
                get_url=review_url,
                get_facts=self._facts,
                sort_key="title",
                classname="fiche-title",
            ),
            Column(
                "establishment",
                label=gettext_lazy("Establishment"),
                sort_key="establishment__name",
                classname="fiche-aside",
            ),
            Column("establishment.network", label=gettext_lazy("Network"), classname="fiche-aside"),
            Column("campaign", label=gettext_lazy("Edition"), classname="fiche-aside fiche-far"),
        ]

    def _progress_columns(self) -> list[BaseColumn]:
        if not self.reader_reviews:
            return [
                DateColumn(
                    "last_published_at",
                    label=gettext_lazy("Published"),
                    sort_key="last_published_at",
                    classname="fiche-aside",
                )
            ]
        return [
            StatusTagColumn(
                "status",
                label=gettext_lazy("Status"),
                accessor=status_in_list,
                primary=lambda action: action.status == Status.PUBLISHED,
                sort_key="status",
                classname="fiche-aside",
            ),
            Column(
                "status_changed_at",
                label=gettext_lazy("Since"),
                accessor=self._age,
                sort_key="status_changed_at",
                classname="fiche-aside",
            ),
            Column(
                "to_note",
                label=gettext_lazy("To note"),
                accessor=self._to_note,
                classname="fiche-aside",
            ),
        ]

    def _facts(self, action: Action) -> list[str]:
        """What the columns say, in the order of their weight."""
        if not self.reader_reviews:
            since = action.last_published_at
            return [str(action.establishment), day_in_words(local_day(since)) if since else ""]
        return [
            f"{status_in_list(action)}, {self._age(action)}",
            str(action.establishment),
            self._to_note(action),
        ]

    @cached_property
    def _now(self) -> Any:
        return timezone.now()

    def _age(self, action: Action) -> str:
        return since_in_words(action.status_changed_at, self._now)

    def _to_note(self, action: Any) -> str:
        """What singles the fiche out, in a few words."""
        notes = []
        if action.status in IN_HAND:
            notes.append(near_deadline(action.campaign.calendar, self._now))
        if action.is_unanswered:
            notes.append(gettext("message without an answer"))
        if action.live and action.featured_at is not None:
            notes.append(gettext("on the front page"))
        notes += [label.name for label in action.labels.all()]
        return " · ".join(filter(None, notes))

    def get_list_buttons(self, instance: Action) -> list[Any]:
        """None: the title leads to the one place where something can be done."""
        return []

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The list, its tabs, and what can be decided about many fiches."""
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        if self.reader_reviews:
            reader = cast("User", self.request.user)
            context["tabs"] = self._tabs(reader)
            context["together"] = offered_to(reader)
        return context

    def _tabs(self, reader: User) -> list[dict[str, Any]]:
        return [
            {
                "label": gettext("Waiting for you"),
                "url": f"{self.index_url}?only=waiting",
                "count": Action.objects.awaiting(reader).count(),
                "is_current": self.shows_waiting,
            },
            {
                "label": gettext("All fiches"),
                "url": self.index_url,
                "count": self.rows_within_reach().count(),
                "is_current": not self.shows_waiting,
            },
        ]
