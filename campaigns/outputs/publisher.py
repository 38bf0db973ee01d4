"""Who publishes an edition."""

from __future__ import annotations

from typing import TYPE_CHECKING

from establishments.models import Academy

if TYPE_CHECKING:
    from campaigns.models import CampaignPage


def academy_of(edition: CampaignPage) -> Academy | None:
    """The académie whose site holds `edition`."""
    return Academy.objects.filter(site=edition.get_site()).first()
