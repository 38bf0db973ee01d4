"""The contest in an establishment's space: what it can do, its posters, taking one out."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from contest.enums import PosterStatus
from contest.models import Category, ContestPage, Poster
from tests.contest.deposit_sheet import (
    contest_address,
    edit_address,
    new_address,
    page_of,
)
from tests.contest.scene import (
    AFTER_RESULTS,
    NOW,
    Scene,
    make_admitted,
    make_contest,
    make_draft,
    make_file,
    make_refused,
    make_returned,
    make_submitted,
    make_withdrawn,
)
from tests.factories import make_edition

pytestmark = pytest.mark.django_db

SPACE = "/espace/"
HOME_QUERIES = 16
CONTEST_QUERIES = 11
POSTER_QUERIES = 10


@pytest.fixture(autouse=True)
def _deposit_open():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def room(scene: Scene) -> Scene:
    """The scene, with room for posters of every kind."""
    ContestPage.objects.update(max_posters=40)
    scene.contest.refresh_from_db()
    return scene


def withdrawal_address(poster: Poster) -> str:
    return f"{page_of(poster)}retirer/"


# The first page of the space


def test_the_space_says_that_posters_may_be_handed_in(school: Client, scene: Scene) -> None:
    page = school.get(SPACE).content.decode()

    assert "Déposez vos affiches avant le lundi 20 mars 2023 à 23 h 59" in page.replace(
        "\u202f", " "
    ).replace("\xa0", " ")
    assert new_address(scene.contest) in page
    assert contest_address(scene.contest) in page


def test_the_space_lists_every_poster_whatever_its_status(school: Client, room: Scene) -> None:
    posters = [
        make(room, title=f"Affiche {make.__name__}")
        for make in (
            make_draft,
            make_submitted,
            make_returned,
            make_admitted,
            make_refused,
            make_withdrawn,
        )
    ]

    page = school.get(SPACE).content.decode()

    for poster in posters:
        assert poster.title in page
        assert page_of(poster) in page
    assert "N° 1" in page.replace("\xa0", " ")


def test_what_waits_for_the_establishment_comes_first(school: Client, room: Scene) -> None:
    refused = make_refused(room)
    returned = make_returned(room)
    admitted = make_admitted(room)
    draft = make_draft(room)

    lines = school.get(contest_address(room.contest)).context["side"].lines

    assert [line.poster for line in lines] == [draft, returned, admitted, refused]


def test_what_the_academie_says_shows_beside_a_poster_to_correct(
    school: Client, scene: Scene
) -> None:
    poster = make_returned(scene)

    page = school.get(SPACE).content.decode()

    assert "Décrivez aussi le slogan." in page
    assert "1 affiche à corriger" in page
    assert edit_address(poster) in page


def test_posters_of_earlier_contests_stay_within_reach(school: Client, scene: Scene) -> None:
    old = make_contest(make_edition(scene.academy, title="Semaine 2022"))
    poster = Poster.objects.create(
        contest=old, establishment=scene.establishment, title="Ancienne", live=False
    )

    page = school.get(SPACE).content.decode()

    assert "Semaine 2022" in page
    assert page_of(poster) in page


def test_an_edition_without_a_contest_says_nothing_of_one(school: Client, scene: Scene) -> None:
    ContestPage.objects.all().delete()

    page = school.get(SPACE)

    assert page.status_code == 200
    assert [part.now for part in page.context["parts"]] == [""]


def test_a_contest_that_is_not_published_is_not_announced(school: Client, scene: Scene) -> None:
    scene.contest.unpublish()

    assert new_address(scene.contest) not in school.get(SPACE).content.decode()
    assert school.get(contest_address(scene.contest)).status_code == 404


@pytest.mark.parametrize(
    ("address", "most"), [("space", HOME_QUERIES), ("contest", CONTEST_QUERIES)]
)
@pytest.mark.parametrize("number", [1, 30])
def test_the_space_costs_the_same_however_many_posters(
    school: Client, room: Scene, address: str, most: int, number: int
) -> None:
    make_returned(room)
    statuses = [PosterStatus.DRAFT, PosterStatus.ADMITTED, PosterStatus.REFUSED]
    for index in range(number):
        Poster.objects.create(
            contest=room.contest,
            establishment=room.establishment,
            category=room.category,
            title=f"Affiche {index}",
            live=False,
            status=statuses[index % 3],
            submitted_at=NOW if index % 3 else None,
            file=make_file(room.establishment, room.contest),
        )
    path = SPACE if address == "space" else contest_address(room.contest)
    school.get(path)

    with CaptureQueriesContext(connection) as queries:
        assert school.get(path).status_code == 200

    assert len(queries) <= most, "\n".join(query["sql"][:150] for query in queries)


# The contest


@pytest.mark.parametrize(
    ("instant", "said"),
    [
        (datetime(2023, 1, 10, tzinfo=UTC), "Le dépôt des affiches ouvre le mardi 17 janvier"),
        (NOW, "Déposez vos affiches avant"),
        (datetime(2023, 3, 21, 12, tzinfo=UTC), "Le dépôt est clos depuis le lundi 20 mars"),
        (AFTER_RESULTS, "Les résultats du concours sont connus"),
    ],
)
def test_the_contest_says_what_can_be_done_now(
    client: Client, scene: Scene, instant: datetime, said: str
) -> None:
    with time_machine.travel(instant, tick=False):
        client.force_login(scene.account)
        page = client.get(contest_address(scene.contest)).content.decode()

    assert said in page.replace("\xa0", " ")


def test_the_contest_counts_the_places(school: Client, scene: Scene) -> None:
    make_draft(scene)
    make_submitted(scene)
    make_withdrawn(scene)

    page = school.get(contest_address(scene.contest)).content.decode()

    assert "2 affiches sur 3." in page


def test_the_contest_tells_of_the_registration(school: Client, scene: Scene) -> None:
    page = school.get(contest_address(scene.contest)).content.decode()

    assert f"{contest_address(scene.contest)}inscription/" in page
    assert "Les inscriptions se terminent le jeudi 9 mars 2023" in page


def test_an_establishment_of_another_kind_still_finds_the_posters_it_has(
    school: Client, scene: Scene
) -> None:
    poster = make_submitted(scene)
    Category.objects.update(kinds=["elementary"])

    page = school.get(contest_address(scene.contest)).content.decode()

    assert page_of(poster) in page


# One poster


def test_a_posters_page_tells_where_it_stands_and_what_was_declared(
    school: Client, scene: Scene
) -> None:
    poster = make_returned(scene, third_party=True, third_party_details="Photo, licence libre.")

    response = school.get(page_of(poster))

    page = response.content.decode()
    for said in (
        "À corriger",
        "Décrivez aussi le slogan.",
        "Collage",
        "24 élèves, 4e B",
        "Photo, licence libre.",
        "Attestées par Camille Exemple, principale",
        edit_address(poster),
        withdrawal_address(poster),
        f"{page_of(poster)}apercu/",
    ):
        assert said in page
    assert [act.label for act in response.context["acts"]] == [
        "Renvoyée pour correction",
        "Déposée",
    ]


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (make_draft, "Personne d’autre ne la voit"),
        (make_submitted, "un message vous donnera sa réponse"),
        (make_admitted, "Le jury la voit sans le nom de votre établissement"),
        (make_refused, "Elle ne participe pas au concours"),
        (make_withdrawn, "toutes ses images sont supprimées"),
    ],
)
def test_a_posters_page_says_what_its_status_means(
    school: Client, scene: Scene, make, said: str
) -> None:
    poster = make(scene)

    page = school.get(page_of(poster)).content.decode()

    assert said in page
    assert (edit_address(poster) in page) == (make in (make_draft, make_submitted))


def test_a_posters_page_costs_few_queries(school: Client, scene: Scene) -> None:
    poster = make_returned(scene)
    school.get(page_of(poster))

    with CaptureQueriesContext(connection) as queries:
        school.get(page_of(poster))

    assert len(queries) <= POSTER_QUERIES, "\n".join(query["sql"][:150] for query in queries)


def test_the_preview_shows_what_the_jury_sees_and_nothing_else(
    school: Client, scene: Scene
) -> None:
    poster = make_admitted(scene, title="Un titre", class_label="Quatrième verte")

    page = school.get(f"{page_of(poster)}apercu/").content.decode()

    shown = page.partition("<article")[2].partition("</article>")[0]
    assert "N° 1" in shown.replace("\xa0", " ")
    assert poster.alternative in shown
    assert "<img" in shown
    for hidden in (scene.establishment.name, scene.establishment.uai, "Un titre", "Quatrième"):
        assert hidden not in shown


def test_the_preview_of_what_is_not_admitted_has_no_number_yet(
    school: Client, scene: Scene
) -> None:
    poster = make_draft(scene)

    page = school.get(f"{page_of(poster)}apercu/").content.decode()

    assert "N° attribué à l’admission" in page.replace("\xa0", " ")


def test_there_is_no_preview_without_a_file(school: Client, scene: Scene) -> None:
    poster = make_withdrawn(scene)

    assert school.get(f"{page_of(poster)}apercu/").status_code == 404
