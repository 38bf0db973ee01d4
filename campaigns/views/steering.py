"""The dashboard of an edition in Wagtail's admin: figures, who answered, reminders, spreadsheets.

Everybody sees their own part of the territory; who has none finds nothing here.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from campaigns.answer_reminders import is_time, last_reminders, to_remind
from campaigns.editions import foremost
from campaigns.models import CampaignPage
from campaigns.steering.answers import (
    ANSWER_LABELS,
    OBSERVED_LABELS,
    Given,
    Narrowing,
    answers_given,
    schools_of,
    territory,
)
from campaigns.steering.breakdowns import kind_label
from campaigns.steering.dashboard import Dashboard, dashboard_of
from campaigns.steering.numbers import read_numbers
from campaigns.steering.scope import Reach, Role, Scope, reach_of
from campaigns.steering.tasks import remind_silent
from campaigns.steering.wording import scope_in_words
from campaigns.steering.workbook import write_figures, write_schools
from establishments.enums import Kind

if TYPE_CHECKING:
    from accounts.models import User
    from establishments.models import Establishment

A_PAGE = 50
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ROLE = "role"
ROLE_LABELS = {
    Role.EDITOR: gettext_lazy("As editor"),
    Role.LEAD: gettext_lazy("As network lead"),
    Role.OBSERVER: gettext_lazy("As observer"),
}


class SteeringView(WagtailAdminTemplateMixin, TemplateView):
    """A page on one edition, in one scope of the reader."""

    header_icon = "table"
    edition: CampaignPage
    scope: Scope
    reach: Reach

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the edition among those that the reader steers, and their part of it.

        Raises:
            Http404: it is not one of them.
        """
        super().setup(request, *args, **kwargs)
        self.now = timezone.now()
        self.reach = reach_of(request.user)
        editions = self.reach.shown()
        found = next((one for one in editions if one.pk == kwargs["edition_pk"]), None)
        if found is None:
            raise Http404("No such edition among those that the reader steers")
        self.edition = found
        self.scopes = self.reach.scopes_of(found)
        asked = request.GET.get(ROLE, "")
        self.scope = next((one for one in self.scopes if one.role == asked), self.scopes[0])

    @cached_property
    def asked(self) -> Narrowing:
        """Which establishments the address asks for."""
        return Narrowing.read(self.request.GET)

    @property
    def role_query(self) -> str:
        """What keeps the scope in an address, where the reader has several."""
        return urlencode({ROLE: self.scope.role}) if len(self.scopes) > 1 else ""

    def address(self, name: str) -> str:
        """An address of this edition in the same scope."""
        return _joined(reverse(name, args=[self.edition.pk]), self.role_query)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The edition and its scope, and the others to go to."""
        return super().get_context_data(
            edition=self.edition,
            scope=self.scope,
            scope_words=scope_in_words(self.scope),
            roles=[(one.role, ROLE_LABELS[one.role]) for one in self.scopes],
            other_editions=[one for one in self.reach.shown() if one.pk != self.edition.pk],
            role_query=self.role_query,
            now=self.now,
            is_time=self.scope.may_remind and is_time(self.edition, self.now),
            **kwargs,
        )

    def get_page_subtitle(self) -> str:
        """The edition."""
        return str(self.edition.title)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """The page, with its edition."""
        return [
            *super().get_breadcrumbs_items(),
            {"url": "", "label": self.get_page_title(), "sublabel": self.get_page_subtitle()},
        ]

    def dashboard(self) -> tuple[Dashboard, Any]:
        """The figures, and what they were made of."""
        previous = self.reach.previous(self.edition, self.scope)
        numbers = read_numbers(self.scope, self.edition, previous, self.now)
        return dashboard_of(numbers), numbers


class SteeringHomeView(WagtailAdminTemplateMixin, TemplateView):
    """Leads to the edition of the moment; says so where there is none."""

    template_name = "campaigns/admin/steering_empty.html"
    page_title = gettext_lazy("Steering")
    header_icon = "table"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Lead on.

        Raises:
            Http404: the reader steers nothing.
        """
        reach = reach_of(request.user)
        if not reach.scopes:
            raise Http404("The reader steers nothing")
        edition = foremost(reach.shown(), timezone.now())
        if edition is None:
            return render(request, self.template_name, self.get_context_data())
        return redirect("steering", edition.pk)


class DashboardView(SteeringView):
    """The figures of an edition."""

    http_method_names = ["get", "head", "options"]
    template_name = "campaigns/admin/steering.html"
    page_title = gettext_lazy("Steering")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Key numbers and figures."""
        dashboard, numbers = self.dashboard()
        return super().get_context_data(
            dashboard=dashboard, previous=numbers.previous, counted_at=numbers.now, **kwargs
        )


class FiguresWorkbookView(SteeringView):
    """One figure, or all of them, for a spreadsheet."""

    http_method_names = ["get"]

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """The file.

        Raises:
            Http404: there is no such figure in this scope.
        """
        dashboard, numbers = self.dashboard()
        key = kwargs.get("figure")
        figure = dashboard.figure(key) if key else None
        if key and figure is None:
            raise Http404("No such figure")
        target = io.BytesIO()
        write_figures(target, [figure] if figure else dashboard.figures, dashboard, numbers)
        return _file(target, f"{key or 'pilotage'}-{self.edition.slug}.xlsx")


@dataclass(frozen=True)
class Line:
    """An establishment of the list: what it has given, what it is, when it was last reminded."""

    establishment: Establishment
    given: Given
    kind: str
    reminded_at: datetime | None


class AnswersView(SteeringView):
    """The establishments that answered, and those that did not."""

    http_method_names = ["get", "head", "options"]
    template_name = "campaigns/admin/steering_answers.html"
    page_title = gettext_lazy("Establishments")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The lines that the filters keep."""
        answers = answers_given(self.scope, self.edition, self.now)
        around = territory(self.scope, self.asked, answers)
        page = Paginator(around.keys, A_PAGE).get_page(self.request.GET.get("page"))
        schools = schools_of(list(page.object_list))
        reminded = {}
        if self.scope.may_remind:
            reminded = last_reminders(self.edition, [school.pk for school in schools])
        return super().get_context_data(
            page_obj=page,
            lines=[
                Line(
                    school,
                    answers.get(school.pk, Given()),
                    kind_label(school.kind),
                    reminded.get(school.pk),
                )
                for school in schools
            ],
            asked=self.asked,
            answers=(ANSWER_LABELS if self.scope.sees_progress else OBSERVED_LABELS).items(),
            territory=around,
            kinds=[(kind.value, kind.label) for kind in Kind if kind != Kind.ADMINISTRATION],
            kept="&".join(filter(None, [self.asked.query, self.role_query])),
            **kwargs,
        )


class AnswersWorkbookView(SteeringView):
    """The same list for a spreadsheet."""

    http_method_names = ["get"]

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """The file."""
        target = io.BytesIO()
        write_schools(target, self.scope, self.edition, self.asked, self.now)
        return _file(target, f"etablissements-{self.edition.slug}.xlsx")


class RemindView(SteeringView):
    """Ask once more, then have the reminders written by the task worker."""

    http_method_names = ["get", "head", "options", "post"]
    template_name = "campaigns/admin/steering_remind.html"
    page_title = gettext_lazy("Remind the establishments")
    header_icon = "mail"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Only for who may write to establishments.

        Raises:
            Http404: the reader is an observer.
        """
        super().setup(request, *args, **kwargs)
        if not self.scope.may_remind:
            raise Http404("Observers write to nobody")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Whom it concerns."""
        reached, recent, unreached = self.concerned()
        return super().get_context_data(
            total=len(reached),
            recent=recent,
            unreached=unreached,
            asked=self.asked,
            back=self.back(),
            **kwargs,
        )

    def concerned(self) -> tuple[list[Establishment], int, int]:
        """Whom the reminder would reach, how many were reminded lately or have no mailbox."""
        return to_remind(self.scope, self.edition, self.asked, self.now)

    def back(self) -> str:
        """The list that the reader comes from."""
        return _joined(self.address("steering_answers"), self.asked.query)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Queue the mails."""
        if not is_time(self.edition, self.now):
            messages.error(
                request, _("The call is not open: there is nothing to remind of any more.")
            )
            return redirect(self.back())
        reached, _recent, _unreached = self.concerned()
        if reached:
            user = cast("User", request.user)
            remind_silent.enqueue(self.edition.pk, user.pk, str(self.scope.role), self.asked.query)
        messages.success(
            request,
            ngettext(
                "A reminder is on its way to %(n)d establishment.",
                "A reminder is on its way to %(n)d establishments.",
                len(reached),
            )
            % {"n": len(reached)},
        )
        return redirect(self.back())


def _joined(address: str, query: str) -> str:
    return f"{address}{'&' if '?' in address else '?'}{query}" if query else address


def _file(target: io.BytesIO, name: str) -> HttpResponse:
    response = HttpResponse(target.getvalue(), content_type=WORKBOOK)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response
