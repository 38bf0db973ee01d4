"""The jurors' pages cost the same, whatever the number of posters."""

from __future__ import annotations

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from contest.jury.enums import AssignmentStatus, Method
from contest.models import Assignment
from tests.contest.jury.desk_scene import address, browser_of, page_of
from tests.contest.jury.scene import OPEN, JuryScene, grade, make_jury

pytestmark = pytest.mark.django_db

MOST = 20


def questions(scene: JuryScene) -> dict[str, int]:
    """How many queries each page asks."""
    client = browser_of(scene.jurors[0])
    number = scene.posters[0].number
    paths = {
        "desk": reverse("jury:desk"),
        "overview": page_of(scene),
        "poster": address(scene, number),
        "comparing": f"{page_of(scene, 'compare')}?a={number}",
    }
    if scene.round.method == Method.RANKING:
        paths["order"] = page_of(scene, "ranking")
    asked = {}
    with time_machine.travel(OPEN, tick=False):
        for name, path in paths.items():
            client.get(path)
            with CaptureQueriesContext(connection) as queries:
                client.get(path)
            asked[name] = len(queries)
    return asked


@pytest.mark.parametrize(("method", "many"), [(Method.MAJORITY, 30), (Method.RANKING, 20)])
def test_pages_ask_no_more_of_many_posters(method: Method, many: int) -> None:
    scene = make_jury(posters=many, jurors=2, method=method)
    work = scene.work(scene.jurors[0])
    if method == Method.MAJORITY:
        for one in work[:-1]:
            grade(one, mention=3)
    of_many = questions(scene)
    taken = [one.pk for one in work if one.poster_id != scene.posters[0].pk]
    Assignment.objects.filter(pk__in=taken).update(status=AssignmentStatus.REVOKED)
    of_one = questions(scene)
    # The picture of the poster that follows is asked for, where one does.
    assert of_many["poster"] <= of_one["poster"] + 1
    assert of_many | {"poster": 0} == of_one | {"poster": 0}
    assert max(of_many.values()) <= MOST, of_many
