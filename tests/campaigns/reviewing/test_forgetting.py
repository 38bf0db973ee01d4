"""What was said in the review of a fiche is forgotten in time; that it was reviewed is not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.core import serializers
from django.urls import reverse
from wagtail.models import ModelLogEntry, TaskState

from accounts.models import MailRecord
from campaigns import associating, digests, discarding, labelling, messaging, review, submission
from campaigns.history import history_of
from campaigns.models import (
    Action,
    ActionMessage,
    FieldComment,
    Reminder,
    ReviewLabel,
)
from campaigns.outputs.kept_back import NEVER_PUBLIC
from campaigns.retention import (
    PERSONAL_FIELDS,
    forget_coordinators,
    forget_digests,
    forget_discussions,
)
from tests.campaigns.admin_browser import signed_in
from tests.campaigns.scene import (
    NOW,
    Scene,
    make_draft,
    make_endorsed,
    make_returned,
    make_scene,
    make_submitted,
)
from tests.campaigns.test_concurrency import at_once
from tests.factories import EstablishmentFactory, make_edition

pytestmark = pytest.mark.django_db

SECRET = "Voyez avec Maud Vasseur"
AFTER = date(2023, 4, 8)
"""The day after the end of the week of the factories' edition."""

WORDS_OF = (Action, ActionMessage, FieldComment, ModelLogEntry, TaskState, ReviewLabel)


def everything() -> str:
    """All that the database says of fiches and of their review."""
    return "".join(serializers.serialize("json", model._base_manager.all()) for model in WORDS_OF)


HANGS_ON_A_FICHE = {
    "ActionMessage": "deleted",
    "FieldComment": "deleted",
    "ReviewLabel": "taken off",
    "Action": "another fiche, which has its own time",
    "ActionText": "words of the public fiche, without its coordinator",
    "ActionPartner": "organisations",
    "ActionSession": "names nobody",
    "ActionIndicator": "names nobody",
    "ActionMedia": "the credit is its author’s right while the picture is shown",
    "AssociatedEstablishment": "an establishment",
}
"""What becomes, once the time is over, of each kind of rows about a fiche."""


def test_it_is_decided_what_becomes_of_every_row_about_a_fiche() -> None:
    rows = {one.related_model.__name__ for one in Action._meta.related_objects}

    assert rows == set(HANGS_ON_A_FICHE)


def test_what_no_public_file_says_because_it_names_somebody_is_forgotten() -> None:
    personal = {part for part, why in NEVER_PUBLIC.items() if "person" in why}

    assert personal == {*PERSONAL_FIELDS, "media.credit"}


def discuss(scene: Scene) -> Action:
    """A fiche sent back, answered, talked and noted about, labelled, and sent back again."""
    action = make_endorsed(scene)
    asked = {"place": f"{SECRET} où."}
    action = review.request_changes(
        action, by=scene.editor, comment=f"{SECRET}.", field_comments=asked
    )
    for by, is_note in ((scene.account, False), (scene.editor, False), (scene.lead, True)):
        messaging.send(action, by=by, text=SECRET, key=uuid4(), now=NOW, is_note=is_note)
    action = submission.submit(action, by=scene.account, now=NOW)
    label = ReviewLabel.objects.create(academy=scene.academy, name="À revoir")
    labelling.label(action, by=scene.editor, keys=[label.pk])
    return review.request_changes(action, by=scene.editor, field_comments=asked)


def test_all_that_was_said_is_forgotten_and_that_it_was_done_stays(scene) -> None:
    action = discuss(scene)
    acts = [(act.label, act.who, act.at) for act in history_of(action)]
    assert SECRET in everything()

    assert forget_discussions(AFTER) == 1

    assert SECRET not in everything()
    assert not ActionMessage.objects.exists()
    assert not FieldComment.objects.exists()
    assert [(act.label, act.who, act.at) for act in history_of(action)] == acts
    assert not action.labels.exists()
    assert ReviewLabel.objects.get().name == "À revoir"
    assert Action.objects.get(pk=action.pk).status == action.status


def test_what_was_said_is_kept_until_the_time_is_over(scene) -> None:
    discuss(scene)
    before = everything()

    assert forget_discussions(AFTER - timedelta(days=1)) == 0

    assert everything() == before


def test_forgetting_twice_finds_nothing_more(scene) -> None:
    discuss(scene)
    forget_discussions(AFTER)

    assert forget_discussions(AFTER) == 0


def test_another_editions_discussions_stay(scene) -> None:
    old = discuss(scene)
    later = make_edition(
        scene.academy,
        slug="2024",
        week_first_day=date(2024, 4, 1),
        week_last_day=date(2024, 4, 5),
    )
    ReviewLabel.objects.all().delete()
    recent = discuss(replace(scene, edition=later))
    forget_discussions(AFTER)

    assert not ActionMessage.objects.filter(action=old).exists()
    assert ActionMessage.objects.filter(action=recent).count() == 3
    assert f"{SECRET}." in [act.comment for act in history_of(recent)]


def test_what_an_editor_corrected_is_not_repeated_by_the_log(scene) -> None:
    action = make_submitted(scene)
    ModelLogEntry.objects.log_action(
        action,
        "campaigns.revise",
        user=scene.editor,
        data={"parts": {"coordinator_name": "Maud Vasseur"}},
    )

    forget_coordinators(AFTER)
    forget_discussions(AFTER)

    assert "Maud" not in everything()
    assert history_of(action)[0].parts == ()


def test_the_names_of_associated_establishments_stay_in_the_log(scene) -> None:
    draft = make_draft(scene)
    partner = EstablishmentFactory(academy=scene.academy, name="Lycée Fénelon")
    associating.associate(draft, partner, by=scene.account)

    forget_discussions(AFTER)

    assert any("Fénelon" in act.comment for act in history_of(draft))


def test_the_log_of_a_fiche_that_is_gone_is_emptied_as_long_after(scene) -> None:
    with time_machine.travel(NOW, tick=False):
        draft = make_draft(scene)
        ModelLogEntry.objects.log_action(
            draft, "campaigns.request_changes", user=scene.editor, data={"comment": SECRET}
        )
        discarding.discard_draft(draft, by=scene.account)
    day = NOW.date()

    assert forget_discussions(day) == 0
    assert SECRET in everything()
    assert forget_discussions(day + timedelta(days=1)) == 1
    assert SECRET not in everything()


def test_the_pages_of_a_forgotten_discussion_still_open(client, scene) -> None:
    action = discuss(scene)
    forget_discussions(AFTER)

    client.force_login(scene.account)
    own = client.get(f"/espace/fiches/{action.pk}/")
    screen = signed_in(scene.editor).get(reverse("action_review", args=[action.pk]))

    assert (own.status_code, screen.status_code) == (200, 200)
    assert SECRET not in own.content.decode() + screen.content.decode()


def test_to_which_lead_a_digest_went_is_forgotten_in_time(scene) -> None:
    scene.academy.contact_email = "draio@ac.example"
    scene.academy.save()
    make_submitted(scene)
    make_endorsed(scene)
    with time_machine.travel(NOW, tick=False):
        assert digests.send_due(NOW) == 2
    waiting, sent = MailRecord.objects.filter(kind=digests.KIND), MailRecord.Outcome.SENT

    forget_digests(NOW + timedelta(seconds=1))
    assert "" not in waiting.values_list("recipient", flat=True)
    waiting.update(outcome=sent)
    Reminder.objects.create(kind=digests.KIND, occasion="lead 1 on 2023-02-01", sent_at=NOW)
    assert forget_digests(NOW) == 0
    assert forget_digests(NOW + timedelta(seconds=1)) == 1

    assert not Reminder.objects.filter(kind=digests.KIND).exists()
    recipients = MailRecord.objects.filter(kind=digests.KIND).values_list("recipient", flat=True)
    assert sorted(recipients) == ["", "draio@ac.example"]


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_two_runs_at_once_forget_once_and_leave_nothing() -> None:
    discuss(make_scene())

    outcomes = at_once(*[lambda: (forget_coordinators(AFTER), forget_discussions(AFTER))] * 2)

    assert len(outcomes) == 2
    assert SECRET not in everything()
    assert "Camille" not in everything()


def test_a_fiche_without_a_word_is_not_counted(scene) -> None:
    make_returned(scene)
    forget_discussions(AFTER)
    make_draft(scene)

    assert forget_discussions(AFTER) == 0
