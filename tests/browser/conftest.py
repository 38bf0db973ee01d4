"""A real Chromium for the tests of this folder.

Where no Chromium is installed they are left out, unless `BROWSER=required`: then its absence is a
failure. So are the checks of HTML where there is no Java. They run in one process of `pytest -n`,
because each holds a server and a browser.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.validity import JAVA, running_checker, validity_faults
from tests.browser.visits import Visit, Visitor

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# The shell is the same browser without a window to draw: a third less time.
CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium-headless-shell", "chromium", "chromium-browser"))),
    None,
)
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


def pytest_configure(config: pytest.Config) -> None:
    """Declare the marker of the tests that check HTML and do nothing else."""
    config.addinivalue_line("markers", "java: starts the HTML checker, a Java program")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark the tests of this folder; leave out those for which something is not installed."""
    ours = [item for item in items if HERE in item.path.parents]
    for item in ours:
        item.add_marker(pytest.mark.browser)
        item.add_marker(pytest.mark.xdist_group("browser"))
        item.add_marker(pytest.mark.django_db(transaction=True))
        if not config.getoption("no_cov", default=True):
            # Measured elsewhere; and Playwright's greenlets would make measuring twice as long.
            item.add_marker(pytest.mark.no_cover)
    left_out = [item for item in ours if not _can_run(item)]
    if left_out and not IS_REQUIRED:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]


def _can_run(item: pytest.Item) -> bool:
    """Whether this machine has what the test needs."""
    return (JAVA if item.get_closest_marker("java") else CHROMIUM) is not None


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


@pytest.fixture(scope="package")
def faults_in_html() -> Iterator[Callable[[dict[str, str]], list[str]]]:
    """What the HTML checker has to say of named documents; nothing where there is no Java."""
    if JAVA is None:
        if IS_REQUIRED:
            pytest.fail("BROWSER=required, and no java on the path")
        yield lambda _documents: []
        return
    with running_checker() as checker:
        yield lambda documents: validity_faults(documents, checker)


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
