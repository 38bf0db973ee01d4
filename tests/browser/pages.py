"""The registry of what is audited: each page type, in each of its states.

An app adds a module to `tests/browser/scenes/`:

    from tests.browser.pages import View, scene

    @scene
    def the_catalogue() -> list[View]:
        academy = make_site()
        …
        return [
            View("catalogue", "/2023/actions/"),
            View("catalogue, empty", "/2015/actions/"),
            View("form with errors", "/espace/fiches/1/", user=school, act=send_it_empty),
        ]

A scene is built once, in an empty database, and all its views are audited in one test. `act`
takes the Playwright page to the state (press a button, open the menu); the audit follows.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import import_module
from typing import TYPE_CHECKING, Any

from tests.browser.visits import WIDE

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser
    from playwright.sync_api import Page


@dataclass(frozen=True)
class View:
    """A page in one state.

    `is_ours` is false for pages of Wagtail's admin, whose accessibility is Wagtail's: only what
    the browser complains of is checked there, and what axe finds inside `part`, the selector of
    what we put into them. `settings` hold while the page is opened. `brings` is what the browser
    rightly complains of in this state, as the status of an answer that refuses.
    """

    name: str
    path: str
    act: Callable[[Page], None] | None = None
    width: int = WIDE
    user: AbstractBaseUser | None = None
    status: int = 200
    is_ours: bool = True
    part: str = ""
    brings: str = ""
    settings: dict[str, Any] = field(default_factory=dict)


Build = Callable[[], list[View]]
SCENES: dict[str, Build] = {}


def scene(build: Build) -> Build:
    """Add a scene to the registry, under its function's name."""
    SCENES[build.__name__] = build
    return build


def load_scenes() -> dict[str, Build]:
    """Every scene of `tests/browser/scenes/`."""
    from tests.browser import scenes

    for module in pkgutil.iter_modules(scenes.__path__):
        import_module(f"{scenes.__name__}.{module.name}")
    return SCENES
