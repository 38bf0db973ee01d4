"""A follow-up sent back: corrected in its own form, with what was asked beside each part."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from accounts.models import MailRecord
from campaigns import commenting, drafts, follow_up, return_reminders, review, submission
from campaigns.errors import OutOfTurn
from campaigns.models import Action, ActionIndicator
from tests.campaigns.around.test_follow_up import (
    address,
    handed_in,
    pytestmark,  # noqa: F401
    save,
    typed,
)
from tests.campaigns.scene import AFTER, NOW, Scene, make_published, write
from tests.campaigns.writing.test_comments import described_by

ASKED = {"pupils_actual": "Tous niveaux ?", "advice": "Un mot de plus.", "media": "Une photo ?"}


def returned(scene: Scene, **asked: str) -> Action:
    """A follow-up that the académie has sent back."""
    return review.request_changes(
        handed_in(scene), by=scene.editor, comment="Presque !", field_comments=asked or ASKED
    )


def test_what_is_asked_stands_beside_each_part_with_the_way_there(at, scene) -> None:
    action = returned(scene)

    page = at(AFTER).get(address(action)).content.decode()

    assert "Presque !" in page
    for part, element in (
        ("pupils_actual", "id_pupils_actual"),
        ("advice", "id_advice"),
        ("media", "lignes-media"),
    ):
        assert f'href="#{element}"' in page
        assert f"remarque-{part}" in described_by(page, element).split()
        assert ASKED[part] in page


def test_what_is_asked_of_indicators_stands_beside_the_first(at, scene) -> None:
    action = make_published(scene, indicators=[ActionIndicator(label="Présents", target="24")])
    save(scene, action)
    follow_up.hand_in(action, by=scene.account, now=AFTER)
    action = review.request_changes(
        action, by=scene.editor, field_comments={"indicators": "Combien ?"}
    )
    name = f"indicator-{action.indicators.get().pk}"

    page = at(AFTER).get(address(action)).content.decode()

    assert f'href="#id_{name}"' in page
    assert f"remarque-{name}" in described_by(page, f"id_{name}").split()


def test_the_whole_form_is_closed_and_leads_to_the_follow_up(at, scene) -> None:
    action = returned(scene)
    school = at(AFTER)
    whole, step = (f"/espace/fiches/{action.pk}/modifier/{end}" for end in ("", "qui/"))

    for entrance in (whole, step):
        assert school.get(entrance).url == address(action)
    for page in ("/espace/", f"/espace/fiches/{action.pk}/"):
        text = school.get(page).content.decode()
        assert address(action) in text
        assert f'href="{whole}"' not in text
        assert "corrigez le bilan" in text
    with pytest.raises(OutOfTurn):
        drafts.save_draft(drafts.latest_version(action), by=scene.account, now=NOW)
    with pytest.raises(OutOfTurn):
        submission.submit(action, by=scene.account, now=NOW)


def test_handed_in_again_it_returns_to_the_academy_with_what_it_answers(at, scene) -> None:
    action = returned(scene)
    school = at(AFTER)

    fields = typed(action, do="submit", pupils_actual="61", advice="Commencer en mai.")
    assert school.post(address(action), fields).status_code == 302

    action = Action.objects.get(pk=action.pk)
    assert action.status == "academy_review"
    assert commenting.open_comments(action) == []
    assert [item.part for item in commenting.answered_comments(action)] == [
        "pupils_actual",
        "media",
        "advice",
    ]
    editor = Client()
    editor.force_login(scene.editor)
    screen = editor.get(reverse("action_review", args=[action.pk])).content.decode()
    assert "Un mot de plus." in screen
    assert "Commencer en mai." in screen
    assert action.submitted_at == NOW


def test_a_second_hand_in_without_comments_does_not_bring_the_former_back(scene) -> None:
    action = returned(scene)
    save(scene, action)
    follow_up.hand_in(action, by=scene.account, now=AFTER)
    action = review.request_changes(action, by=scene.editor, comment="Encore un détail.")
    save(scene, action)
    action = follow_up.hand_in(action, by=scene.account, now=AFTER)

    assert commenting.answered_comments(action) == []


def test_reviewers_comment_on_the_parts_of_the_follow_up_and_on_no_other(scene) -> None:
    action = handed_in(scene)
    editor = Client()
    editor.force_login(scene.editor)

    screen = editor.get(reverse("action_review", args=[action.pk])).content.decode()
    offered = {name for name in commenting.all_parts() if f'name="part-{name}"' in screen}

    assert offered == {*follow_up.FIELDS, "indicators", "media"}
    with pytest.raises(ValidationError):
        review.request_changes(action, by=scene.editor, field_comments={"title": "Plus court."})


def test_before_the_week_no_part_of_a_follow_up_is_commented_on(scene) -> None:
    action = write(scene, make_published(scene), title="Autre titre")
    action = submission.submit(action, by=scene.account, now=NOW)

    with pytest.raises(ValidationError):
        review.request_changes(action, by=scene.lead, field_comments={"advice": "Lequel ?"})


def test_other_changes_sent_back_are_corrected_in_the_whole_form(at, scene) -> None:
    review.publish(handed_in(scene), by=scene.editor)
    action = write(scene, Action.objects.get(), title="Autre titre")
    action = submission.submit(action, by=scene.account, now=NOW)
    action = review.request_changes(action, by=scene.lead, comment="Encore.")
    school = at(AFTER)

    assert not follow_up.is_open(action, AFTER)
    assert school.get(address(action)).url == f"/espace/fiches/{action.pk}/"
    assert "Bilan à corriger" not in school.get("/espace/").content.decode()
    assert "/modifier/" in school.get(f"/espace/fiches/{action.pk}/modifier/").url


def test_what_an_editor_has_corrected_meanwhile_goes_on_with_it(scene) -> None:
    action = handed_in(scene)
    version = drafts.latest_version(action)
    version.title = "Titre sans faute"
    version.save_revision(user=scene.editor, clean=False)
    action = review.request_changes(action, by=scene.editor, comment="Combien ?")

    assert follow_up.is_open(action, AFTER)
    assert follow_up.other_changes(action) == []
    save(scene, action)
    action = follow_up.hand_in(action, by=scene.account, now=AFTER)
    review.publish(action, by=scene.editor)

    row = Action.objects.get(pk=action.pk)
    assert (row.title, row.pupils_actual) == ("Titre sans faute", 52)


def test_two_tabs_see_both_versions_of_what_differs(at, scene) -> None:
    action = make_published(scene)
    school = at(AFTER)
    school.post(address(action), typed(action, outcome="Premier"))

    response = school.post(address(action), typed(action, outcome="Second"))
    page = response.content.decode()
    assert response.status_code == 409
    assert page.count('class="space-comment"') == 2
    assert "Premier" in page
    assert "Second" in page

    latest = Action.objects.get(pk=action.pk)
    assert f'name="revision" value="{latest.latest_revision_id}"' in page
    assert school.post(address(action), typed(latest, outcome="Second")).status_code == 302
    assert follow_up.latest_version(action).outcome == "Second"


def test_one_left_alone_for_a_week_is_brought_back_to_mind_once(scene) -> None:
    with time_machine.travel(AFTER, tick=False):
        returned(scene)
    days = [AFTER + timedelta(days=number) for number in (6, 7, 8, 40)]

    assert [return_reminders.send_due(day) for day in days] == [0, 1, 0, 0]
    mail = MailRecord.objects.get(kind="return_reminder")
    assert "Tous niveaux ?" in mail.body
    assert mail.recipient == scene.establishment.mailbox


def test_other_changes_sent_back_are_let_be_once_the_week_is_over(scene) -> None:
    with time_machine.travel(AFTER, tick=False):
        action = write(scene, make_published(scene), title="Autre titre")
        action = submission.submit(action, by=scene.account, now=NOW)
        review.request_changes(action, by=scene.lead, comment="Encore.")

    assert return_reminders.send_due(AFTER + timedelta(days=7)) == 0
