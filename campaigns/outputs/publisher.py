"""Who publishes an edition."""

from __future__ import annotations

from typing import TYPE_CHECKING

from establishments.models import Academy
from home.models import SiteSettings

if TYPE_CHECKING:
    from campaigns.models import CampaignPage


def academy_of(edition: CampaignPage) -> Academy | None:
    """The académie whose site holds `edition`."""
    return Academy.objects.filter(site=edition.get_site()).first()


def name_of(academy: Academy) -> str:
    """The académie in full, as the header of its site says: "Académie de Normandie"."""
    lines = SiteSettings.for_site(academy.site).brand_lines if academy.site else []
    # A site whose header nobody has filled in says "Académie" and no more.
    return " ".join(lines) if len(lines) > 1 else academy.name
