"""The vocabularies in Wagtail's admin; registered in `campaigns.wagtail_hooks`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views import chooser, snippets

from campaigns.models.terms import Term
from campaigns.term_permissions import VOCABULARIES, is_own
from establishments.models import Academy
from establishments.scoping import (
    ScopedChooser,
    ScopedHistory,
    ScopedListing,
    ScopedObject,
    rows_to_choose_from,
)

if TYPE_CHECKING:
    from django.db.models import QuerySet


class TermForm(WagtailAdminModelForm):
    """The form of one entry: editors put it in an académie of theirs, never in the core."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        academy = self.fields.get("academy")
        if academy is None or self.for_user is None or self.for_user.is_superuser:
            return
        academy.queryset = rows_to_choose_from(self.for_user, Academy)
        academy.required = True
        academy.empty_label = None
        academy.help_text = ""


class TermListView(ScopedListing, snippets.IndexView):
    """The entries within reach; those of the core are not links for editors."""

    def get_base_queryset(self) -> QuerySet[Any]:
        """The entries with their académie, which the list names."""
        return super().get_base_queryset().select_related("academy")

    def get_edit_url(self, instance: Term) -> str | None:
        """Where `instance` is changed, by whoever may."""
        url: str | None = super().get_edit_url(instance)
        return url if is_own(instance, self.request.user) else None


class TermEditView(ScopedObject, snippets.EditView):
    """Change an entry of one's own académie."""

    scoped_actions = ("change",)


class TermDeleteView(ScopedObject, snippets.DeleteView):
    """Delete an entry; administrators only."""

    scoped_actions = ("delete",)


class TermHistoryView(ScopedHistory, snippets.HistoryView):
    """Who changed an entry."""


class TermUsageView(ScopedHistory, snippets.UsageView):
    """Where an entry is used."""


class TermChooseView(ScopedChooser, chooser.ChooseView):
    """The chooser's first page."""


class TermChooseResultsView(ScopedChooser, chooser.ChooseResultsView):
    """The chooser's other pages."""


class TermChosenView(ScopedChooser, chooser.SnippetChosenView):
    """The entry that was chosen."""


class TermChosenMultipleView(ScopedChooser, chooser.SnippetChosenMultipleView):
    """The entries that were chosen."""


class TermChooserViewSet(chooser.SnippetChooserViewSet):
    """Choosing an entry shows those within reach only."""

    choose_view_class = TermChooseView
    choose_results_view_class = TermChooseResultsView
    chosen_view_class = TermChosenView
    chosen_multiple_view_class = TermChosenMultipleView


def origin_of(term: Term) -> str:
    """Whose entry `term` is."""
    return str(term.academy or _("Shared core"))


class TermViewSet(snippets.SnippetViewSet):
    """One vocabulary."""

    icon = "tag"
    list_display = [
        "label",
        Column("academy", label=_("Belongs to"), accessor=origin_of, sort_key="academy__name"),
        "order",
        BooleanColumn("is_active", label=_("Offered")),
    ]
    search_fields = ["label"]
    list_per_page = 50
    ordering = ["order", "label"]
    copy_view_enabled = False
    index_view_class = TermListView
    edit_view_class = TermEditView
    delete_view_class = TermDeleteView
    history_view_class = TermHistoryView
    usage_view_class = TermUsageView
    chooser_viewset_class = TermChooserViewSet
    edit_handler = ObjectList(
        [
            FieldPanel("label"),
            FieldPanel("academy"),
            FieldPanel("order"),
            FieldPanel("is_active"),
        ],
        base_form_class=TermForm,
    )


def _viewset_of(model: type[Term]) -> TermViewSet:
    return type(f"{model.__name__}ViewSet", (TermViewSet,), {"model": model})()


class VocabularyGroup(snippets.SnippetViewSetGroup):
    """The menu entry "Vocabularies"."""

    menu_label = _("Vocabularies")
    menu_name = "vocabularies"
    menu_icon = "tag"
    menu_order = 320
    items = tuple(_viewset_of(model) for model in VOCABULARIES)


register_snippet(VocabularyGroup)
