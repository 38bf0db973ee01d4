"""What the contest adds to Wagtail's admin; each module registers its own hooks."""

from __future__ import annotations

from . import edition_links, gallery_menu, site_search, space_home  # noqa: F401
from .admin import (  # noqa: F401
    contest_pages,
    jury_preparing,
    jury_publication,
    jury_running,
    log,
    posters,
    prints,
    registrations,
)
