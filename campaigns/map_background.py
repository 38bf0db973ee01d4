"""What lies behind the circles of a map: the schools of the académie, as faint dots, and communes.

It takes longer to read and to draw than the results themselves and seldom changes: each process
keeps it for a minute, and forgets it at once where it changed the directory itself.
"""

from __future__ import annotations

from threading import Lock
from time import monotonic
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save

from establishments.models import Establishment
from establishments.signals import directory_changed

from .map_clusters import Spot
from .map_drawing import Background

if TYPE_CHECKING:
    from django.apps import AppConfig

    from .models import CampaignPage

SECONDS_KEPT = 60
MOST_KEPT = 40
"""Académies whose background a process keeps; there are thirty."""

_kept: dict[str, tuple[float, Background]] = {}
_lock = Lock()


def background_of(edition: CampaignPage) -> Background:
    """The open establishments of the edition's académie; one query, at most once a minute."""
    key = edition.path[: -edition.steplen]  # of the home page, which all its editions share
    with _lock:
        since, known = _kept.get(key, (0.0, None))
    if known is not None and monotonic() - since < SECONDS_KEPT:
        return known
    started, read = monotonic(), _read(edition)
    with _lock:
        if len(_kept) >= MOST_KEPT:
            _kept.clear()
        _kept[key] = started, read
    return read


def _read(edition: CampaignPage) -> Background:
    rows = Establishment.objects.filter(
        academy__site__root_page__in=edition.get_ancestors(),
        is_open=True,
        latitude__isnull=False,
        longitude__isnull=False,
    ).values_list("latitude", "longitude", "commune")
    return Background(
        Spot(latitude, longitude, commune)
        for latitude, longitude, commune in rows.order_by()
        if latitude is not None and longitude is not None
    )


def forget(**signal: Any) -> None:
    """Read every background anew at the next map."""
    _clear()
    transaction.on_commit(_clear)  # somebody may have read the old one before


def _clear() -> None:
    with _lock:
        _kept.clear()


def connect(config: AppConfig) -> None:
    """Listen, for the app `config`."""
    directory_changed.connect(forget, dispatch_uid="map-background-directory")
    for signal in (post_save, post_delete):
        signal.connect(forget, sender=Establishment, dispatch_uid="map-background-establishment")
