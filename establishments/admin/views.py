"""Wagtail's views of the territory, limited to the rows within reach."""

from __future__ import annotations

from typing import Any

from django.contrib.admin.utils import quote
from django.contrib.messages import error
from django.db.models import ProtectedError, QuerySet
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin.ui.tables import BaseColumn, BulkActionsCheckboxColumn
from wagtail.admin.views import generic
from wagtail.admin.views.generic import history, usage

from establishments.enums import Source
from establishments.mailboxes import announce_change
from establishments.models import Establishment
from establishments.scoping import ScopedHistory, ScopedListing, ScopedObject
from establishments.search import narrow_to


class TerritoryIndexView(ScopedListing, generic.IndexView):
    """A list of the rows within reach."""

    select_related: tuple[str, ...] = ()

    def get_base_queryset(self) -> QuerySet[Any]:
        """The rows within reach, with what the columns show."""
        rows = super().get_base_queryset()
        return rows.select_related(*self.select_related) if self.select_related else rows


class TerritoryEditView(ScopedObject, generic.EditView):
    """Change a row within reach."""

    scoped_actions = ("change",)


class EstablishmentEditView(TerritoryEditView):
    """Change an establishment; its former mailbox hears of a new one."""

    def save_instance(self) -> Establishment:
        """Save, and tell the former mailbox."""
        former = Establishment.objects.get(pk=self.object.pk).mailbox
        establishment: Establishment = super().save_instance()
        announce_change(establishment, former=former)
        return establishment


class TerritoryDeleteView(ScopedObject, generic.DeleteView):
    """Delete a row within reach that nothing depends on."""

    scoped_actions = ("delete",)

    def form_valid(self, form: Form) -> HttpResponse:
        """Delete, or say what still depends on the row."""
        try:
            return super().form_valid(form)
        except ProtectedError as refusal:
            dependents = {str(row._meta.verbose_name_plural) for row in refusal.protected_objects}
            error(
                self.request,
                _("“%(row)s” cannot be deleted, since other records depend on it: %(dependents)s.")
                % {"row": self.object, "dependents": ", ".join(sorted(dependents))},
            )
            return redirect(self.index_url_name)


class TerritoryHistoryView(ScopedHistory, history.HistoryView):
    """What was done to a row within reach."""


class TerritoryUsageView(ScopedHistory, usage.UsageView):
    """What refers to a row within reach."""


class EstablishmentIndexView(TerritoryIndexView):
    """Establishments, searched as `establishments.search` does, with boxes to tick."""

    is_searchable = True

    @cached_property
    def columns(self) -> list[BaseColumn]:
        """The columns, after a box to tick for bulk actions."""
        return [
            BulkActionsCheckboxColumn("bulk_actions", obj_type="establishment"),
            *super().columns,
        ]

    def _get_title_column(self, *args: Any, **kwargs: Any) -> BaseColumn:
        # The box to tick is described by the title, by this id.
        return super()._get_title_column(
            *args,
            **kwargs,
            width="35%",
            get_title_id=lambda instance: f"establishment_{quote(instance.pk)}_title",
        )

    def search_queryset(self, queryset: QuerySet[Establishment]) -> QuerySet[Establishment]:
        """Those that the words typed name."""
        return narrow_to(queryset, self.search_query) if self.is_searching else queryset

    def get_delete_url(self, instance: Establishment) -> str | None:
        """Where to delete `instance`; None for editors where the directory brought it."""
        if instance.source == Source.DIRECTORY and not self.request.user.is_superuser:
            return None
        url: str | None = super().get_delete_url(instance)
        return url
