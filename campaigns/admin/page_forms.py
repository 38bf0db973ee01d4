"""The admin forms of the editions' pages: what depends on how things are typed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from wagtail.admin.forms import WagtailAdminPageForm


def whole_minute(instant: datetime | None) -> datetime | None:
    """`instant` at the end of its minute.

    The admin's widget shows and sends minutes only. A limit typed as 23:59 must last as long as
    clocks say 23:59, and saving a page again must not take 59 seconds off its limit.
    """
    return None if instant is None else instant.replace(second=59, microsecond=0)


class CampaignPageForm(WagtailAdminPageForm):
    """The form of an edition."""

    def clean(self) -> dict[str, Any]:
        """Let the call last until the end of the minute that was typed."""
        cleaned: dict[str, Any] = super().clean()
        if cleaned.get("call_closes_at"):
            cleaned["call_closes_at"] = whole_minute(cleaned["call_closes_at"])
        return cleaned
