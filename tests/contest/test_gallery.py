"""The wall of posters: what it shows, how it is narrowed, what it costs."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from contest.gallery import POSTERS_A_PAGE
from contest.models import ContestPage, Poster
from contest.models.poster_file import unguessable
from tests.contest.scene import (
    AFTER_RESULTS,
    NOW,
    Scene,
    make_admitted,
    make_draft,
    make_refused,
    make_returned,
    make_submitted,
    make_withdrawn,
)
from tests.factories import DepartmentFactory, EstablishmentFactory, sign_up

pytestmark = pytest.mark.django_db

MOST_QUERIES = 12


def wall(client: Client, scene: Scene, query: str = "", at=AFTER_RESULTS):
    """The answer of the wall."""
    with time_machine.travel(at, tick=False):
        return client.get(f"{scene.contest.url}galerie/{query}")


def titles(response) -> list[str]:
    """The titles of the cards, in order."""
    found = re.findall(
        r'gallery-card__title">\s*<a href="[^"]+">([^<]+)</a>', response.content.decode()
    )
    return [title.strip() for title in found]


@pytest.fixture
def lycee(scene: Scene):
    """Another establishment, of another département and kind."""
    ContestPage.objects.update(max_posters=50)
    scene.contest.refresh_from_db()
    establishment = EstablishmentFactory(
        academy=scene.academy,
        kind="lycee_pro",
        name="Lycée des Quatre-Vents",
        commune="Évreux",
        department=DepartmentFactory(academy=scene.academy, name="Eure"),
    )
    sign_up(establishment)
    return {
        "establishment": establishment,
        "category": scene.contest.categories.get(name__startswith="Lycées"),
    }


def test_only_admitted_posters_hang_on_the_wall_in_the_order_of_their_numbers(
    client, scene
) -> None:
    scene.contest.max_posters = 10
    for make in (make_draft, make_submitted, make_returned, make_refused, make_withdrawn):
        make(scene, title=f"Cachée par {make.__name__}")
    first, second = make_admitted(scene, title="Premier"), make_admitted(scene, title="Second")

    page = wall(client, scene)

    assert titles(page) == ["Premier", "Second"]
    assert "Cachée" not in page.content.decode()
    assert first.number < second.number


def test_a_card_shows_the_poster_its_number_its_category_and_after_the_results_whose_it_is(
    client, scene
) -> None:
    poster = make_admitted(scene)

    page = wall(client, scene).content.decode()

    assert f'href="{scene.contest.url}galerie/{poster.number}/"' in page
    assert "N°\u00a01" in page
    assert "Collèges" in page
    assert str(scene.establishment) in page
    assert poster.alternative in page


def test_pictures_keep_their_room_and_only_the_first_row_is_asked_for_at_once(
    client, scene, lycee
) -> None:
    for _ in range(6):
        make_admitted(scene)

    page = wall(client, scene).content.decode()

    images = re.findall(r"<img[^>]*>", page)
    sources = re.findall(r"<source[^>]*>", page)
    assert len(images) == len(sources) == 6
    assert all('width="640"' in image and 'height="905"' in image for image in images)
    assert [index for index, image in enumerate(images) if "loading=" not in image] == [0, 1, 2, 3]
    assert [index for index, image in enumerate(images) if "fetchpriority" in image] == [0]
    for pixels in (320, 640, 1280):
        assert f"{pixels}.avif {pixels}w" in sources[0]
        assert f"{pixels}.jpg {pixels}w" in images[0]


def test_the_wall_is_narrowed_by_category_department_and_kind(client, scene, lycee) -> None:
    make_admitted(scene, title="Au collège")
    make_admitted(scene, title="Au lycée", **lycee)
    code = lycee["establishment"].department.code

    for query in (f"categorie={lycee['category'].pk}", f"departement={code}", "type=lycee_pro"):
        page = wall(client, scene, f"?{query}")
        assert titles(page) == ["Au lycée"], query
        assert "1 affiche sur 2" in page.content.decode()
        assert f'galerie/2/?{query}"' in page.content.decode()  # the way on keeps the filters


def test_each_choice_says_how_many_posters_it_shows(client, scene, lycee) -> None:
    for _ in range(3):
        make_admitted(scene)
    make_admitted(scene, title="Au lycée", **lycee)

    page = wall(client, scene).content.decode()

    for label in ("Toutes (4)", "Collèges (3)", "Lycées, CFA et dispositifs (1)"):
        assert label in page
    assert re.search(r"Eure \(1\)", page)
    assert re.search(r"Collège \(3\)", page)


def test_words_are_found_in_titles_statements_alternatives_and_establishments(
    client, scene, lycee
) -> None:
    lycee["establishment"].uai = "0269998Z"
    lycee["establishment"].save()
    make_admitted(scene, title="Accroche-toi")
    make_admitted(
        scene,
        title="L’Élan",
        statement="De tout notre cœur.",
        alternative="À marée basse, deux élèves marchent vers un phare allumé dans la nuit.",
        **lycee,
    )

    for typed in (
        "évreux",
        "EVREUX",
        "quatre vents",
        "élan",
        "ELAN",
        "coeur",
        "marée basse",
        "0269998",
        "2 phare",
    ):
        assert titles(wall(client, scene, f"?q={typed}")) == ["L’Élan"], typed


def test_every_word_must_be_found(client, scene) -> None:
    make_admitted(scene, title="Le mur d’escalade")

    assert titles(wall(client, scene, "?q=mur+accroche")) == ["Le mur d’escalade"]
    assert titles(wall(client, scene, "?q=mur+plongeoir")) == []
    assert titles(wall(client, scene, "?q=日本")) == []


def test_where_nothing_is_found_the_page_says_what_to_give_up(client, scene, lycee) -> None:
    make_admitted(scene, title="Accroche-toi")
    make_admitted(
        scene, title="Autre", alternative="Un phare dans la nuit, et rien d’autre.", **lycee
    )

    page = wall(client, scene, f"?q=accroche&categorie={lycee['category'].pk}")

    text = page.content.decode()
    assert page.status_code == 200
    assert "Aucune affiche ne correspond" in text
    assert "Sans les mots «\u202faccroche\u202f»\u00a0: 1 affiche" in text
    assert "Dans d’autres catégories que «\u202fLycées, CFA et dispositifs\u202f»" in text
    assert f'href="{scene.contest.url}galerie/?q=accroche"' in text
    assert 'name="robots" content="noindex"' in text


def test_pages_hold_twenty_four_posters_and_their_links_keep_the_filters(client, scene) -> None:
    make_many(scene, POSTERS_A_PAGE + 3)

    first = wall(client, scene, "?q=accroche")
    second = wall(client, scene, "?q=accroche&page=2")

    assert len(titles(first)) == POSTERS_A_PAGE
    assert 'href="?q=accroche&amp;page=2#affiches"' in first.content.decode()
    assert len(titles(second)) == 3
    assert "(page 2 sur 2)" in second.content.decode()
    assert len(titles(wall(client, scene, "?page=99"))) == 3
    assert (
        f'{scene.contest.url}galerie/?page=2">' in wall(client, scene, "?page=2").content.decode()
    )


ODD_QUERIES = [
    "?page=" + "9" * 5000,
    "?page=-1&page=x",
    "?categorie=" + "9" * 30,
    "?categorie=%00&departement=%00&type=%00&q=%00",
    "?q=" + "a " * 300,
    "?q=(((((&q=[",
    "?q=%25%5C_",
    "?%ff=%fe&q=%ff",
    "?departement=%F0%9F%98%80&type[]=1",
    "?q=" + "ae" * 100,
]


def test_no_query_string_is_too_odd(client, scene) -> None:
    make_admitted(scene)

    with time_machine.travel(AFTER_RESULTS):
        for query in ODD_QUERIES:
            for path in ("galerie/", "galerie/1/", "diaporama/"):
                answer = client.get(f"{scene.contest.url}{path}{query}")
                assert answer.status_code == 200, path + query


def test_a_gallery_that_is_not_open_says_when_it_opens(client, scene) -> None:
    poster = make_admitted(scene)

    page = wall(client, scene, at=NOW)

    text = page.content.decode()
    assert page.status_code == 200
    assert "le jeudi 6 avril 2023 à 12 h" in re.sub(r"\s", " ", text)
    assert 'content="noindex"' in text
    assert poster.title not in text
    with time_machine.travel(NOW):
        assert client.get(f"{scene.contest.url}galerie/1/").status_code == 404
        answer = client.get(f"{scene.contest.url}diaporama/")
    assert (answer.status_code, answer.url) == (302, f"{scene.contest.url}galerie/")


def test_the_gallery_opens_with_the_results_to_the_second(client, scene) -> None:
    make_admitted(scene)
    results_at = scene.contest.results_at

    assert titles(wall(client, scene, at=results_at - timedelta(seconds=1))) == []
    assert titles(wall(client, scene, at=results_at)) == ["Accroche-toi"]


def test_without_a_date_of_results_the_page_says_so(client, scene) -> None:
    ContestPage.objects.update(results_at=None)

    assert "pas encore connue" in wall(client, scene).content.decode()


def test_an_open_gallery_without_posters_says_so(client, scene) -> None:
    assert "Aucune affiche n’est encore admise" in wall(client, scene).content.decode()


def test_nothing_of_an_unpublished_edition_is_shown(client, scene) -> None:
    make_admitted(scene)
    scene.edition.unpublish()

    for path in ("galerie/", "galerie/1/", "diaporama/"):
        with time_machine.travel(AFTER_RESULTS):
            assert client.get(f"{scene.contest.url}{path}").status_code == 404


def test_a_poster_leaves_the_wall_the_day_after_its_authorisations_end(client, scene) -> None:
    poster = make_admitted(scene)
    Poster.objects.filter(pk=poster.pk).update(attestation_expires_on=AFTER_RESULTS.date())

    assert len(titles(wall(client, scene))) == 1
    assert titles(wall(client, scene, at=AFTER_RESULTS + timedelta(days=1))) == []


def make_many(scene: Scene, count: int) -> None:
    """Copies of one admitted poster, each with its number and its file's row."""
    poster = make_admitted(scene)
    assert poster.file is not None
    first = poster.number or 1
    for number in range(first + 1, first + count):
        poster.file.pk, poster.file.token = None, unguessable()
        poster.file._state.adding = True
        poster.file.save()
        poster.pk, poster.number, poster.file = None, number, poster.file
        poster._state.adding = True
        poster.save()


def test_the_gallery_costs_the_same_queries_with_one_poster_and_with_thirty(client, scene) -> None:
    def costs() -> list[int]:
        found = []
        for path in ("galerie/", "galerie/?q=accroche&type=college", "galerie/1/", "diaporama/"):
            with CaptureQueriesContext(connection) as queries:
                assert client.get(f"{scene.contest.url}{path}").status_code == 200
            found.append(len(queries))
        return found

    make_admitted(scene)
    with time_machine.travel(AFTER_RESULTS):
        costs()  # what is kept for a minute
        alone = costs()
        make_many(scene, 29)

        assert costs() == alone
    assert max(alone) <= MOST_QUERIES
