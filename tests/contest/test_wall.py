"""The wall of posters: what it shows of each, how it is narrowed down, ordered and paged."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from contest.models import Poster
from tests.contest.scene import (
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


@pytest.fixture(autouse=True)
def _room(scene: Scene) -> None:
    scene.contest.max_posters = 50
    scene.contest.save()


def address(scene: Scene, query: str = "") -> str:
    return reverse("poster_wall", args=[scene.contest.pk]) + query


def wall(editor: Client, scene: Scene, query: str = "") -> Any:
    response = editor.get(address(scene, query))
    assert response.status_code == 200
    return response


def titles(response: Any) -> list[str]:
    return [card.poster.title for card in response.context["cards"]]


def make_school(scene: Scene, **fields: Any) -> Any:
    school = EstablishmentFactory(academy=scene.academy, **fields)
    sign_up(school)
    return school


def test_it_shows_those_that_wait_the_oldest_first(editor: Client, scene: Scene) -> None:
    newer = make_submitted(scene, title="Récente")
    older = make_submitted(scene, title="Ancienne")
    Poster.objects.filter(pk=older.pk).update(submitted_at=NOW - timedelta(days=1))
    make_admitted(scene, title="Admise")
    make_draft(scene, title="Brouillon")

    assert titles(wall(editor, scene)) == ["Ancienne", "Récente"]
    assert newer.status == "submitted"


def test_each_card_tells_what_is_needed_to_choose_it(editor: Client, scene: Scene) -> None:
    poster = make_admitted(scene, title="Grimper")

    text = wall(editor, scene, "?status=all").content.decode()

    assert poster.file is not None
    for part in (
        "Grimper",
        "N°\u00a01",
        scene.establishment.name,
        scene.establishment.uai,
        "Collèges",
        scene.establishment.department.name,
        "Admise",
        reverse("poster_file", args=[poster.file.token, "320.avif"]),
        reverse("poster_review", args=[poster.pk]),
    ):
        assert part in text


def test_drafts_are_on_no_wall(editor: Client, scene: Scene) -> None:
    make_draft(scene, title="Brouillon secret")

    for status in ("all", "draft", "submitted", ""):
        response = wall(editor, scene, f"?status={status}")
        assert "Brouillon secret" not in response.content.decode()
    assert response.context["total"] == 0


def test_posters_of_another_contest_are_not_there(editor: Client, scene: Scene) -> None:
    from tests.contest.scene import make_contest
    from tests.factories import make_edition

    edition = make_edition(scene.academy, title="Semaine 2022", slug="2022")
    make_contest(edition)
    make_submitted(scene, title="D’ici")
    other = edition.get_children().type(type(scene.contest)).get()

    response = editor.get(reverse("poster_wall", args=[other.pk]))

    assert response.status_code == 200
    assert "D’ici" not in response.content.decode()


def test_the_tabs_count_each_status(editor: Client, scene: Scene) -> None:
    make_submitted(scene)
    make_submitted(scene)
    make_returned(scene)
    make_admitted(scene)
    make_refused(scene)
    make_withdrawn(scene)

    tabs = wall(editor, scene).context["tabs"]

    assert [tab.count for tab in tabs] == [2, 1, 1, 1, 1, 6]
    assert [tab.is_current for tab in tabs] == [True, False, False, False, False, False]


@pytest.mark.parametrize("status", ["returned", "admitted", "refused", "withdrawn"])
def test_a_tab_shows_one_status(editor: Client, scene: Scene, status: str) -> None:
    made = {
        "submitted": make_submitted(scene, title="submitted"),
        "returned": make_returned(scene, title="returned"),
        "admitted": make_admitted(scene, title="admitted"),
        "refused": make_refused(scene, title="refused"),
        "withdrawn": make_withdrawn(scene, title="withdrawn"),
    }

    assert titles(wall(editor, scene, f"?status={status}")) == [made[status].title]
    assert len(titles(wall(editor, scene, "?status=all"))) == len(made)


def test_it_is_narrowed_by_category_and_by_department(editor: Client, scene: Scene) -> None:
    department = DepartmentFactory(academy=scene.academy, name="Eure")
    lycee = make_school(scene, kind="lycee_gt", department=department)
    category = scene.contest.categories.get(name="Lycées, CFA et dispositifs")
    make_submitted(scene, title="Du collège")
    make_submitted(scene, title="Du lycée", establishment=lycee, category=category)

    by_category = wall(editor, scene, f"?category={category.pk}")
    by_department = wall(editor, scene, f"?department={department.pk}")

    assert titles(by_category) == titles(by_department) == ["Du lycée"]
    assert by_category.context["tabs"][0].count == 1


@pytest.mark.parametrize(
    "typed",
    ["bouee", "Bouée", "evreux saint-exupery", "st exupery", "0271234", "n° 2", "2", "N°2 bouée"],
)
def test_a_search_finds_by_title_establishment_uai_and_number(
    editor: Client, scene: Scene, typed: str
) -> None:
    school = make_school(scene, uai="0271234X", name="Collège Saint-Exupéry", commune="Évreux")
    other = make_school(scene, uai="0761234N", name="Collège Monod", commune="Rouen")
    make_admitted(scene, title="Le phare", establishment=other)
    make_admitted(scene, title="La bouée", establishment=school)

    response = editor.get(address(scene), {"status": "all", "q": typed})

    assert titles(response) == ["La bouée"]


def test_a_number_is_found_whole(editor: Client, scene: Scene) -> None:
    school = make_school(scene, uai="0761234N", name="Collège Monod", commune="Rouen")
    made = [
        make_admitted(scene, title=f"Affiche {letter}", establishment=school)
        for letter in "ABCDEFGHIJKL"
    ]

    found = titles(wall(editor, scene, "?status=admitted&q=1"))

    assert found == [poster.title for poster in made if poster.number == 1]


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        pytest.param("oldest", ["Z", "A", "M"]),
        pytest.param("newest", ["M", "A", "Z"]),
        pytest.param("title", ["A", "M", "Z"]),
        pytest.param("number", ["A", "M", "Z"]),
        pytest.param("establishment", ["M", "A", "Z"]),
        pytest.param("nonsense", ["Z", "A", "M"]),
    ],
)
def test_the_order_is_the_one_asked_for(
    editor: Client, scene: Scene, order: str, expected: list[str]
) -> None:
    names = {"A": "Lycée B", "M": "Collège A", "Z": "Lycée C"}
    for at, title in enumerate("AMZ"):
        school = make_school(scene, name=names[title])
        poster = make_admitted(scene, title=title, establishment=school)
        days = {"Z": 3, "A": 2, "M": 1}[title]
        Poster.objects.filter(pk=poster.pk).update(
            submitted_at=NOW - timedelta(days=days), number=at + 1
        )

    assert titles(wall(editor, scene, f"?status=admitted&order={order}")) == expected


def test_a_page_holds_thirty_and_keeps_the_filters(editor: Client, scene: Scene) -> None:
    for number in range(31):
        make_submitted(scene, title=f"Affiche {number:02d}")

    first = wall(editor, scene, "?q=affiche&order=title")
    second = wall(editor, scene, "?q=affiche&order=title&p=2")

    assert len(titles(first)) == 30
    assert titles(second) == ["Affiche 30"]
    assert first.context["following"].endswith("?q=affiche&order=title&p=2")
    assert second.context["previous"].endswith("?q=affiche&order=title&p=1")
    assert "?q=affiche&amp;order=title" in first.content.decode()


def test_thirty_posters_cost_as_many_queries_as_one(editor: Client, scene: Scene) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            wall(editor, scene, "?status=all")
        return len(queries)

    make_submitted(scene)
    wall(editor, scene)
    one = count()
    for number in range(29):
        school = make_school(scene)
        make = make_submitted if number % 2 else make_admitted
        make(scene, establishment=school)

    assert count() == one
    assert one <= 25


@pytest.mark.parametrize(
    "query",
    [
        "?p=0",
        "?p=-3",
        "?p=99999999999999999999999",
        "?p=²",
        "?category=99999999999999999999",
        "?category=²",
        "?department=-1",
        "?status=%00",
        "?q=%00",
        "?q=%27%22%3Cscript%3E",
        "?q=" + "9" * 400,
        "?order=submitted_at%3B",
        "?tick",
    ],
)
def test_no_address_makes_it_fail(editor: Client, scene: Scene, query: str) -> None:
    make_submitted(scene)

    assert editor.get(address(scene, query)).status_code == 200


def test_an_empty_wall_says_why(editor: Client, scene: Scene) -> None:
    assert "du mardi 17 janvier 2023" in wall(editor, scene).content.decode()
    make_admitted(scene)
    assert "status=all" in wall(editor, scene).content.decode()
    filtered = wall(editor, scene, "?q=introuvable").content.decode()
    assert "Aucune affiche ne correspond" in filtered


def test_only_what_waits_can_be_ticked(editor: Client, scene: Scene) -> None:
    waiting = make_submitted(scene)
    make_admitted(scene)

    response = wall(editor, scene, "?status=all")

    ticks = [card.tick for card in response.context["cards"] if card.tick]
    assert ticks == [f"{waiting.pk}.{waiting.latest_revision_id}"]
    assert "checked" not in response.content.decode()
    ticked = wall(editor, scene, "?status=all&tick=1").content.decode()
    assert ticked.count("checked") == 1
