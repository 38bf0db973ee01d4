"""Visitors who ask for a recueil at the same instant, on PostgreSQL."""

from __future__ import annotations

import pytest
from django.utils import timezone

from campaigns import booklets, catalogue_stamp
from campaigns.criteria import Criteria, Facet
from campaigns.models import Booklet
from campaigns.selection import Selection
from tests.campaigns.scene import Scene, make_published, make_scene
from tests.campaigns.test_concurrency import at_once

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _no_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave what is queued in the queue: tests run tasks at once otherwise."""
    monkeypatch.setattr("campaigns.booklet_running.run", lambda _booklet_id: None)


def ask(scene: Scene, criteria: Criteria) -> Booklet | type[Exception]:
    try:
        return booklets.ask(Selection(scene.edition, criteria, timezone.now()))
    except booklets.BookletRefused as refusal:
        return type(refusal)


def test_one_file_is_made_for_all_who_ask_at_once() -> None:
    scene = make_scene()
    make_published(scene)

    asked = at_once(*[lambda: ask(scene, Criteria())] * 4)

    assert len({one.pk for one in asked}) == 1
    assert Booklet.objects.count() == 1


def test_the_number_that_wait_holds_when_all_ask_at_once() -> None:
    scene = make_scene()
    make_published(scene)
    catalogue_stamp.touch([scene.edition.pk])
    several = [Criteria("", {Facet.MOMENT: ("year", f"autre{number}")}) for number in range(8)]

    asked = at_once(*[lambda one=one: ask(scene, one) for one in several])

    assert asked.count(booklets.TooManyWaiting) == 3
    assert Booklet.objects.count() == booklets.MOST_WAITING
