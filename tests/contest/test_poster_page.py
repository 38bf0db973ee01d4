"""The page of one poster: what it says, where it leads, what a link to it shows."""

from __future__ import annotations

import re

import pytest
import time_machine
from django.test import Client, TestCase
from wagtail.models import PageViewRestriction

from contest.gallery import POSTERS_A_PAGE
from contest.models import ContestPage, Poster
from contest.withdrawal import withdraw
from tests.contest.scene import AFTER_RESULTS, NOW, Scene, make_admitted, make_submitted
from tests.contest.test_gallery import make_many

pytestmark = pytest.mark.django_db


def page_of(client: Client, scene: Scene, number: int | str, query: str = "", at=AFTER_RESULTS):
    """The answer of a poster's page."""
    with time_machine.travel(at):
        return client.get(f"{scene.contest.url}galerie/{number}/{query}")


def read(client: Client, scene: Scene, number: int, query: str = "") -> str:
    """The text of a poster's page, which is there."""
    response = page_of(client, scene, number, query)
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture
def three(scene: Scene) -> list[Poster]:
    """Three admitted posters, numbered from one."""
    return [make_admitted(scene, title=f"Affiche {name}") for name in ("une", "deux", "trois")]


def test_it_says_all_but_the_name_of_a_pupil(client, scene) -> None:
    poster = make_admitted(
        scene,
        ai_use="part",
        ai_details="Le ciel du fond",
        third_party=True,
        third_party_details="Photographie, CC BY 4.0",
    )

    page = read(client, scene, 1)

    for said in (
        poster.title,
        poster.statement,
        str(scene.establishment),
        "4e B",
        "24 élèves",
        "Collage",
        "Le ciel du fond",
        "Photographie, CC BY 4.0",
        "N°\u00a01",
        "Collèges",
    ):
        assert said in page, said
    assert poster.attested_by not in page
    assert "Description de l’image" in page
    assert page.count(poster.alternative) == 2  # in the picture and beside it


def test_the_picture_leads_to_the_largest_one_without_a_script(client, scene) -> None:
    poster = make_admitted(scene)

    page = read(client, scene, 1)

    assert re.search(rf'href="/fichiers/affiches/{poster.file.token}/master.jpg"\s+data-zoom', page)
    assert "1280.avif 1280w" in page


def test_before_the_results_nothing_says_whose_it_is(client, scene) -> None:
    ContestPage.objects.update(gallery_before_results=True)
    make_admitted(scene)

    page = page_of(client, scene, 1, at=NOW).content.decode()

    for hidden in (scene.establishment.name, scene.establishment.commune, "4e B", "24 élèves"):
        assert hidden not in page
    assert "L’établissement est nommé avec les résultats" in page
    assert "Collage" in page


def test_it_leads_to_the_posters_before_and_after_and_back_to_the_wall(
    client, scene, three
) -> None:
    base = f"{scene.contest.url}galerie/"

    first, second, third = (read(client, scene, number) for number in (1, 2, 3))

    assert f'href="{base}1/"' in second
    assert f'href="{base}3/"' in second
    assert f'href="{base}#affiche-2"' in second
    assert "2 sur 3, retour à la galerie" in second
    assert 'rel="prev"' not in first
    assert 'rel="next"' not in third


def test_the_way_on_stays_within_the_filters(client, scene, three) -> None:
    scene.contest.max_posters = 10
    scene.contest.save()
    make_admitted(scene, title="Plus loin, une autre")
    base = f"{scene.contest.url}galerie/"

    page = read(client, scene, 1, "?q=une")

    assert f'rel="next"\n       href="{base}4/?q=une"' in page
    assert "1 sur 2, retour à votre sélection" in page
    assert f'href="{base}?q=une#affiche-1"' in page


def test_a_poster_that_the_filters_leave_out_leads_through_all(client, scene, three) -> None:
    page = read(client, scene, 2, "?q=une")

    assert f'href="{scene.contest.url}galerie/3/"' in page
    assert "2 sur 3, retour à la galerie" in page


def test_the_way_back_leads_to_the_page_of_the_wall(client, scene) -> None:
    make_many(scene, POSTERS_A_PAGE + 1)
    last = POSTERS_A_PAGE + 1

    page = read(client, scene, last)

    assert f'href="{scene.contest.url}galerie/?page=2#affiche-{last}"' in page


def test_a_number_that_nothing_has_is_not_found(client, scene) -> None:
    make_admitted(scene)

    for number in ("0", "2", "01", "-1", "999999999", "9" * 10, "9" * 5000, "x"):
        assert page_of(client, scene, number).status_code == 404, number


def test_a_poster_that_is_not_admitted_has_no_page(client, scene) -> None:
    make_submitted(scene)
    Poster.objects.update(number=7)

    assert page_of(client, scene, 7).status_code == 404


def test_one_withdrawn_is_not_found_as_if_it_had_never_been(client, scene) -> None:
    poster = make_admitted(scene)
    assert page_of(client, scene, 1).status_code == 200
    with TestCase.captureOnCommitCallbacks(execute=True):
        withdraw(poster, by=scene.account, now=AFTER_RESULTS)

    assert page_of(client, scene, 1).status_code == 404
    assert page_of(client, scene, 2).status_code == 404


def test_a_link_to_it_shows_its_picture_and_its_one_address(client, scene) -> None:
    poster = make_admitted(scene)

    page = read(client, scene, 1, "?q=accroche")

    address = f"http://localhost{scene.contest.url}galerie/1/"
    picture = f"/fichiers/affiches/{poster.file.token}/1280.jpg"
    assert f'<link rel="canonical" href="{address}">' in page
    assert f'<meta property="og:url" content="{address}">' in page
    assert '<meta property="og:title" content="Accroche-toi">' in page
    assert re.search(rf'og:image" content="http://[^"]+{picture}"', page)
    assert '<meta property="og:image:width" content="1280">' in page


def test_a_link_to_one_of_a_private_edition_shows_no_picture(scene) -> None:
    make_admitted(scene)
    PageViewRestriction.objects.create(page=scene.edition, restriction_type="login")
    reader = Client()
    reader.force_login(scene.account)

    assert "og:image" not in read(reader, scene, 1)
