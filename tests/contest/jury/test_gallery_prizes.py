"""Prizes in the gallery: on cards and pages, as a filter; only those of the current palmarès."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from contest import withdrawal
from contest.models import ContestPage
from tests.contest.jury.published_scene import INSTANT, LATER, OUT, give, make_counted, publish
from tests.contest.jury.scene import JuryScene
from tests.contest.scene import AFTER_RESULTS, make_admitted
from tests.contest.test_gallery import MOST_QUERIES, titles, wall

pytestmark = pytest.mark.django_db


def read(scene: JuryScene, path: str = "galerie/", at: datetime = OUT) -> str:
    with time_machine.travel(at, tick=False):
        answer = Client().get(f"{scene.contest_scene.contest.url}{path}")
    assert answer.status_code == 200
    return answer.content.decode()


def numbers(page: str) -> list[int]:
    """The numbers of the posters on the wall."""
    return [int(found) for found in re.findall(r'id="affiche-(\d+)"', page)]


def test_laureates_are_marked_on_the_wall_on_their_page_and_in_the_slideshow() -> None:
    scene = make_counted()
    give(scene, 1, "Pour son humour.")
    publish(scene)

    page = read(scene)

    assert re.findall(r'gallery-card__laurel">([^<]+)<', page) == [
        "Premier prix",
        "Coup de cœur",
        "Deuxième prix",
    ]
    assert f'href="{scene.contest_scene.contest.url}resultats/"' in page
    poster = read(scene, "galerie/1/")
    assert "Premier prix" in poster
    assert "Coup de cœur" in poster
    assert "laurels" not in read(scene, "galerie/4/")
    assert "Premier prix" in read(scene, "diaporama/")


def test_before_the_instant_neither_marks_nor_filter_tell_anything() -> None:
    scene = make_counted()
    ContestPage.objects.update(gallery_before_results=True)
    publish(scene, at=INSTANT)
    before = INSTANT - timedelta(seconds=1)

    for path in ("galerie/", "galerie/?prix=tous", "galerie/?prix=premier-prix", "galerie/1/"):
        page = read(scene, path, before)
        assert "Premier prix" not in page
        assert "laurel" not in page
        assert "resultats" not in page
    assert numbers(read(scene, "galerie/?prix=tous", before)) == [1, 2, 3, 4]


def test_the_wall_is_narrowed_to_a_prize_or_to_every_laureate() -> None:
    scene = make_counted()
    give(scene, 1, "Pour son humour.")
    give(scene, 4, "Pour sa couleur.")
    publish(scene)

    page = read(scene)

    assert "Toutes les affiches primées (3)" in page
    assert re.findall(r'<option value="([a-z-]+)"', page) == [
        "tous",
        "premier-prix",
        "deuxieme-prix",
        "coup-de-coeur",
    ]
    assert "Coup de cœur (2)" in page
    assert numbers(read(scene, "galerie/?prix=tous")) == [1, 2, 4]
    assert numbers(read(scene, "galerie/?prix=coup-de-coeur")) == [1, 4]
    assert "2 affiches sur 4" in read(scene, "galerie/?prix=coup-de-coeur")
    assert "galerie/1/?prix=coup-de-coeur" in read(scene, "galerie/?prix=coup-de-coeur")
    for odd in ("inconnu", "%00", "a" * 500, "'"):
        assert numbers(read(scene, f"galerie/?prix={odd}")) == [1, 2, 3, 4]


def test_a_filter_of_prizes_goes_with_words_and_pages_of_posters() -> None:
    scene = make_counted()
    publish(scene)

    assert "Sans le prix" in read(scene, "galerie/?prix=premier-prix&q=introuvable") or (
        "Aucune affiche" in read(scene, "galerie/?prix=premier-prix&q=introuvable")
    )
    assert "1 sur 2, retour à votre sélection" in read(scene, "galerie/1/?prix=tous")
    assert "prix=tous" in read(scene, "diaporama/?prix=tous")


def test_a_correction_changes_the_marks_at_its_instant() -> None:
    scene = make_counted()
    publish(scene)
    give(scene, 4, "Oublié.")
    publish(scene, now=OUT, at=LATER, note="Le coup de cœur avait été oublié.")

    assert "Coup de cœur" not in read(scene, at=LATER - timedelta(seconds=1))
    assert "Coup de cœur" in read(scene, at=LATER)


def test_a_withdrawn_laureate_is_no_choice_any_more() -> None:
    scene = make_counted()
    publish(scene)
    winner = scene.posters[0]
    withdrawal.withdraw(winner, by=winner.establishment.account, now=OUT)

    page = read(scene)

    assert "Premier prix" not in page
    assert numbers(read(scene, "galerie/?prix=tous")) == [2]


def test_a_contest_without_a_jury_has_no_filter_of_prizes(client, scene) -> None:
    make_admitted(scene)

    page = wall(client, scene, "?prix=tous", at=AFTER_RESULTS)

    assert len(titles(page)) == 1
    assert 'name="prix"' not in page.content.decode()


def test_prizes_cost_one_query_however_many_there_are() -> None:
    def costs() -> list[int]:
        found = []
        for path in ("galerie/", "galerie/?prix=tous", "galerie/1/", "diaporama/"):
            with CaptureQueriesContext(connection) as queries:
                read(scene, path, LATER)
            found.append(len(queries))
        return found

    scene = make_counted(posters=8)
    publish(scene)
    costs()
    few = costs()
    for number in range(1, 9):
        give(scene, number, f"Raison {number}")
    publish(scene, now=OUT, note="Des coups de cœur.")

    assert costs() == few
    assert max(few) <= MOST_QUERIES
