"""Files of many fiches: sent while they are read, in little memory."""

from __future__ import annotations

import gc
import sys
import tracemalloc

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from campaigns import catalogue_stamp
from campaigns.models import (
    Action,
)
from tests.campaigns.scene import NOW, Scene
from tests.factories import ActionFactory

pytestmark = pytest.mark.django_db

LONG = "Un atelier par semaine, où chacun dit ce qu’il sait faire. " * 60


def publish(scene: Scene, count: int) -> None:
    """`count` more public fiches, of some length."""
    Action.objects.bulk_create(
        ActionFactory.build(
            campaign=scene.edition,
            establishment=scene.establishment,
            live=True,
            status="published",
            course=LONG,
            first_published_at=NOW,
            last_published_at=NOW,
        )
        for _number in range(count)
    )
    catalogue_stamp.touch([scene.edition.pk])


def test_a_table_is_read_from_the_database_as_it_is_sent(client, scene, monkeypatch) -> None:
    monkeypatch.setattr("campaigns.outputs.fetching.CHUNK", 2)
    publish(scene, 6)

    for kind in ("csv", "json"):
        response = client.get(f"/{scene.edition.slug}/actions.{kind}")
        parts = iter(response.streaming_content)
        with CaptureQueriesContext(connection) as first:
            next(parts), next(parts)
        with CaptureQueriesContext(connection) as rest:
            list(parts)

        assert len(rest) == 2 * len(first) > 0


@pytest.mark.parametrize("kind", ["csv", "json", "xlsx"])
def test_memory_does_not_grow_with_the_fiches(client, scene, monkeypatch, kind) -> None:
    monkeypatch.setattr("campaigns.outputs.fetching.CHUNK", 20)

    def peak() -> int:
        address = f"/{scene.edition.slug}/actions.{kind}"
        for _part in client.get(address):  # what is kept for good is read
            pass
        gc.collect()
        tracemalloc.start()
        for _part in client.get(address):
            pass
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    publish(scene, 40)
    few = peak()
    publish(scene, 360)

    assert peak() - few < 360 * sys.getsizeof(LONG) / 3
