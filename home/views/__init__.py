"""Pages that are no Wagtail page."""

from .errors import forbidden, forged_request, not_found
from .robots import robots
from .search import search
from .site_map import site_map

__all__ = ["forbidden", "forged_request", "not_found", "robots", "search", "site_map"]
