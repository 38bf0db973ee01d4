"""Choosing an establishment in a form of the admin, among those within reach."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.urls import URLPattern
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.chooser import (
    ChooseResultsView,
    ChooseView,
    ChosenMultipleView,
    ChosenView,
)
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.admin.widgets import BaseChooser

from establishments.models import Establishment
from establishments.scoping import ScopedChooser
from establishments.search import narrow_to
from home.keys import key_in


class EstablishmentSearchForm(BaseFilterForm):
    """The chooser's search, which is ours."""

    q = forms.CharField(
        label=_("Search term"),
        widget=forms.TextInput(attrs={"placeholder": _("Name, UAI or commune")}),
        required=False,
    )

    def filter(self, objects: QuerySet[Establishment]) -> QuerySet[Establishment]:
        """Those that the words typed name; all where nothing was typed."""
        query: str = self.cleaned_data["q"]
        if not query:
            return objects
        self.is_searching, self.search_query = True, query
        return narrow_to(objects, query)


class _Columns:
    """What tells one establishment from another of the same name."""

    filter_form_class = EstablishmentSearchForm

    @property
    def columns(self) -> list[Column]:
        """Title, then UAI and kind."""
        kind = Column("kind", label=_("Kind"), accessor="get_kind_display")
        return [*super().columns, Column("uai", label=_("UAI")), kind]  # type: ignore[misc]


class EstablishmentChooseView(_Columns, ScopedChooser, ChooseView):
    """The window with its list."""


class EstablishmentChooseResultsView(_Columns, ScopedChooser, ChooseResultsView):
    """The list alone, as the search refreshes it."""


class EstablishmentChosenView(ScopedChooser, ChosenView):
    """The answer for one establishment."""


class EstablishmentChosenMultipleView(ScopedChooser, ChosenMultipleView):
    """The answer for several."""


class EstablishmentChooser(BaseChooser):
    """The field with its button; what was sent and is no key shows as nothing chosen."""

    def get_instance(self, value: Any) -> Establishment | None:
        """The establishment of that key: Wagtail's own stumbles over what is none."""
        if isinstance(value, str):
            value = key_in(value)
        chosen: Establishment | None = super().get_instance(value)
        return chosen


class EstablishmentChooserViewSet(ChooserViewSet):
    """Registers itself as the widget of every reference to an establishment."""

    model = Establishment
    icon = "home"
    base_widget_class = EstablishmentChooser
    per_page = 15
    choose_one_text = _("Choose an establishment")
    choose_another_text = _("Choose another establishment")
    edit_item_text = _("Change this establishment")
    choose_view_class = EstablishmentChooseView
    choose_results_view_class = EstablishmentChooseResultsView
    chosen_view_class = EstablishmentChosenView
    chosen_multiple_view_class = EstablishmentChosenMultipleView

    def get_urlpatterns(self) -> list[URLPattern]:
        """All but creation, which needs the full form."""
        return [pattern for pattern in super().get_urlpatterns() if pattern.name != "create"]
