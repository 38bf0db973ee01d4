"""Panels of the page editor that say something instead of asking."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from wagtail.admin.panels import Panel

from home.accessibility import YEARS_OF_AN_AUDIT


class ExpiredAuditPanel(Panel):
    """A warning above a declaration of accessibility whose audit is too old; else nothing."""

    class BoundPanel(Panel.BoundPanel):
        """The warning, for one declaration."""

        template_name = "home/panels/expired_audit.html"

        def is_shown(self) -> bool:
            """Only when there is something to say."""
            return bool(self.instance) and self.instance.is_expired(timezone.localdate())

        def get_context_data(self, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
            """Adds the number of years."""
            context: dict[str, Any] = super().get_context_data(parent_context)
            context["years"] = YEARS_OF_AN_AUDIT
            return context
