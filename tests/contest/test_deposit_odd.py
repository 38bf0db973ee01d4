"""Whatever a browser sends with the form of a poster: an answer, never a failure of the server."""

from __future__ import annotations

from itertools import cycle

import pytest
import time_machine
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contest.models import Category, Poster, PosterFile
from tests.contest.deposit_sheet import edit_address, new_address, page_of, typed
from tests.contest.scene import NOW, Scene, make_draft

pytestmark = pytest.mark.django_db

ODD = [
    "\x00",
    "²",
    "9" * 5000,
    "-1",
    "é" * 3000,
    "<script>",
    "🧗🏽",
    "\ud7ff\uffff",
    " ",
    "{{ x }}",
]
VERBS = cycle(["submit", "save", "check", "submit", "resume"])
FIELDS = [
    "title",
    "statement",
    "alternative",
    "category",
    "class_label",
    "pupils",
    "technique",
    "ai_use",
    "ai_details",
    "third_party",
    "third_party_details",
    "attesting_name",
    "attesting_function",
    "attests",
    "rights",
    "revision",
    "key",
    "file",
    "file_lost",
    "do",
    "upload",
]


@pytest.fixture(autouse=True)
def _deposit_open():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.mark.parametrize("field", FIELDS)
def test_no_field_brings_the_server_down(school: Client, scene: Scene, field: str) -> None:
    Category.objects.create(contest=scene.contest, name="Toutes", kinds=[], sort_order=9)
    draft = make_draft(scene)
    for value, verb in zip(ODD, VERBS, strict=False):
        sheet = {**typed(scene.contest, draft, do=verb), field: value}
        assert school.post(edit_address(draft), sheet).status_code in {200, 302, 409}
    assert school.post(new_address(scene.contest), {field: ODD[0]}).status_code in {200, 302}
    page = school.get(page_of(draft))
    assert page.status_code == 200
    assert b"<script>\x00" not in page.content


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(values=st.dictionaries(st.sampled_from(FIELDS), st.text(max_size=40), max_size=6))
def test_no_combination_does_either(school: Client, scene: Scene, values: dict[str, str]) -> None:
    assert school.post(new_address(scene.contest), values).status_code in {200, 302, 409}
    assert not PosterFile.objects.exists()
    assert Poster.objects.count() <= scene.contest.max_posters
