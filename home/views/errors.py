"""Pages for what went wrong, each with a way on."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404, in the shell of the site."""
    return render(request, "404.html", status=404)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403, for a page that is not for this person."""
    return render(request, "403.html", {"is_forged": False}, status=403)


def forged_request(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403, for a form whose protection token is missing or too old."""
    return render(request, "403.html", {"is_forged": True}, status=403)
