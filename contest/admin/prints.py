"""What a contest prints, in Wagtail's admin."""

from __future__ import annotations

from django.urls import URLPattern, path
from wagtail import hooks

from contest.views.prints import PrintFileView, PrintsView


@hooks.register("register_admin_urls")
def print_urls() -> list[URLPattern]:
    """The page, and the files."""
    return [
        path("concours/<int:contest_pk>/impression/", PrintsView.as_view(), name="contest_prints"),
        path("concours/impression/<int:pk>/", PrintFileView.as_view(), name="contest_print_file"),
    ]
