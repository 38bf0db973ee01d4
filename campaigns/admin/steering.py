"""The dashboard in Wagtail's admin: its entry in the menu, its addresses, its act in the log."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.templatetags.static import static
from django.urls import URLPattern, path, register_converter, reverse_lazy
from django.urls.converters import StringConverter
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from campaigns.answer_reminders import ACT
from campaigns.steering.definitions import TITLES
from campaigns.steering.scope import steers
from campaigns.views.steering import (
    AnswersView,
    AnswersWorkbookView,
    DashboardView,
    FiguresWorkbookView,
    RemindView,
    SteeringHomeView,
)

if TYPE_CHECKING:
    from django.http import HttpRequest
    from wagtail.log_actions import LogActionRegistry

STYLES = ("figures", "steering")


class FigureConverter(StringConverter):
    """A figure that a dashboard may have."""

    regex = "|".join(TITLES)


register_converter(FigureConverter, "figure_key")


@hooks.register("register_admin_urls")
def steering_urls() -> list[URLPattern]:
    """The dashboard of each edition, its list of establishments, its files."""
    base = "pilotage/<int:edition_pk>/"
    schools = f"{base}etablissements"
    return [
        path("pilotage/", SteeringHomeView.as_view(), name="steering_home"),
        path(base, DashboardView.as_view(), name="steering"),
        path(f"{base}pilotage.xlsx", FiguresWorkbookView.as_view(), name="steering_workbook"),
        path(
            f"{base}<figure_key:figure>.xlsx",
            FiguresWorkbookView.as_view(),
            name="steering_figure_workbook",
        ),
        path(f"{schools}/", AnswersView.as_view(), name="steering_answers"),
        path(f"{schools}.xlsx", AnswersWorkbookView.as_view(), name="steering_answers_workbook"),
        path(f"{schools}/rappel/", RemindView.as_view(), name="steering_remind"),
    ]


class SteeringMenuItem(MenuItem):
    """Leads those who steer, and no other, to their figures."""

    def is_shown(self, request: HttpRequest) -> bool:
        """To editors, network leads and observers."""
        return steers(request.user)


@hooks.register("register_admin_menu_item")
def menu_item() -> SteeringMenuItem:
    """The entry of the main menu."""
    return SteeringMenuItem(
        _("Steering"),
        reverse_lazy("steering_home"),
        name="steering",
        icon_name="table",
        order=190,
    )


class SteeringPanel(Component):
    """The way to the figures from the first page of the admin, which observers find empty else."""

    name = "steering"
    template_name = "campaigns/admin/steering_panel.html"
    order = 60


@hooks.register("construct_homepage_panels")
def show_the_way(request: HttpRequest, panels: list[Component]) -> None:
    """To those who steer, and no other."""
    if steers(request.user):
        panels.append(SteeringPanel())


@hooks.register("insert_global_admin_css")
def insert_style() -> str:
    """The style of figures and of the dashboard."""
    return format_html_join(
        "", '<link rel="stylesheet" href="{}">', ((static(f"css/{name}.css"),) for name in STYLES)
    )


@hooks.register("register_log_actions")
def register_log_actions(actions: LogActionRegistry) -> None:
    """Name the reminders in the log."""
    label = _("Establishments reminded of the call")
    actions.register_action(ACT, label, label)
