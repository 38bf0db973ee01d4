"""The publication in the admin: what is missing, the acts, who may come in."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from contest.jury import results
from contest.models import ContestPage, Jury, Result
from tests.contest.jury.published_scene import (
    DECIDED,
    INSTANT,
    LATER,
    OUT,
    give,
    make_counted,
    publish,
    streamed,
)
from tests.contest.jury.scene import JuryScene, make_jury
from tests.contest.scene import make_submitted
from tests.factories import make_editor, make_site

pytestmark = pytest.mark.django_db

MOST_QUERIES = 60


def browser(user: Any) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def address(scene: JuryScene, name: str = "jury_publication", *more: Any) -> str:
    return reverse(name, args=[scene.contest_scene.contest.pk, *more])


def show(scene: JuryScene, at=DECIDED, user: Any = None, name: str = "jury_publication"):
    with time_machine.travel(at, tick=False):
        return browser(user or scene.editor).get(address(scene, name))


def send(scene: JuryScene, moment=DECIDED, user: Any = None, **values: str):
    with time_machine.travel(moment, tick=False):
        return browser(user or scene.editor).post(address(scene), values)


NOW = {"act": "publish", "when": "now", "checked": "on"}


def test_an_editor_publishes_now() -> None:
    scene = make_counted()

    answer = send(scene, **NOW)

    assert (answer.status_code, answer.url) == (302, address(scene))
    assert results.current(scene.contest_scene.contest, DECIDED) is not None
    page = show(scene, OUT).content.decode()
    assert "La version 1 est publique depuis le" in page
    assert Result.objects.get().fingerprint in page
    assert "Publier une correction" in page


def test_at_a_chosen_instant_of_paris_then_called_off() -> None:
    scene = make_counted()

    send(scene, **{**NOW, "when": "later", "at": "2023-04-06T12:00"})

    assert Result.objects.get().published_at == INSTANT
    page = show(scene).content.decode()
    assert "jeudi 6 avril 2023 à 12" in page.replace("\u202f", " ")
    assert "Annuler la publication" in page
    send(scene, act="call_off")
    assert Result.objects.get().called_off_at == DECIDED
    assert "Annulée" in show(scene).content.decode()


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"when": "now"}, "Lisez-le d’abord"),
        ({"when": "later", "checked": "on"}, "Indiquez le jour et l’heure de la publication"),
        ({"when": "later", "at": "hier", "checked": "on"}, "28/03/2024"),
        ({"when": "later", "at": "2020-01-01T10:00", "checked": "on"}, "Choisissez un instant"),
        ({"when": "never", "checked": "on"}, "Rien n’est publié"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_published(values, told) -> None:
    scene = make_counted()

    answer = send(scene, act="publish", **values)

    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert not Result.objects.exists()


def test_a_correction_needs_its_note_and_keeps_what_was_typed() -> None:
    scene = make_counted()
    publish(scene)

    refused = send(scene, LATER, **NOW, note="")
    kept = send(scene, LATER, act="publish", when="now", note="Une erreur.")
    done = send(scene, LATER, **NOW, note="Une erreur.")

    assert refused.status_code == kept.status_code == 422
    assert "Une erreur." in kept.content.decode()
    assert done.status_code == 302
    assert Result.objects.get(version=2).note == "Une erreur."


def test_a_double_click_publishes_once_and_asks_for_a_note() -> None:
    scene = make_counted()
    send(scene, **NOW)

    again = send(scene, **NOW)

    assert again.status_code == 422
    assert Result.objects.count() == 1


def test_the_checklist_says_what_is_missing_and_offers_no_act() -> None:
    scene = make_jury()

    page = show(scene).content.decode()

    assert "tour non dépouillé" in page
    assert 'value="publish"' not in page
    answer = send(scene, **NOW)
    assert answer.status_code == 302
    assert not Result.objects.exists()


def test_the_checklist_says_what_is_left_outside() -> None:
    scene = make_counted()
    page = show(scene).content.decode()
    assert "attend encore d’être admise" not in page
    assert "le dépôt est encore ouvert" not in page
    make_submitted(scene.contest_scene)
    ContestPage.objects.update(deposit_closes_at=DECIDED + timedelta(days=1))
    page = show(scene).content.decode()
    assert "1 affiche attend encore d’être admise" in page
    assert "le dépôt est encore ouvert" in page


def test_a_contest_without_a_jury_says_so(editor: Client, scene) -> None:
    page = editor.get(reverse("jury_publication", args=[scene.contest.pk])).content.decode()

    assert "aucun tour n’a été confié" in page
    assert not Jury.objects.exists()


def test_the_preview_is_the_public_page_before_it_is_public() -> None:
    scene = make_counted()
    give(scene, 3, "Pour son humour.")

    answer = show(scene, name="jury_publication_preview")
    page = answer.content.decode()

    assert "no-store" in answer["Cache-Control"]
    for words in ("Aperçu", "Premier prix", "Pour son humour.", "Jugement majoritaire"):
        assert words in page
    assert not Result.objects.exists()


def test_the_organisers_archive_is_given_to_the_editors_only() -> None:
    scene = make_counted(jurors=3)
    result = publish(scene, at=INSTANT)
    path = address(scene, "jury_publication_archive", result.pk)

    answer = browser(scene.editor).get(path)

    with result.organisers.open("rb") as stream:
        assert streamed(answer) == stream.read()
    assert "no-store" in answer["Cache-Control"]
    elsewhere = make_editor(make_site("amiens", "amiens.localhost", is_default=False))
    assert browser(elsewhere).get(path).status_code == 404


def test_nobody_else_comes_in() -> None:
    scene = make_counted()
    result = publish(scene, at=INSTANT)
    room = scene.contest_scene
    elsewhere = make_editor(make_site("amiens", "amiens.localhost", is_default=False))
    paths = [
        address(scene),
        address(scene, "jury_publication_preview"),
        address(scene, "jury_publication_archive", result.pk),
    ]
    for user in (elsewhere, room.lead, room.account, scene.jurors[0].user):
        for path in paths:
            answer = browser(user).get(path)
            assert answer.status_code in (302, 403, 404), (user, path)
            assert "Premier prix" not in answer.content.decode()
        assert browser(user).post(address(scene), NOW).status_code in (302, 403, 404)
    for path in paths:
        assert Client().get(path).status_code == 302
    assert Result.objects.count() == 1


def test_the_schools_are_written_to_by_hand_where_the_queue_has_not() -> None:
    scene = make_counted()
    result = publish(scene, at=INSTANT)
    assert "n’ont pas encore reçu" in show(scene, OUT).content.decode()

    send(scene, OUT, act="tell")

    result.refresh_from_db()
    assert result.told_at == OUT
    page = show(scene, OUT + timedelta(minutes=1)).content.decode()
    assert "4 courriels" in page


def test_the_page_costs_the_same_with_few_prizes_and_with_many() -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            show(scene)
        return len(queries)

    scene = make_counted(posters=8)
    cost()
    few = cost()
    for number in range(1, 9):
        give(scene, number, f"Raison {number}")

    assert cost() == few <= MOST_QUERIES
