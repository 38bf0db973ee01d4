"""What reviewers ask to correct stands beside the part, with a button that leads there."""

from __future__ import annotations

import re

import pytest
import time_machine

from campaigns.models import FieldComment
from tests.campaigns.scene import NOW, make_draft, make_returned
from tests.campaigns.sheet import FOR_WHOM, HOW, OUTCOME, WHO, edit_address, typed

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _call_open():
    with time_machine.travel(NOW, tick=False):
        yield


def ask(action, **asked: str) -> None:
    """Ask to correct parts of the fiche."""
    for part, text in asked.items():
        FieldComment.objects.create(action=action, part=part, text=text)


def described_by(page: str, element_id: str) -> str:
    """The ids that describe an element of the page."""
    tag = re.search(rf'<[^>]*id="{element_id}"[^>]*>', page)
    assert tag
    found = re.search(r'aria-describedby="([^"]*)"', tag[0])
    return found[1] if found else ""


def test_each_comment_stands_beside_its_field_and_describes_it(school, scene) -> None:
    action = make_returned(scene)
    ask(action, course="Dites qui anime.", place="Où exactement ?", partners="Quel CIO ?")

    page = school.get(edit_address(action, HOW)).content.decode()

    for part, element in (
        ("course", "id_course"),
        ("place", "id_place"),
        ("partners", "lignes-partners"),
    ):
        assert f'id="remarque-{part}"' in page
        assert f"remarque-{part}" in described_by(page, element).split()
    assert "id_course_helptext" in described_by(page, "id_course").split()


def test_a_comment_on_a_list_of_boxes_describes_each_box(school, scene) -> None:
    action = make_returned(scene)
    ask(action, audiences="Les parents aussi ?")

    page = school.get(edit_address(action, FOR_WHOM)).content.decode()

    assert 'id="remarque-audiences"' in page
    assert "remarque-audiences" in page.split('id="id_audiences_group"')[1].split(">")[0]


def test_every_step_lists_all_comments_with_a_button_to_each_part(school, scene) -> None:
    action = make_returned(scene)
    ask(action, title="Plus court.", outcome="Et ensuite ?")

    for step in (WHO, FOR_WHOM, HOW, OUTCOME):
        page = school.get(edit_address(action, step)).content.decode()
        assert f'href="{edit_address(action, WHO)}#id_title"' in page
        assert f'href="{edit_address(action, OUTCOME)}#id_outcome"' in page
        assert "Plus court." in page


def test_the_way_in_leads_to_what_is_to_be_corrected(school, scene) -> None:
    action = make_returned(scene)
    ask(action, outcome="Et ensuite ?", objectives="Lesquels ?")

    entrance = f"/espace/fiches/{action.pk}/modifier/"

    assert school.get(entrance).url == edit_address(action, FOR_WHOM)


def test_the_list_of_steps_counts_what_is_asked(school, scene) -> None:
    action = make_returned(scene)
    ask(action, title="Plus court.", summary="Plus long.")

    steps = school.get(edit_address(action, HOW)).context["steps"]

    assert [line.comments for line in steps] == [2, 0, 0, 0]


def test_comments_of_a_closed_round_are_gone(school, scene) -> None:
    action = make_returned(scene)
    ask(action, place="Où exactement ?")
    FieldComment.objects.update(closed_at=NOW)

    assert "Où exactement" not in school.get(edit_address(action, HOW)).content.decode()


def test_an_error_is_told_beside_a_comment(school, scene) -> None:
    action = make_returned(scene)
    ask(action, starts_on="Quel jour ?")

    page = school.post(
        edit_address(action, HOW), typed(action, starts_on="bientôt")
    ).content.decode()

    described = described_by(page, "id_starts_on").split()
    assert {"remarque-starts_on", "id_starts_on_error"} <= set(described)


def test_what_is_asked_is_text_and_never_markup(school, scene) -> None:
    action = make_returned(scene)
    ask(action, place="<script>alert(1)</script>")

    page = school.get(edit_address(action, HOW)).content.decode()

    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_a_fiche_without_comments_shows_none(school, scene) -> None:
    page = school.get(edit_address(make_draft(scene), HOW)).content.decode()

    assert "remarque-" not in page
