"""Fixtures shared by every test."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import connection
from wagtail.models import Collection, Locale, Page, Site

from tests.factories import make_site
from tests.smtp import smtp_down, smtp_sink, task_queue

__all__ = ["smtp_down", "smtp_sink", "task_queue"]

if TYPE_CHECKING:
    from establishments.models import Academy


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Tests of row locks have no meaning on SQLite, which has one writer: leave them out there."""
    from django.conf import settings

    if "postgresql" in settings.DATABASES["default"]["ENGINE"]:
        return
    left_out = [item for item in items if item.get_closest_marker("postgresql")]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in left_out]


@pytest.fixture(autouse=True)
def _page_root(request: pytest.FixtureRequest) -> None:
    """Put back Wagtail's root page and collection, which a transactional test's flush removes."""
    marker = request.node.get_closest_marker("django_db")
    if marker is None and "db" not in request.fixturenames:
        return
    transactional = bool(marker and marker.kwargs.get("transaction")) or (
        {"transactional_db", "live_server"} & set(request.fixturenames)
    )
    request.getfixturevalue("transactional_db" if transactional else "db")
    from django.core.cache import cache

    cache.clear()
    Locale.objects.get_or_create(language_code="fr")
    if not Page.objects.filter(depth=1).exists():
        Page.add_root(title="Root", slug="root")
    if not Collection.objects.filter(depth=1).exists():
        Collection.add_root(name="Root")
    Site.clear_site_root_paths_cache()


@pytest.fixture
def academy(db: None) -> Academy:
    """An académie with a site on localhost."""
    return make_site()


@pytest.fixture
def is_postgresql() -> bool:
    """Whether the suite runs on PostgreSQL."""
    return connection.vendor == "postgresql"
