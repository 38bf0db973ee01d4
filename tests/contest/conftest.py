"""The scene that most tests of the contest play in."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.contest.scene import Scene, make_scene


@pytest.fixture
def scene() -> Scene:
    """An académie with a contest that takes deposits, a collège and everybody around it."""
    return make_scene()


@pytest.fixture
def school(client: Client, scene: Scene) -> Client:
    """The browser of the scene's establishment, signed in."""
    client.force_login(scene.account)
    return client


@pytest.fixture
def editor(scene: Scene) -> Client:
    """The browser of the scene's editor, signed in."""
    client = Client()
    client.force_login(scene.editor, backend="django.contrib.auth.backends.ModelBackend")
    return client
