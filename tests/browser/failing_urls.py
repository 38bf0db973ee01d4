"""The site's addresses, with two more that fail: how the audit comes to the pages of errors."""

from __future__ import annotations

from typing import NoReturn

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.urls import include, path

from perseverance.urls import handler403, handler404

__all__ = ["handler403", "handler404"]


def refuse(request: HttpRequest) -> NoReturn:
    """Refuse whoever asks."""
    raise PermissionDenied


def fail(request: HttpRequest) -> NoReturn:
    """Fail as a bug would."""
    raise RuntimeError("A failure on purpose")


urlpatterns = [
    path("refus/", refuse),
    path("panne/", fail),
    path("", include("perseverance.urls")),
]
