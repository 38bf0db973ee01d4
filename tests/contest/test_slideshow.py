"""The slideshow: one poster a page, round and round, whatever happens to the list meanwhile."""

from __future__ import annotations

import re

import pytest
import time_machine
from django.test import Client

from contest.models import ContestPage, Poster
from contest.views.gallery_slideshow import seconds_in
from tests.contest.scene import AFTER_RESULTS, NOW, Scene, make_admitted

pytestmark = pytest.mark.django_db


def show(client: Client, scene: Scene, query: str = "", at=AFTER_RESULTS) -> str:
    """The text of the slideshow, which is there."""
    with time_machine.travel(at):
        response = client.get(f"{scene.contest.url}diaporama/{query}")
    assert response.status_code == 200
    return response.content.decode()


def number_in(page: str) -> int:
    """Which poster is shown."""
    found = re.search(r'data-number="(\d+)"', page)
    assert found
    return int(found[1])


def link_in(page: str, name: str) -> str:
    """Where one of the two ways on leads."""
    found = re.search(rf'data-{name}="([^"]+)"', page)
    assert found
    return found[1].replace("&amp;", "&")


@pytest.fixture
def three(scene: Scene) -> list[Poster]:
    """Three admitted posters, numbered from one."""
    return [make_admitted(scene, title=f"Affiche {name}") for name in ("une", "deux", "trois")]


def test_it_shows_one_poster_with_its_caption(client, scene, three) -> None:
    page = show(client, scene, "?affiche=2")

    assert "Affiche deux" in page
    assert scene.establishment.name in page
    assert "Affiche une" not in page
    assert "fr-header" not in page
    assert f'href="{scene.contest.url}galerie/"' in page  # the way out


def test_it_goes_round_in_both_directions(client, scene, three) -> None:
    base = f"{scene.contest.url}diaporama/"
    first, last = show(client, scene), show(client, scene, "?affiche=3")

    assert number_in(first) == 1
    assert link_in(first, "following") == f"{base}?affiche=2"
    assert link_in(first, "previous") == f"{base}?affiche=3"
    assert link_in(last, "following") == f"{base}?affiche=1"


def test_its_links_keep_the_time_and_the_filters(client, scene, three) -> None:
    page = show(client, scene, "?secondes=20&q=affiche")

    assert 'data-seconds="20"' in page
    assert link_in(page, "following").endswith("?q=affiche&affiche=2&secondes=20")
    assert f'href="{scene.contest.url}galerie/?q=affiche"' in page


def test_one_that_has_left_gives_way_to_the_next_and_the_last_to_the_first(
    client, scene, three
) -> None:
    Poster.objects.filter(number=2).update(live=False)

    assert number_in(show(client, scene, "?affiche=2")) == 3
    assert number_in(show(client, scene, "?affiche=77")) == 1
    Poster.objects.filter(number=3).update(live=False)
    assert number_in(show(client, scene, "?affiche=2")) == 1


def test_filters_that_keep_nothing_any_more_are_given_up(client, scene, three) -> None:
    assert number_in(show(client, scene, "?q=plongeoir")) == 1


def test_without_posters_it_waits(client, scene) -> None:
    page = show(client, scene)

    assert "Pas encore d’affiche à montrer" in page
    assert "data-slide " not in page


def test_before_the_results_it_names_no_establishment(client, scene, three) -> None:
    ContestPage.objects.update(gallery_before_results=True)

    page = show(client, scene, at=NOW)

    assert scene.establishment.name not in page
    assert scene.establishment.commune not in page


@pytest.mark.parametrize(
    ("typed", "seconds"),
    [("", 10), ("x", 10), ("-5", 10), ("0", 3), ("2", 3), ("12", 12), ("9999", 300), ("²", 10)],
)
def test_the_time_stays_within_reason(typed: str, seconds: int) -> None:
    assert seconds_in(typed) == seconds
