"""Wagtail's reports that mix académies: for administrators only.

The site history and the two workflow reports list the records of every académie to whoever may
change some record of the same type. These addresses come before Wagtail's own.
"""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.urls import URLPattern, path
from django.views import View
from wagtail.admin.auth import require_admin_access
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.reports.audit_logging import LogEntriesView
from wagtail.admin.views.reports.workflows import WorkflowTasksView, WorkflowView

MIXED_REPORTS = {
    "site-history": LogEntriesView,
    "workflow": WorkflowView,
    "workflow_tasks": WorkflowTasksView,
}
MIXED_MENU_ITEMS = frozenset({"site-history", "workflows", "workflow-tasks"})


class _ForAdministrators(View):
    """Refuses everybody else."""

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        """Let administrators through."""
        if not request.user.is_superuser:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


def _patterns() -> list[URLPattern]:
    patterns = []
    for name, view in MIXED_REPORTS.items():
        guarded: type[View] = type(view.__name__, (_ForAdministrators, view), {})
        for address, results_only in ((f"{name}/", False), (f"{name}/results/", True)):
            patterns.append(
                path(address, require_admin_access(guarded.as_view(results_only=results_only)))
            )
    return patterns


urlpatterns = _patterns()


def hide_mixed_reports(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    """Leave out of the menu what only administrators open."""
    if not request.user.is_superuser:
        menu_items[:] = [item for item in menu_items if item.name not in MIXED_MENU_ITEMS]
