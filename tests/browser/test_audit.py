"""Accessibility and validity of every page type, in every state of the registry."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import override_settings

from tests.browser.audit import faults_of, faults_within
from tests.browser.pages import Build, View, load_scenes
from tests.browser.visits import NARROW, WIDE, Visit, Visitor

SCENES = load_scenes()
# A folder for pictures of every view, to be looked at by people.
SCREENSHOTS = os.environ.get("SCREENSHOTS", "")


def keep_picture(visit: Visit, scene: str, view: View) -> None:
    """Pictures of the view, wide and narrow, where they are asked for.

    A state that was acted for (an open menu) would not survive another width.
    """
    if not SCREENSHOTS:
        return
    name = re.sub(r"\W+", "-", f"{scene}-{view.name}")
    visit.page.evaluate("() => document.querySelectorAll('img').forEach(i => i.loading = 'eager')")
    for width in (WIDE, NARROW) if view.act is None else (view.width,):
        visit.page.set_viewport_size({"width": width, "height": 900})
        visit.page.screenshot(
            path=Path(SCREENSHOTS) / f"{name}-{width}.png", full_page=view.act is None
        )
    visit.page.set_viewport_size({"width": view.width, "height": 900})


@pytest.mark.parametrize("build", SCENES.values(), ids=SCENES.keys())
def test_every_state_of_every_page_is_accessible_and_valid(
    build: Build,
    visitor: Visitor,
    faults_in_html: Callable[[dict[str, str]], list[str]],
) -> None:
    faults: list[str] = []
    documents: dict[str, str] = {}
    titles: dict[str, str] = {}
    for view in build():
        with override_settings(**view.settings):
            seen = visitor.visit(
                view.path, width=view.width, user=view.user, same_browser=view.act is None
            )
        if view.act is not None:
            view.act(seen.page)
        if seen.answer is None or seen.answer.status != view.status:
            faults.append(f"{view.name}: not answered with {view.status}")
        if view.status >= 400:
            seen.complaints = [
                complaint for complaint in seen.complaints if str(view.status) not in complaint
            ]
        if view.brings:
            seen.complaints = [one for one in seen.complaints if view.brings not in one]
        keep_picture(seen, build.__name__, view)
        if view.is_ours:
            documents[view.name] = seen.read()
            other = titles.setdefault(seen.page.title(), view.path)
            if other.split("?")[0] != view.path.split("?")[0]:
                faults.append(f"{view.name}: its title is also that of {other}")
            faults += [f"{view.name}: {fault}" for fault in faults_of(seen)]
        else:
            faults += [f"{view.name}: {fault}" for fault in faults_within(seen, view.part)]
        seen.page.close()
    faults += faults_in_html(documents)

    assert not faults, "\n" + "\n".join(faults)


@pytest.mark.java
def test_the_html_checker_sees_faults(
    faults_in_html: Callable[[dict[str, str]], list[str]],
) -> None:
    assert faults_in_html({"broken": "<!DOCTYPE html><title>x</title><p id=a><p id=a>"})
