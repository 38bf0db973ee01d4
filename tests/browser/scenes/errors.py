"""Pages of errors and of maintenance, which people meet when nothing else works."""

from __future__ import annotations

from tests.browser.pages import View, scene
from tests.factories import make_site

FAILING = {"ROOT_URLCONF": "tests.browser.failing_urls"}


@scene
def the_errors() -> list[View]:
    """A site whose addresses refuse and fail."""
    make_site()
    return [
        View("403", "/refus/", status=403, settings=FAILING),
        View("500", "/panne/", status=500, settings=FAILING),
        View("maintenance", "/", status=503, settings={"MAINTENANCE": True}),
    ]
