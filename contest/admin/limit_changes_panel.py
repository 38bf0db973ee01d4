"""Before limits change: the posters that would no longer keep to them, and the editor's word."""

from __future__ import annotations

from typing import Any

from wagtail.admin.panels import Panel

LIMIT_CHANGE_FIELDS = ["keeps_posters", "seen_changes"]
"""The fields of `ContestPageForm` that this panel shows."""


class LimitChangesPanel(Panel):
    """The list of the posters that what was typed would leave outside the rules."""

    def get_form_options(self) -> dict[str, Any]:
        """The fields of the form that are shown here."""
        return {"fields": LIMIT_CHANGE_FIELDS}

    class BoundPanel(Panel.BoundPanel):
        """Shown only where there is such a list."""

        template_name = "contest/admin/limit_changes.html"

        def is_shown(self) -> bool:
            """Whether the form was refused because of them."""
            return bool(getattr(self.form, "limit_changes", None))
