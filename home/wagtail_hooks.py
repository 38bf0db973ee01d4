"""What the home app adds to Wagtail's admin."""

from __future__ import annotations

from django.http import HttpRequest
from wagtail import hooks
from wagtail.admin.ui.components import Component

from home.admin_scope import limit_api, limit_pages
from home.duties import LegalDutiesPanel

# After Wagtail's own endpoints, which these replace.
hooks.register("construct_admin_api", limit_api, order=100)
hooks.register("construct_page_chooser_queryset", limit_pages)


@hooks.register("construct_homepage_panels")
def add_legal_duties(request: HttpRequest, panels: list[Component]) -> None:
    """Show on the dashboard which legal pages of the editor's sites wait for them."""
    panels.append(LegalDutiesPanel())
