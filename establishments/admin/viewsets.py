"""The menu "Territory": académies, departments, basins, networks, establishments, imports."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.forms import CheckboxSelectMultiple
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup

from establishments.models import Academy, Basin, Department, Establishment, Network

from .filters import EstablishmentFilterSet
from .forms import BasinForm, DepartmentForm, EstablishmentForm, NetworkForm, TerritoryForm
from .imports import DirectoryImportViewSet
from .views import (
    EstablishmentEditView,
    EstablishmentIndexView,
    TerritoryDeleteView,
    TerritoryEditView,
    TerritoryHistoryView,
    TerritoryIndexView,
    TerritoryUsageView,
)


class TerritoryViewSet(ModelViewSet):
    """A model of the territory: only rows within reach, in every view."""

    index_view_class = TerritoryIndexView
    edit_view_class = TerritoryEditView
    delete_view_class = TerritoryDeleteView
    history_view_class = TerritoryHistoryView
    usage_view_class = TerritoryUsageView
    copy_view_enabled = False
    list_per_page = 30
    search_fields = ["name"]
    search_backend_name = None
    select_related: tuple[str, ...] = ()

    def get_index_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """What the columns show comes with the rows."""
        return super().get_index_view_kwargs(select_related=self.select_related, **kwargs)


class AcademyViewSet(TerritoryViewSet):
    """For administrators only (`scoping.AdministratorPolicy`)."""

    model = Academy
    name = "academy"
    url_prefix = "territory/academies"
    icon = "site"
    list_display = ["name", "code", "service_name", "site"]
    select_related = ("site",)
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("name"), FieldPanel("code"), FieldPanel("slug")]),
            MultiFieldPanel(
                [
                    FieldPanel("service_name"),
                    FieldPanel("address"),
                    FieldPanel("contact_email"),
                    FieldPanel("mail_domain"),
                ],
                heading=_("Service in charge"),
            ),
            FieldRowPanel([FieldPanel("site"), FieldPanel("editor_group")]),
        ],
        base_form_class=TerritoryForm,
    )

    def get_permissions_to_register(self) -> QuerySet[Any]:
        """None: no group can be made to change académies."""
        return super().get_permissions_to_register().none()


class DepartmentViewSet(TerritoryViewSet):
    """Editors name the observers of their departments."""

    model = Department
    name = "department"
    url_prefix = "territory/departments"
    icon = "globe"
    list_display = ["name", "code", "academy"]
    select_related = ("academy",)
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("name"), FieldPanel("code")]),
            FieldPanel("academy"),
            FieldPanel("observers", widget=CheckboxSelectMultiple),
        ],
        base_form_class=DepartmentForm,
    )


class BasinViewSet(TerritoryViewSet):
    """Basins of the editors' académie."""

    model = Basin
    name = "basin"
    url_prefix = "territory/basins"
    icon = "folder-open-inverse"
    list_display = ["name", "department", "academy"]
    select_related = ("department", "academy")
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("name"), FieldPanel("code")]),
            FieldRowPanel([FieldPanel("academy"), FieldPanel("department")]),
        ],
        base_form_class=BasinForm,
    )


class NetworkViewSet(TerritoryViewSet):
    """Networks (réseaux FOQUALE) of the editors' académie, and their leads."""

    model = Network
    name = "network"
    url_prefix = "territory/networks"
    icon = "group"
    list_display = ["name", "contact_email", "academy"]
    select_related = ("academy",)
    edit_handler = ObjectList(
        [
            FieldPanel("name"),
            FieldPanel("academy"),
            FieldPanel("contact_email"),
            FieldPanel("leads", widget=CheckboxSelectMultiple),
            FieldPanel("basins", widget=CheckboxSelectMultiple),
        ],
        base_form_class=NetworkForm,
    )


class EstablishmentViewSet(TerritoryViewSet):
    """Establishments of the directory, and those entered by hand."""

    model = Establishment
    name = "establishment"
    url_prefix = "territory/establishments"
    icon = "home"
    add_to_reference_index = False  # tens of thousands of rows, which an import writes in bulk
    index_view_class = EstablishmentIndexView
    edit_view_class = EstablishmentEditView
    index_template_name = "establishments/admin/establishment_index.html"
    filterset_class = EstablishmentFilterSet
    select_related = ("network",)
    list_display = [
        "name",
        "uai",
        "commune",
        Column("kind", label=_("Kind"), accessor="get_kind_display", sort_key="kind"),
        Column("network", label=_("Network"), accessor="network", sort_key="network__name"),
        BooleanColumn("is_open", label=_("Open"), sort_key="is_open"),
    ]
    edit_handler = ObjectList(
        [
            HelpPanel(
                _(
                    "What the directory says of an establishment is greyed: an import changes it. "
                    "Establishments entered by hand are changed here."
                )
            ),
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("uai"), FieldPanel("kind"), FieldPanel("sector")]),
                    FieldPanel("name"),
                    FieldPanel("is_open"),
                ],
                heading=_("Establishment"),
            ),
            MultiFieldPanel(
                [
                    FieldPanel("department"),
                    FieldRowPanel([FieldPanel("network"), FieldPanel("basin")]),
                ],
                heading=_("Territory"),
            ),
            MultiFieldPanel(
                [
                    FieldPanel("mailbox_override"),
                    FieldRowPanel([FieldPanel("email"), FieldPanel("phone")]),
                    FieldPanel("address"),
                    FieldRowPanel([FieldPanel("postcode"), FieldPanel("commune")]),
                    FieldRowPanel([FieldPanel("latitude"), FieldPanel("longitude")]),
                ],
                heading=_("Contact and place"),
            ),
        ],
        base_form_class=EstablishmentForm,
    )


class TerritoryGroup(ModelViewSetGroup):
    """One menu for all of it; whoever may see nothing of it has no menu."""

    menu_label = _("Territory")
    menu_name = "territory"
    menu_icon = "globe"
    menu_order = 300
    items = (
        EstablishmentViewSet,
        NetworkViewSet,
        BasinViewSet,
        DepartmentViewSet,
        AcademyViewSet,
        DirectoryImportViewSet,
    )
