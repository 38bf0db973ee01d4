"""Fixtures shared by every test."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from coverage import Coverage
from django.db import connection
from django.db.backends.postgresql.operations import DatabaseOperations
from hypothesis import HealthCheck, settings

from tests.factories import make_site
from tests.roots import restore_roots
from tests.smtp import smtp_down, smtp_sink, task_queue

DATABASES = {"db", "transactional_db", "live_server", "django_db_setup"}
"""The fixtures by which a test gets a database."""

LONGEST_NAME = 60
"""Of a value of a parameter, in the name of a test."""

__all__ = ["smtp_down", "smtp_sink", "task_queue"]

# How long an example takes says nothing on a machine that does other things too.
settings.register_profile(
    "busy machine", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("busy machine")

if TYPE_CHECKING:
    from establishments.models import Academy


def pytest_configure(config: pytest.Config) -> None:
    """Declare the marker that tests get of themselves."""
    config.addinivalue_line("markers", "database: has a database; no need to say so")


def pytest_make_parametrize_id(config: pytest.Config, val: object, argname: str) -> str | None:
    """Name files and long texts by their place.

    A file made while tests are collected may hold the instant: it would not have the same name in
    each process of `pytest -n`, which then refuses to run.
    """
    is_long = isinstance(val, str) and len(val) > LONGEST_NAME
    return argname if isinstance(val, bytes) or is_long else None


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark the tests that have a database, for `-m`.

    Tests of row locks have no meaning on SQLite, which has one writer: leave them out there. Those
    of a statement of SQLite's own have none elsewhere.
    """
    from django.conf import settings

    for item in items:
        if item.get_closest_marker("django_db") or DATABASES & set(item.fixturenames):
            item.add_marker("database")
    is_postgresql = "postgresql" in settings.DATABASES["default"]["ENGINE"]
    foreign = "sqlite" if is_postgresql else "postgresql"
    left_out = [item for item in items if item.get_closest_marker(foreign)]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in left_out]


def pytest_collection_finish() -> None:
    """Spare the garbage collector what lives as long as the tests: a tenth of their time.

    Django, Wagtail and the tests themselves are a million objects, which it would go through again
    and again in search of the few thousand of one test.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.fixture(scope="session")
def _coverage_paused() -> Coverage | None:
    coverage = Coverage.current()
    if coverage is not None:
        coverage.stop()
    return coverage


@pytest.fixture(scope="session")
def _quick_flush() -> None:
    """Empty tables row by row after a transactional test, on PostgreSQL.

    TRUNCATE makes new files for each of two hundred tables and waits for the disk: seconds, where
    the few rows of a test go in milliseconds. Constraints are only checked at the end.
    """

    def deletions(
        self: DatabaseOperations, style: object, tables: list[str], **options: object
    ) -> list[str]:
        return [f"DELETE FROM {self.quote_name(table)}" for table in tables]

    DatabaseOperations.sql_flush = deletions  # type: ignore[method-assign, assignment]


@pytest.fixture(scope="session")
def django_db_setup(
    _coverage_paused: Coverage | None, _quick_flush: None, django_db_setup: None
) -> None:
    """Do not measure the coverage of migrations, which it leaves out and makes twice as long."""
    if _coverage_paused is not None:
        _coverage_paused.start()


@pytest.fixture(autouse=True)
def _page_root(request: pytest.FixtureRequest) -> Iterator[None]:
    """Put back Wagtail's root page and collection, which a transactional test's flush removes.

    The flush meets the triggers that keep ballots: it brings them back itself, since it counts as
    a migration.
    """
    marker = request.node.get_closest_marker("django_db")
    if marker is None and "db" not in request.fixturenames:
        yield
        return
    transactional = bool(marker and marker.kwargs.get("transaction")) or (
        {"transactional_db", "live_server"} & set(request.fixturenames)
    )
    request.getfixturevalue("transactional_db" if transactional else "db")
    from django.core.cache import cache

    from contest.jury import ballot_guard
    from contest.models import Ballot, LateBallot, Result

    cache.clear()
    restore_roots()
    yield
    if transactional and any(kept.objects.exists() for kept in (Ballot, LateBallot, Result)):
        ballot_guard.remove(connection)


@pytest.fixture
def academy(db: None) -> Academy:
    """An académie with a site on localhost."""
    return make_site()


@pytest.fixture
def is_postgresql() -> bool:
    """Whether the suite runs on PostgreSQL."""
    return connection.vendor == "postgresql"
