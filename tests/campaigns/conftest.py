"""The scene that most tests of fiches play in: one school, its reviewers, an open call."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
import time_machine
from django.test import Client

from tests.campaigns.scene import Scene, make_scene


@pytest.fixture
def scene() -> Scene:
    """An académie with an edition whose call is open, a school and everybody around it."""
    return make_scene()


@pytest.fixture
def school(client: Client, scene: Scene) -> Client:
    """The browser of the scene's establishment, signed in."""
    client.force_login(scene.account)
    return client


@pytest.fixture
def at(scene: Scene) -> Iterator[Callable[[datetime], Client]]:
    """`at(instant)`: the scene's establishment, signed in, with its clock at that instant."""
    travels: list[time_machine.travel] = []

    def travel(instant: datetime) -> Client:
        while travels:
            travels.pop().stop()
        travels.append(time_machine.travel(instant, tick=False))
        travels[-1].start()
        client = Client()
        client.force_login(scene.account)
        return client

    yield travel
    for one in travels:
        one.stop()
