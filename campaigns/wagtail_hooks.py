"""What the campaigns app adds to Wagtail's admin; each module registers its own hooks."""

from __future__ import annotations

from . import highlights, site_search  # noqa: F401
from .admin import actions, exports, extensions, labels, pages, steering, vocabularies  # noqa: F401
