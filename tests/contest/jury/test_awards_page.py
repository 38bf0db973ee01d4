"""The commission's page: prizes that follow, prizes by hand, whose posters only when asked."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from contest.enums import PrizeKind
from contest.jury import running
from contest.models import Award, Prize, Result
from tests.contest.jury.scene import CLOSED, JuryScene, grade, make_jury
from tests.factories import make_editor, make_site

pytestmark = pytest.mark.django_db


@pytest.fixture
def counted() -> JuryScene:
    """Three posters counted; a prize of the category and a coup de cœur."""
    scene = make_jury(posters=3)
    contest = scene.contest_scene.contest
    Prize.objects.create(contest=contest, label="Premier prix")
    Prize.objects.create(
        contest=contest, label="Coup de cœur", kind=PrizeKind.FAVOURITE, sort_order=1
    )
    for juror in scene.jurors:
        for assignment, mention in zip(scene.work(juror), (5, 3, 1), strict=True):
            grade(assignment, mention=mention)
    running.count(scene.round, by=scene.editor, now=CLOSED)
    return scene


def visit(scene: JuryScene, data: dict[str, Any] | None = None, query: str = "") -> Any:
    client = Client()
    client.force_login(scene.editor)
    url = reverse("jury_awards", args=[scene.contest_scene.contest.pk]) + query
    return client.get(url) if data is None else client.post(url, data, follow=True)


def favourite(**fields: Any) -> dict[str, Any]:
    prize = Prize.objects.get(kind=PrizeKind.FAVOURITE)
    return {"prize": prize.pk, "number": "2", "reason": "Pour son humour"} | fields


def publish(scene: JuryScene, instant: Any) -> None:
    Result.objects.create(
        contest=scene.contest_scene.contest,
        version=1,
        ruleset="1",
        fingerprint="0" * 64,
        published_at=instant,
    )


def test_prizes_follow_and_establishments_show_when_asked(counted: JuryScene) -> None:
    html = visit(counted).content.decode()
    assert "Premier prix" in html
    assert "Place 1 du dernier tour" in html
    assert all(poster.establishment.name not in html for poster in counted.posters)
    html = visit(counted, query="?establishments=1").content.decode()
    assert counted.posters[0].establishment.name in html


def test_a_prize_is_given_then_taken_back(counted: JuryScene) -> None:
    assert "Pour son humour" in visit(counted, favourite()).content.decode()
    award = Award.objects.get()
    assert award.decided_by == counted.editor
    client = Client()
    client.force_login(counted.editor)
    url = reverse("jury_award_back", args=[counted.contest_scene.contest.pk, award.pk])
    assert "Pour son humour" in client.get(url).content.decode()
    assert Award.objects.exists()
    client.post(url)
    assert not Award.objects.exists()
    assert client.post(url).status_code == 404


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"reason": ""}, "le motif est publié"),
        ({"number": "99"}, "Aucune affiche admise"),
        ({"number": "²"}, "Saisissez un nombre"),
        ({"number": "9" * 30}, "2147483647"),
        ({"prize": ""}, "Choisissez un prix"),
        ({"prize": "999999"}, "id_prize_error"),
    ],
)
def test_what_is_wrong_is_told_beside_the_field_and_nothing_is_lost(
    counted: JuryScene, fields: dict[str, str], told: str
) -> None:
    answer = visit(counted, favourite(**fields))
    html = answer.content.decode()
    assert answer.status_code == 422
    assert told in html
    assert "reason" in fields or "Pour son humour" in html
    assert not Award.objects.exists()


def test_nothing_changes_while_a_publication_waits(counted: JuryScene) -> None:
    visit(counted, favourite())
    publish(counted, timezone.now() + timedelta(days=1))
    assert 'name="reason"' not in visit(counted).content.decode()
    assert visit(counted, favourite(number="3")).status_code == 422
    client = Client()
    client.force_login(counted.editor)
    award = Award.objects.get()
    client.post(reverse("jury_award_back", args=[counted.contest_scene.contest.pk, award.pk]))
    assert Award.objects.count() == 1


def test_once_public_a_change_waits_for_the_next_version(counted: JuryScene) -> None:
    publish(counted, timezone.now() - timedelta(days=1))
    html = visit(counted, favourite()).content.decode()
    assert "quand vous publierez une correction" in html
    assert Award.objects.count() == 1


@time_machine.travel(CLOSED)
def test_nobody_else_takes_a_prize_back(counted: JuryScene) -> None:
    visit(counted, favourite())
    url = reverse(
        "jury_award_back", args=[counted.contest_scene.contest.pk, Award.objects.get().pk]
    )
    foreign = make_editor(make_site("rennes", "rennes.localhost", is_default=False))
    site = counted.contest_scene
    for user in (foreign, site.lead, site.account, counted.jurors[0].user, None):
        client = Client()
        if user is not None:
            client.force_login(user)
        assert client.get(url).status_code in (302, 403, 404)
        assert client.post(url).status_code in (302, 403, 404)
    assert Award.objects.exists()
