"""Diplomas of a palmarès: for the editors all of them, for a school its own, never too soon."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from contest import print_jobs, print_running, withdrawal
from contest.enums import JobState, PrintKind
from contest.errors import NoPalmares, NotAllowed
from contest.jury import publishing
from contest.models import Poster, PrintJob
from tests.contest.jury.published_scene import (
    DECIDED,
    INSTANT,
    LATER,
    OUT,
    give,
    make_counted,
    publish,
)
from tests.contest.jury.scene import JuryScene
from tests.contest.printing.reading import texts
from tests.contest.scene import make_refused

pytestmark = pytest.mark.django_db


def browser(user: Any) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def fetch(poster: Poster, user: Any, at: datetime = OUT):
    with time_machine.travel(at, tick=False):
        return browser(user).get(reverse("contest_space:diploma", args=[poster.pk]))


def page_of(poster: Poster, at: datetime = OUT) -> str:
    with time_machine.travel(at, tick=False):
        answer = browser(poster.establishment.account).get(
            reverse("contest_space:poster", args=[poster.pk])
        )
    return answer.content.decode()


def job_of(scene: JuryScene, at: datetime = OUT) -> PrintJob:
    with time_machine.travel(at, tick=False):
        job = print_jobs.ask(scene.contest_scene.contest, PrintKind.DIPLOMAS, by=scene.editor)
        print_running.run(job.pk)
    return PrintJob.objects.get(pk=job.pk)


def test_a_school_opens_the_diploma_of_its_own_poster_once_it_is_public() -> None:
    scene = make_counted()
    publish(scene, at=INSTANT)
    winner, last = scene.posters[0], scene.posters[3]
    account = winner.establishment.account

    assert fetch(winner, account, DECIDED).status_code == 404
    assert "diplome.pdf" not in page_of(winner, DECIDED)
    answer = fetch(winner, account)
    assert answer["Content-Type"] == "application/pdf"
    assert "no-store" in answer["Cache-Control"]
    assert f"diplome-affiche-{winner.number}.pdf" in answer["Content-Disposition"]
    (text,) = texts(answer.content)
    assert "Premier prix" in text
    assert winner.establishment.name in text
    page = page_of(winner)
    assert "diplome.pdf" in page
    assert "Premier prix" in page
    assert "concours/resultats/" in page
    (text,) = texts(fetch(last, last.establishment.account).content)
    assert "Diplôme de participation" in text
    assert "prix" not in text


def test_nobody_else_opens_it() -> None:
    scene = make_counted()
    publish(scene)
    winner, other = scene.posters[0], scene.posters[1]

    assert fetch(winner, other.establishment.account).status_code == 404
    for user in (scene.jurors[0].user, scene.contest_scene.lead):
        assert fetch(winner, user).status_code in (302, 403, 404)
    with time_machine.travel(OUT):
        path = reverse("contest_space:diploma", args=[winner.pk])
        assert Client().get(path).status_code == 302


def test_a_poster_that_takes_no_part_has_none() -> None:
    scene = make_counted()
    room = scene.contest_scene
    refused = make_refused(room)
    publish(scene)
    withdrawn = scene.posters[0]
    withdrawal.withdraw(withdrawn, by=withdrawn.establishment.account, now=OUT)

    assert fetch(refused, room.account).status_code == 404
    assert fetch(withdrawn, withdrawn.establishment.account).status_code == 404


def test_a_poster_with_two_prizes_has_two_pages() -> None:
    scene = make_counted()
    give(scene, 1, "Pour son humour.")
    publish(scene)
    winner = scene.posters[0]

    first, second = texts(fetch(winner, winner.establishment.account).content)

    assert "Premier prix" in first
    assert "Coup de cœur" in second
    assert "Pour son humour." in second


def test_editors_print_them_all_laureates_first_even_before_the_instant() -> None:
    scene = make_counted()
    give(scene, 4, "Pour son humour.")
    publish(scene, at=INSTANT)

    job = job_of(scene, DECIDED)

    assert (job.state, job.done) == (JobState.DONE, 4)
    with job.file.open("rb") as stream:
        pages = texts(stream.read())
    assert ["prix" in page or "cœur" in page for page in pages] == [True, True, True, False]
    assert "Diplôme de participation" in pages[3]


def test_without_a_palmares_there_is_nothing_to_print() -> None:
    scene = make_counted()

    with pytest.raises(NoPalmares):
        job_of(scene)
    with time_machine.travel(DECIDED):
        path = reverse("contest_prints", args=[scene.contest_scene.contest.pk])
        answer = browser(scene.editor).post(path, {"kind": "diplomas"}, follow=True)
        assert "attendent le palmarès" in answer.content.decode()
        assert "print-diplomas" not in answer.content.decode()
    with pytest.raises(NotAllowed):
        print_jobs.ask(scene.contest_scene.contest, PrintKind.DIPLOMAS, by=scene.jurors[0].user)


def test_another_palmares_throws_away_the_diplomas_of_the_one_before() -> None:
    scene = make_counted()
    result = publish(scene, at=INSTANT)
    job = job_of(scene, DECIDED)
    publishing.call_off(result, by=scene.editor, now=DECIDED)
    assert PrintJob.objects.get(pk=job.pk).state == JobState.FAILED

    publish(scene, now=OUT)
    job = job_of(scene)
    publish(scene, now=LATER, note="Une erreur.")

    assert PrintJob.objects.get(pk=job.pk).state == JobState.FAILED
