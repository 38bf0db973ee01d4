"""One person's look at one page, with everything the browser complained about."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from tests.browser.traffic import settle, watch

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser
    from playwright.sync_api import (
        Browser,
        BrowserContext,
        Locator,
        Page,
        Request,
        Response,
    )

WIDE, NARROW = 1280, 360
HEIGHT = 900


def follow(locator: Locator) -> None:
    """Click what leads to another page, and wait until that page is there.

    A click alone returns before the browser has left: what comes next may still read, or click
    on, the page before.
    """
    with locator.page.expect_navigation():
        locator.click()


@dataclass
class Visit:
    """A page in its own browser window."""

    page: Page
    base_url: str
    complaints: list[str] = field(default_factory=list)
    answer: Response | None = None

    def watch(self) -> None:
        """Note errors of scripts and of the security policy, failures, and foreign requests."""
        self.page.on("console", self._note_console)
        self.page.on("pageerror", lambda error: self.complaints.append(f"script error: {error}"))
        self.page.on("request", self._note_request)
        self.page.on("response", self._note_response)

    def go(self, path: str) -> Visit:
        """Open `path` and wait until scripts have run."""
        self.page.goto(self.base_url + path, wait_until="load")
        return self

    def read(self) -> str:
        """The HTML of the last document as the server sent it."""
        return self.answer.text() if self.answer else ""

    def _note_console(self, message: Any) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(f"console {message.type}: {message.text}")

    def _note_request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in ("http", "https") and not request.url.startswith(self.base_url):
            self.complaints.append(f"request to another site: {request.url}")

    def _note_response(self, response: Response) -> None:
        request = response.request
        is_document = request.is_navigation_request() and request.frame == self.page.main_frame
        if is_document and not 300 <= response.status < 400:
            self.answer = response
        elif response.status >= 400:
            self.complaints.append(f"{response.status} for {response.url}")


class Visitor:
    """Opens pages; every window of theirs is closed by `leave`."""

    def __init__(self, browser: Browser, base_url: str) -> None:
        watch()
        self.browser = browser
        self.base_url = base_url
        self.contexts: list[BrowserContext] = []
        self._same: dict[tuple[int, bool, bool, int | None], BrowserContext] = {}

    def visit(
        self,
        path: str,
        *,
        width: int = WIDE,
        dark: bool = False,
        scripts: bool = True,
        user: AbstractBaseUser | None = None,
        same_browser: bool = False,
    ) -> Visit:
        """`path` in a new window, as `user` where one is given.

        Each window is a browser of its own, which has never been to the site, unless it may be the
        `same_browser` as for other visits that said so: its styles and scripts are there already.
        """
        likeness = (width, dark, scripts, user.pk if user else None)
        context = self._same.get(likeness) if same_browser else None
        if context is None:
            context = self._new_browser(width, dark, scripts, user)
            if same_browser:
                self._same[likeness] = context
        visit = Visit(context.new_page(), self.base_url)
        visit.watch()
        return visit.go(path)

    def leave(self) -> None:
        """Close every window."""
        self._same.clear()
        while self.contexts:
            self.contexts.pop().close()
        settle()

    def _new_browser(
        self, width: int, dark: bool, scripts: bool, user: AbstractBaseUser | None
    ) -> BrowserContext:
        context = self.browser.new_context(
            viewport={"width": width, "height": HEIGHT},
            color_scheme="dark" if dark else "light",
            java_script_enabled=scripts,
            locale="fr-FR",
            timezone_id="Europe/Paris",
            reduced_motion="reduce",
        )
        context.set_default_timeout(10_000)
        self.contexts.append(context)
        if user is not None:
            context.add_cookies([self._session_cookie(user)])
        return context

    def _session_cookie(self, user: AbstractBaseUser) -> Any:
        from django.conf import settings
        from django.test import Client

        settle()
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        value = client.cookies[settings.SESSION_COOKIE_NAME].value
        return {"name": settings.SESSION_COOKIE_NAME, "value": value, "url": self.base_url}
