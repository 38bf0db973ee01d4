"""The labels of the review in Wagtail's admin: each académie's editors name and delete theirs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views import snippets

from campaigns.admin.vocabularies import TermForm
from campaigns.models import ReviewLabel
from establishments.permissions import edited_academy_ids
from establishments.scoping import AcademyPolicy, ScopedHistory, ScopedListing, ScopedObject

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser
    from django.db.models import QuerySet

    from accounts.models import User


class LabelPolicy(AcademyPolicy):
    """An académie's editors do all with its labels, by their role; nobody else anything."""

    def user_has_permission(self, user: User | AnonymousUser, action: str) -> bool:
        """Whether `user` edits an académie at all."""
        return bool(user.is_active and (user.is_superuser or edited_academy_ids(user)))

    def user_has_any_permission(self, user: User | AnonymousUser, actions: Iterable[str]) -> bool:
        """Likewise: every act is theirs."""
        return self.user_has_permission(user, "view")


class LabelListView(ScopedListing, snippets.IndexView):
    """The labels within reach."""

    def get_base_queryset(self) -> QuerySet[ReviewLabel]:
        """With their académie, which the list names."""
        return super().get_base_queryset().select_related("academy")


class LabelEditView(ScopedObject, snippets.EditView):
    """Rename a label."""

    scoped_actions = ("change",)


class LabelDeleteView(ScopedObject, snippets.DeleteView):
    """Delete a label; the fiches stay."""

    scoped_actions = ("delete",)


class LabelHistoryView(ScopedHistory, snippets.HistoryView):
    """Who changed a label."""


class LabelUsageView(ScopedHistory, snippets.UsageView):
    """Where a label is used."""


class ReviewLabelViewSet(snippets.SnippetViewSet):
    """The labels of the review."""

    model = ReviewLabel
    icon = "tag"
    menu_label = _("Labels of the review")
    menu_order = 330
    add_to_settings_menu = True
    list_display = ["name", "academy"]
    search_fields = ["name"]
    copy_view_enabled = False
    index_view_class = LabelListView
    edit_view_class = LabelEditView
    delete_view_class = LabelDeleteView
    history_view_class = LabelHistoryView
    usage_view_class = LabelUsageView
    edit_handler = ObjectList([FieldPanel("name"), FieldPanel("academy")], base_form_class=TermForm)

    def register_chooser_viewset(self) -> None:
        """No chooser: labels are ticked on the review screen."""


register_permission_policy(ReviewLabel, LabelPolicy(ReviewLabel))
register_snippet(ReviewLabelViewSet)
