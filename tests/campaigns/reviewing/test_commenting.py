"""Comments on the parts of a fiche: made with the decision, mailed, answered by the hand-in."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from accounts.models import MailRecord
from campaigns import commenting, review, submission
from campaigns.history import history_of
from campaigns.models import Action, FieldComment
from tests.campaigns.admin_browser import signed_in
from tests.campaigns.scene import (
    LATE,
    make_endorsed,
    make_returned,
    make_scene,
    make_submitted,
    write,
)

pytestmark = pytest.mark.django_db

ASKED = {"partners": "Nommez l’association.", "objectives": "Combien d’élèves ?"}


def screen(action: Action) -> str:
    return reverse("action_review", args=[action.pk])


def test_comments_on_parts_are_enough_to_send_back_and_come_in_the_order_of_the_form() -> None:
    scene = make_scene()

    action = review.request_changes(make_endorsed(scene), by=scene.editor, field_comments=ASKED)

    assert action.status == "changes_requested"
    found = [(item.part, item.text) for item in commenting.open_comments(action)]
    assert found == [
        ("objectives", "Combien d’élèves ?"),
        ("partners", "Nommez l’association."),
    ]


def test_neither_a_comment_nor_a_blank_one_on_a_part_sends_nothing_back() -> None:
    scene = make_scene()
    action = make_endorsed(scene)

    with pytest.raises(ValidationError) as caught:
        review.request_changes(action, by=scene.editor, field_comments={"title": "  "})

    assert list(caught.value.message_dict) == ["comment"]
    assert not FieldComment.objects.exists()


@pytest.mark.parametrize("comments", [{"status": "Non."}, {"title": "x" * 4_001}])
def test_a_comment_on_no_part_or_too_long_a_one_is_refused_with_its_part(comments) -> None:
    scene = make_scene()
    action = make_endorsed(scene)

    with pytest.raises(ValidationError) as caught:
        review.request_changes(action, by=scene.editor, comment="Oui.", field_comments=comments)

    assert list(caught.value.message_dict) == list(comments)
    assert Action.objects.get(pk=action.pk).status == "academy_review"


def test_the_mail_has_the_general_comment_and_each_part_by_its_name() -> None:
    scene = make_scene()

    review.request_changes(
        make_endorsed(scene), by=scene.editor, comment="Presque !", field_comments=ASKED
    )

    body = MailRecord.objects.get(kind="changes_requested").body
    for told in ("Presque !", "- Objectifs\nCombien d’élèves ?", "Nommez l’association."):
        assert told in body


def test_the_history_tells_them_with_their_parts() -> None:
    scene = make_scene()
    action = review.request_changes(make_endorsed(scene), by=scene.editor, field_comments=ASKED)

    assert history_of(action)[0].parts == (
        ("Objectifs", "Combien d’élèves ?"),
        ("Partenaires", "Nommez l’association."),
    )


def test_the_next_hand_in_answers_them() -> None:
    scene = make_scene()
    action = review.request_changes(make_endorsed(scene), by=scene.editor, field_comments=ASKED)
    write(scene, action, objectives="Redonner confiance à trente élèves.")

    action = submission.submit(action, by=scene.account, now=LATE)

    assert commenting.open_comments(action) == []
    assert [item.part for item in commenting.answered_comments(action)] == [
        "objectives",
        "partners",
    ]
    text = signed_in(scene.editor).get(screen(action)).content.decode()
    changes = text.split('id="changements"')[1].split("</section>")[0]
    assert "Combien d’élèves" in changes
    assert "<ins>" in changes
    assert "Cette partie n’a pas changé." in changes


def test_comments_of_an_earlier_return_are_no_longer_shown_as_answered() -> None:
    scene = make_scene()
    action = review.request_changes(make_endorsed(scene), by=scene.editor, field_comments=ASKED)
    action = submission.submit(action, by=scene.account, now=LATE)
    action = review.request_changes(
        action, by=scene.editor, field_comments={"title": "Plus court."}
    )

    assert [item.part for item in commenting.open_comments(action)] == ["title"]


def test_they_are_typed_beside_each_part_and_sent_with_the_decision() -> None:
    scene = make_scene()
    action = make_submitted(scene)
    client = signed_in(scene.lead)
    assert 'name="part-course"' in client.get(screen(action)).content.decode()

    client.post(
        screen(action),
        {
            "decision": "request_changes",
            "part-course": "Dites à quelle heure.",
            "revision": action.latest_revision_id,
        },
    )

    comment = FieldComment.objects.get()
    assert (comment.part, comment.text, comment.author) == (
        "course",
        "Dites à quelle heure.",
        scene.lead,
    )


def test_with_another_decision_they_are_kept_on_the_page_and_nothing_is_decided() -> None:
    scene = make_scene()
    action = make_endorsed(scene)

    response = signed_in(scene.editor).post(
        screen(action), {"decision": "publish", "part-course": "Dites à quelle heure."}
    )

    assert list(response.context["form"].errors) == ["decision"]
    assert "Dites à quelle heure." in response.content.decode()
    assert Action.objects.get(pk=action.pk).status == "academy_review"


def test_where_nothing_can_be_sent_back_no_comment_can_be_typed() -> None:
    scene = make_scene()

    text = signed_in(scene.editor).get(screen(make_returned(scene))).content.decode()

    assert 'name="part-' not in text


def test_a_part_that_is_empty_can_be_asked_for() -> None:
    scene = make_scene()
    action = make_submitted(scene)

    text = signed_in(scene.lead).get(screen(action)).content.decode()

    assert "Non renseigné" in text
    assert 'name="part-indicators"' in text


def test_each_part_can_be_commented_on_once_its_files_included() -> None:
    scene = make_scene()

    text = signed_in(scene.lead).get(screen(make_submitted(scene))).content.decode()

    for name in commenting.parts():
        assert text.count(f'name="part-{name}"') == 1, name
