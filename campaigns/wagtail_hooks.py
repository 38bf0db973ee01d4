"""What the campaigns app adds to Wagtail's admin."""

from __future__ import annotations

from django.urls import URLPattern, path
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry

from .history import ACT_LABELS
from .views.review import ReviewView


@hooks.register("register_log_actions")
def register_log_actions(actions: LogActionRegistry) -> None:
    """Let Wagtail's log keep, and name, the acts on a fiche."""
    for act, label in ACT_LABELS.items():
        actions.register_action(act, label, label)


@hooks.register("register_admin_urls")
def register_admin_urls() -> list[URLPattern]:
    """The review screen."""
    return [path("fiches/<int:pk>/", ReviewView.as_view(), name="action_review")]
