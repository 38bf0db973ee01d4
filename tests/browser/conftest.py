"""A real Chromium for the tests of this folder.

Where no Chromium is installed they are left out, unless `BROWSER=required`: then its absence is a
failure. They run in one process of `pytest -n`, because each holds a server and a browser.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.visits import Visit, Visitor

if TYPE_CHECKING:
    from playwright.sync_api import Browser

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
IS_REQUIRED = os.environ.get("BROWSER") == "required"
HERE = Path(__file__).parent
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark the tests of this folder; leave them out where there is no browser for them."""
    ours = [item for item in items if HERE in item.path.parents]
    for item in ours:
        item.add_marker(pytest.mark.browser)
        item.add_marker(pytest.mark.xdist_group("browser"))
        item.add_marker(pytest.mark.django_db(transaction=True))
    if CHROMIUM is None and not IS_REQUIRED:
        config.hook.pytest_deselected(items=ours)
        items[:] = [item for item in items if item not in ours]


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """The browser, one for all tests of this folder."""
    from playwright.sync_api import sync_playwright

    if CHROMIUM is None:
        pytest.fail("BROWSER=required, and no chromium on the path")
    # Playwright keeps an event loop running in this thread, which Django takes for async code.
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()
    if before is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def visitor(chromium: Browser, live_server: Any) -> Iterator[Visitor]:
    """Somebody with a browser: `visitor.visit("/", width=360)`; see `tests.browser.visits`."""
    visitor = Visitor(chromium, live_server.url)
    yield visitor
    visitor.leave()


@pytest.fixture
def visit(visitor: Visitor) -> Callable[..., Visit]:
    """`visit("/recherche/", width=360, dark=True, scripts=False, user=editor)`."""
    return visitor.visit
