"""What other apps show on the home page, without the home page knowing them.

An app registers a callable for the hook `perseverance_home_highlights`; it takes the request and
the home page and returns safe HTML (from `render_to_string`), or nothing:

    @hooks.register("perseverance_home_highlights")
    def current_edition(request, home_page):
        return render_to_string("campaigns/home_highlight.html", {"edition": …}, request)

It is shown inside the page's container, below the headline; it starts with a heading of level 2.
"""

from __future__ import annotations

from django.http import HttpRequest
from wagtail import hooks
from wagtail.models import Page

HIGHLIGHTS_HOOK = "perseverance_home_highlights"


def highlights_of(request: HttpRequest | None, home_page: Page | None) -> list[str]:
    """The pieces of HTML to show, in the order of the hooks."""
    if home_page is None:
        return []
    pieces = [render(request, home_page) for render in hooks.get_hooks(HIGHLIGHTS_HOOK)]
    return [piece for piece in pieces if piece]
