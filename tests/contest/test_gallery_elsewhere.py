"""Posters in the search of the site, the sitemap, the menu and the plan du site."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from contest.gallery_menu import menu_entries
from contest.models import ContestPage, Poster
from tests.contest.scene import AFTER_RESULTS, NOW, Scene, make_admitted, make_scene, make_submitted
from tests.contest.test_gallery import make_many
from tests.factories import make_site

pytestmark = pytest.mark.django_db


def search(client: Client, query: str, at=AFTER_RESULTS) -> str:
    """The text of the site's search."""
    with time_machine.travel(at):
        return client.get("/recherche/", {"q": query}).content.decode()


def read(client: Client, path: str, at=AFTER_RESULTS) -> str:
    """The text of a page."""
    with time_machine.travel(at):
        return client.get(path).content.decode()


def test_the_search_of_the_site_finds_public_posters_by_their_words(client, scene) -> None:
    make_admitted(scene, title="L’Élan")
    make_submitted(scene, title="L’élan caché")

    page = search(client, "elan")

    assert "Affiches" in page
    assert f'href="{scene.contest.url}galerie/1/"' in page
    assert str(scene.establishment) in page
    assert "caché" not in page


def test_by_their_establishment_only_after_the_results(client, scene) -> None:
    ContestPage.objects.update(gallery_before_results=True)
    scene.establishment.name = "Collège Zéphyrin"
    scene.establishment.save()
    make_admitted(scene)

    assert "galerie/1/" not in search(client, "zephyrin", at=NOW)
    before = search(client, "accroche", at=NOW)
    assert "galerie/1/" in before
    assert "Zéphyrin" not in before
    assert "galerie/1/" in search(client, "zephyrin")


def test_more_of_one_contest_are_one_link_away(client, scene) -> None:
    scene.contest.max_posters = 10
    scene.contest.save()
    for _ in range(7):
        make_admitted(scene)

    page = search(client, "accroche")

    assert page.count("galerie/") >= 6
    assert f'href="{scene.contest.url}galerie/?q=accroche"' in page
    assert "Voir les 7 résultats parmi les affiches" in page


def test_the_search_costs_the_same_with_one_poster_and_with_many(client, scene) -> None:
    def cost() -> int:
        with time_machine.travel(AFTER_RESULTS), CaptureQueriesContext(connection) as queries:
            client.get("/recherche/", {"q": "accroche"})
        return len(queries)

    make_admitted(scene)
    cost()  # what is kept for a minute
    alone = cost()
    make_many(scene, 4)

    assert cost() == alone


def test_each_academys_site_finds_its_own_posters(client, scene) -> None:
    make_admitted(scene)
    make_scene(make_site("amiens", "amiens.localhost", is_default=False))

    elsewhere = client.get("/recherche/", {"q": "accroche"}, headers={"host": "amiens.localhost"})

    assert "Accroche-toi" not in elsewhere.content.decode()


def test_the_sitemap_lists_the_gallery_and_each_poster_once_it_is_open(client, scene) -> None:
    make_admitted(scene)
    submitted = make_submitted(scene)
    Poster.objects.filter(pk=submitted.pk).update(number=2)
    base = f"http://localhost{scene.contest.url}galerie/"

    before, after = read(client, "/sitemap.xml", at=NOW), read(client, "/sitemap.xml")

    assert "galerie" not in before
    assert f"<loc>{base}</loc>" in after
    assert f"<loc>{base}1/</loc>" in after
    assert f"{base}2/" not in after


def test_the_menu_leads_to_the_gallery_once_it_is_open(client, scene) -> None:
    link = f'href="{scene.contest.url}galerie/"'

    assert link not in read(client, "/", at=NOW)
    cache.clear()  # a minute passes
    assert link in read(client, "/", at=AFTER_RESULTS)
    assert link in read(client, "/plan-du-site/")


def test_the_menu_follows_the_pages_at_once(client, scene) -> None:
    link = f'href="{scene.contest.url}galerie/"'
    assert link in read(client, "/")

    restriction = PageViewRestriction.objects.create(page=scene.edition, restriction_type="login")
    assert link not in read(client, "/")
    restriction.delete()
    assert link in read(client, "/")
    scene.contest.unpublish()
    assert link not in read(client, "/")


def test_the_menu_asks_once_and_keeps_the_answer(client, scene, django_assert_num_queries) -> None:
    home_page, address = scene.academy.site.root_page, f"{scene.contest.url}galerie/"
    with time_machine.travel(AFTER_RESULTS), django_assert_num_queries(1):
        entries = [menu_entries(None, home_page) for _ in range(3)]

    assert [entry.url for (entry,) in entries] == [address] * 3


def test_of_two_contests_the_menu_shows_the_latest_that_is_open(client, scene: Scene) -> None:
    older = make_scene(
        scene.academy,
        deposit_opens_at=NOW - timedelta(days=700),
        deposit_closes_at=NOW - timedelta(days=600),
        jury_on=None,
        results_at=NOW - timedelta(days=500),
    )

    assert f'href="{older.contest.url}galerie/"' in read(client, "/", at=NOW)
    cache.clear()  # a minute passes
    assert f'href="{scene.contest.url}galerie/"' in read(client, "/")
