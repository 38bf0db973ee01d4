"""What robots are asked to leave alone."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

PRIVATE_PREFIXES = ("/admin/", "/espace/", "/jury/", "/recherche/", "/documents/", "/healthz")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """`robots.txt`: no private space, no search results, and where the sitemap is."""
    lines = [
        "User-agent: *",
        *(f"Disallow: {prefix}" for prefix in PRIVATE_PREFIXES),
        f"Sitemap: {request.build_absolute_uri('/sitemap.xml')}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
