"""Admitting several posters at once: what is ticked, what is shown before, what becomes of each."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import MailRecord
from contest import depositing
from contest.forms.admission import ticked
from contest.models import Poster, PosterFile
from tests.contest.scene import NOW, Scene, make_admitted, make_draft, make_submitted

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _room(scene: Scene) -> None:
    scene.contest.max_posters = 50
    scene.contest.save()


def address(scene: Scene, query: str = "") -> str:
    return reverse("posters_admit", args=[scene.contest.pk]) + query


def ticks(posters: Iterable[Poster]) -> list[str]:
    return [f"{poster.pk}.{poster.latest_revision_id}" for poster in posters]


def confirmation(editor: Client, scene: Scene, posters: Iterable[Poster]) -> Any:
    response = editor.get(address(scene), {"poster": ticks(posters), "q": "affiche"})
    assert response.status_code == 200
    return response


def left(response: Any) -> dict[str, str]:
    return {one.poster.title: one.why for one in response.context["left"]}


def messages(editor: Client, response: Any) -> str:
    found = BeautifulSoup(editor.get(response.url).content, "html.parser")
    return found.select_one(".messages").get_text(" ", strip=True).replace("\u00a0", " ")


def make_all(scene: Scene) -> dict[str, Poster]:
    """Posters of each sort, ticked together."""
    made = {
        "bonne": make_submitted(scene, title="bonne"),
        "aussi": make_submitted(scene, title="aussi"),
        "sans images": make_submitted(scene, title="sans images", prepared=False),
        "double": make_submitted(scene, title="double"),
        "jumelle": make_submitted(scene, title="jumelle"),
        "admise": make_admitted(scene, title="admise"),
    }
    twins = [made["double"].file_id, made["jumelle"].file_id]
    PosterFile.objects.filter(pk__in=twins).update(fingerprint="0f0f0f0f0f0f0f0f")
    return made


WHY = {
    "sans images": "Ses images ne sont pas prêtes.",
    "double": "Elle ressemble à une autre affiche\u00a0: décidez depuis sa page.",
    "jumelle": "Elle ressemble à une autre affiche\u00a0: décidez depuis sa page.",
    "admise": "Une décision a déjà été prise.",
}


def test_the_confirmation_says_what_will_be_admitted_and_what_not(
    editor: Client, scene: Scene
) -> None:
    made = make_all(scene)

    response = confirmation(editor, scene, made.values())

    assert {poster.title for poster, _tick in response.context["fit"]} == {"bonne", "aussi"}
    assert left(response) == WHY
    assert Poster.objects.filter(status="admitted").count() == 1
    found = BeautifulSoup(response.content, "html.parser")
    assert sorted(box["value"] for box in found.select("form input[name=poster]")) == sorted(
        ticks([made["bonne"], made["aussi"]])
    )


def test_confirming_admits_them_and_says_which_numbers(editor: Client, scene: Scene) -> None:
    made = make_all(scene)

    response = editor.post(address(scene, "?q=bonne"), {"poster": ticks(made.values())})

    numbers = Poster.objects.filter(title__in=["bonne", "aussi"]).values_list("number", flat=True)
    assert sorted(numbers) == [2, 3]
    assert response.url == reverse("poster_wall", args=[scene.contest.pk]) + "?q=bonne"
    told = messages(editor, response)
    assert "2 affiches sont admises, sous les n° 2, 3" in told
    assert "4 affiches ne sont pas admises" in told
    for title, why in WHY.items():
        assert f"{title} – {why}".replace("\u00a0", " ") in told
    assert MailRecord.objects.filter(kind="poster_admitted").count() == 3


def test_a_poster_changed_since_the_wall_was_opened_stays_behind(
    editor: Client, scene: Scene
) -> None:
    poster = make_submitted(scene, title="changée")
    seen = ticks([poster])
    version = Poster.objects.get(pk=poster.pk)
    version.statement = "Une autre présentation, plus longue."
    depositing.save_draft(version, by=scene.account, now=NOW)

    shown = editor.get(address(scene), {"poster": seen})
    sent = editor.post(address(scene), {"poster": seen})

    assert "modifiée depuis" in left(shown)["changée"]
    assert "modifiée depuis" in messages(editor, sent)
    assert Poster.objects.get(pk=poster.pk).status == "submitted"


def test_a_second_click_admits_nothing_twice(editor: Client, scene: Scene) -> None:
    poster = make_submitted(scene)
    sent = {"poster": ticks([poster])}

    editor.post(address(scene), sent)
    second = editor.post(address(scene), sent)

    assert "Une décision a déjà été prise" in messages(editor, second)
    assert MailRecord.objects.filter(kind="poster_admitted").count() == 1
    assert Poster.objects.get(pk=poster.pk).number == 1


def test_thirty_posters_cost_as_many_queries_as_one(editor: Client, scene: Scene) -> None:
    posters = [make_submitted(scene) for _ in range(30)]
    confirmation(editor, scene, posters[:1])

    with CaptureQueriesContext(connection) as one:
        confirmation(editor, scene, posters[:1])
    with CaptureQueriesContext(connection) as thirty:
        confirmation(editor, scene, posters)

    assert len(thirty) == len(one)


def test_nothing_ticked_leads_back_to_the_wall(editor: Client, scene: Scene) -> None:
    draft = make_draft(scene)

    for query in ("", "?poster=", "?poster=x.y", "?poster=²", f"?poster={ticks([draft])[0]}"):
        response = editor.get(address(scene, query))
        assert response.url == reverse("poster_wall", args=[scene.contest.pk])
        assert "Sélectionnez au moins une affiche" in messages(editor, response)


def test_a_title_is_never_taken_for_markup(editor: Client, scene: Scene) -> None:
    poster = make_admitted(scene, title="<script>alert(1)</script>")

    response = editor.post(address(scene), {"poster": ticks([poster])})

    assert "<script>alert" not in editor.get(response.url).content.decode()


def test_what_boxes_say_is_read_with_care() -> None:
    values = ["12.34", "12", "12.", ".34", "9" * 30 + ".1", "a.b", "13.35", "14.36"]

    assert ticked(values, 2) == {12: 34, 13: 35}
