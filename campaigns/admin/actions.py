"""Fiches in Wagtail's admin: their list and form, the review screen, what waits on entering."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.templatetags.static import static
from django.urls import URLPattern, path
from django.utils.html import format_html_join
from wagtail import hooks
from wagtail.admin.views.home import (
    UserObjectsInWorkflowModerationPanel,
    WorkflowObjectsToModeratePanel,
)
from wagtail.log_actions import LogActionRegistry
from wagtail.snippets.models import register_snippet

from campaigns.access import is_reviewer
from campaigns.enums import Status
from campaigns.history import ACT_LABELS
from campaigns.models import Action
from campaigns.views.review import ReviewView
from campaigns.views.review_editors import FeatureView, MergeView
from campaigns.views.review_side import LabelView, ReviewMessageView
from campaigns.views.review_together import DecideTogetherView
from campaigns.viewsets import ActionViewSet
from establishments.permissions import edited_academy_ids

from .action_views import SaveCorrectionItem
from .dashboard import AwaitingPanel

if TYPE_CHECKING:
    from django.http import HttpRequest

register_snippet(ActionViewSet)


@hooks.register("register_log_actions")
def register_log_actions(actions: LogActionRegistry) -> None:
    """Let Wagtail's log keep, and name, the acts on a fiche."""
    for act, label in ACT_LABELS.items():
        actions.register_action(act, label, label)


@hooks.register("register_admin_urls")
def register_admin_urls() -> list[URLPattern]:
    """The review screen, and what is done from it."""
    return [
        path("fiches/<int:pk>/", ReviewView.as_view(), name="action_review"),
        path("fiches/<int:pk>/messages/", ReviewMessageView.as_view(), name="action_message"),
        path("fiches/<int:pk>/une/", FeatureView.as_view(), name="action_feature"),
        path("fiches/<int:pk>/fusion/", MergeView.as_view(), name="action_merge"),
        path("fiches/<int:pk>/etiquettes/", LabelView.as_view(), name="action_labels"),
        path(
            "fiches/ensemble/<slug:decision>/",
            DecideTogetherView.as_view(),
            name="actions_together",
        ),
    ]


@hooks.register("construct_homepage_panels")
def show_what_waits(request: HttpRequest, panels: list[Any]) -> None:
    """Put the fiches that wait in the place of Wagtail's panels, which lead to a closed editor."""
    workflow_panels = (WorkflowObjectsToModeratePanel, UserObjectsInWorkflowModerationPanel)
    panels[:] = [panel for panel in panels if not isinstance(panel, workflow_panels)]
    if is_reviewer(request.user):
        panels.append(AwaitingPanel(request))


@hooks.register("construct_main_menu")
def leave_out_help_about_pages(request: HttpRequest, menu_items: list[Any]) -> None:
    """Wagtail's help is about pages: leave it out for those who have none to edit."""
    if not edited_academy_ids(request.user) and not request.user.is_superuser:
        menu_items[:] = [item for item in menu_items if item.name != "help"]


@hooks.register("insert_global_admin_css")
def insert_style() -> str:
    """The style of the list and of the review screen."""
    return format_html_join(
        "",
        '<link rel="stylesheet" href="{}">',
        ((static(f"css/{name}.css"),) for name in ("fiche_list", "review")),
    )


@hooks.register("construct_snippet_action_menu")
def leave_only_saving(menu_items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    """In a fiche's form, offer to save: everything else is a decision of the review screen."""
    if context["model"] is Action:
        is_public = context["instance"].status == Status.PUBLISHED
        menu_items[:] = [SaveCorrectionItem(is_public=is_public)]
