"""The jurors' pages: the desk, a poster, what a form keeps and what it says when it does not."""

from __future__ import annotations

import re

import pytest
import time_machine
from django.urls import reverse

from contest.jury import declaring
from contest.jury.enums import Method
from contest.models import Ballot, Jury
from tests.contest.jury.desk_scene import address, browser_of, form, page_of, text_of
from tests.contest.jury.scene import CLOSED, NOW, OPEN, grade, make_jury

pytestmark = pytest.mark.django_db


def test_a_round_is_on_the_desk_with_its_close_and_its_progress() -> None:
    scene = make_jury(posters=2, jurors=2)
    juror = scene.jurors[0]
    grade(scene.work(juror)[0], mention=4)
    with time_machine.travel(OPEN):
        page = text_of(browser_of(juror).get(reverse("jury:desk")))
    assert "Finale, Collèges" in page
    assert "mardi 28 mars 2023 à 18 h" in page
    assert "Affiches jugées : 1 sur 2" in page


def test_a_form_saves_and_leads_back_with_the_hour() -> None:
    scene = make_jury(posters=2, jurors=1)
    juror = scene.jurors[0]
    number = scene.posters[0].number
    client = browser_of(juror)
    with time_machine.travel(OPEN, tick=False):
        sent = form(scene, juror, mention="4", comment="Très lisible.", do="save")
        answer = client.post(address(scene, number), sent)
        assert answer.status_code == 303
        assert answer["Location"] == f"{address(scene, number)}#affiche"
        page = client.get(address(scene, number))
    ballot = Ballot.objects.get()
    assert (ballot.grades, ballot.comment) == ({"mention": 4}, "Très lisible.")
    assert "enregistré à 11 h" in text_of(page)
    assert re.search(r'value="4"\s+checked', page.content.decode())


@pytest.mark.parametrize("method", list(Method))
def test_every_page_of_every_method_can_be_read(method: Method) -> None:
    scene = make_jury(posters=3, jurors=1, method=method)
    client = browser_of(scene.jurors[0])
    first, second = (poster.number for poster in scene.posters[:2])
    paths = [
        reverse("jury:desk"),
        page_of(scene),
        page_of(scene, "compare"),
        f"{page_of(scene, 'compare')}?a={first}&b={second}",
        address(scene, first),
    ]
    if method == Method.RANKING:
        paths.append(page_of(scene, "ranking"))
    for instant in (OPEN, CLOSED):
        with time_machine.travel(instant):
            for path in paths:
                answer = client.get(path)
                assert answer.status_code == 200, path
                assert answer["Cache-Control"] == (
                    "max-age=0, no-cache, no-store, must-revalidate, private"
                )


def test_a_round_to_come_says_when_and_nothing_else() -> None:
    scene = make_jury(posters=1, jurors=1)
    client = browser_of(scene.jurors[0])
    with time_machine.travel(NOW):
        page = client.get(page_of(scene))
        poster = client.get(address(scene, scene.posters[0].number))
    for answer in (page, poster):
        assert answer.status_code == 200
        assert "samedi 25 mars 2023 à 9 h" in text_of(answer)
        assert "fichiers/affiches" not in answer.content.decode()


def test_who_has_declared_nothing_is_asked_to_before_they_judge() -> None:
    scene = make_jury(posters=1, jurors=1)
    juror = scene.jurors[0]
    client = browser_of(juror)
    asked = "D’abord : quels établissements connaissez-vous bien ?"
    assert juror.user is not None
    with time_machine.travel(OPEN, tick=False):
        assert asked in text_of(client.get(reverse("jury:desk")))
        declaring.declare(juror, [], by=juror.user, now=OPEN)
        assert asked not in text_of(client.get(reverse("jury:desk")))


def test_nobody_is_asked_once_everything_is_closed() -> None:
    scene = make_jury(posters=1, jurors=1)
    with time_machine.travel(CLOSED, tick=False):
        page = text_of(browser_of(scene.jurors[0]).get(reverse("jury:desk")))
    assert "quels établissements connaissez-vous bien" not in page


def test_the_palmares_is_on_the_desk_once_it_is_released() -> None:
    scene = make_jury(posters=1, jurors=1)
    client = browser_of(scene.jurors[0])
    with time_machine.travel(CLOSED, tick=False):
        assert "resultats/" not in client.get(reverse("jury:desk")).content.decode()
        Jury.objects.update(released_at=CLOSED)
        assert (
            f'href="{scene.contest_scene.contest.url}resultats/"'
            in client.get(reverse("jury:desk")).content.decode()
        )
