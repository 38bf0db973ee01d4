"""What the establishments app adds to Wagtail's admin."""

from __future__ import annotations

from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSet, ViewSetGroup
from wagtail_modeladmin.options import modeladmin_register

from .admin.bulk_actions import PutInNetworkAction
from .admin.establishment_chooser import EstablishmentChooserViewSet
from .admin.reports import hide_mixed_reports
from .admin.viewsets import TerritoryGroup
from .registers import Registers

hooks.register("construct_reports_menu", hide_mixed_reports)
hooks.register("register_bulk_action", PutInNetworkAction)
modeladmin_register(Registers)


@hooks.register("register_admin_viewset")
def register_territory() -> list[ViewSet | ViewSetGroup]:
    """The menu "Territory", and the chooser of establishments."""
    return [TerritoryGroup(), EstablishmentChooserViewSet("establishment_chooser")]
