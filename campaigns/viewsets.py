"""Fiches-actions in Wagtail's admin."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.snippets.views.snippets import DeleteView, SnippetViewSet

from campaigns.admin.action_filters import ActionFilterSet
from campaigns.admin.action_form import ACTION_PANELS
from campaigns.admin.action_list import ActionListView
from campaigns.admin.action_views import ActionEditView, ClosedView
from campaigns.models import Action
from establishments.scoping import ScopedObject


class ActionDeleteView(ScopedObject, DeleteView):
    """For administrators only, as the policy says."""

    scoped_actions = ("delete",)


class ActionViewSet(SnippetViewSet):
    """A list that leads to the review screen, and the editors' form."""

    model = Action
    icon = "form"
    menu_label = _("Fiches-actions")
    menu_order = 150
    add_to_admin_menu = True
    copy_view_enabled = False
    list_per_page = 30
    filterset_class = ActionFilterSet
    edit_handler = ACTION_PANELS

    index_results_template_name = "campaigns/admin/fiches_results.html"

    index_view_class = ActionListView
    edit_view_class = ActionEditView
    delete_view_class = ActionDeleteView

    add_view_class = ClosedView
    usage_view_class = ClosedView
    history_view_class = ClosedView
    revisions_compare_view_class = ClosedView
    revisions_revert_view_class = ClosedView
    revisions_unschedule_view_class = ClosedView
    unpublish_view_class = ClosedView
    lock_view_class = ClosedView
    unlock_view_class = ClosedView
    workflow_action_view_class = ClosedView
    collect_workflow_action_data_view_class = ClosedView
    confirm_workflow_cancellation_view_class = ClosedView
    workflow_history_view_class = ClosedView
    workflow_history_detail_view_class = ClosedView

    @property
    def menu_url(self) -> str:
        """The menu leads to what waits; observers, who have no such tab, find all their fiches."""
        return f"{reverse(self.get_url_name('list'))}?only=waiting"

    def register_chooser_viewset(self) -> None:
        """No chooser: nothing points to a fiche, and it would list every one."""
