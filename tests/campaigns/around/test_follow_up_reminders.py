"""The two reminders of a follow-up: to whom, when, and never twice."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from accounts.models import MailRecord
from campaigns import follow_up, follow_up_reminders, review
from campaigns.models import Action, Reminder
from tests.campaigns.scene import AFTER, make_endorsed, make_published

pytestmark = pytest.mark.django_db

ENOUGH = {"pupils_actual": 52, "outcome": "Un carnet.", "satisfaction": 4, "continued": False}


def handed_in(scene) -> Action:
    action = make_published(scene)
    follow_up.save(action, ENOUGH, {}, by=scene.account, now=AFTER)
    return follow_up.hand_in(action, by=scene.account, now=AFTER)


def reminders() -> int:
    return MailRecord.objects.filter(kind="follow_up_due").count()


def test_two_reminders_are_sent_once_each_one_mail_a_school(scene) -> None:
    make_published(scene, title="Première")
    make_published(scene, title="Seconde")
    seventh, twenty_first = datetime(2023, 4, 14, 6, tzinfo=UTC), datetime(2023, 4, 28, tzinfo=UTC)

    assert follow_up_reminders.send_due(seventh - timedelta(days=1)) == 0
    assert [follow_up_reminders.send_due(seventh) for _ in range(2)] == [1, 0]
    mail = MailRecord.objects.get(kind="follow_up_due")
    assert "Première" in mail.body
    assert "Seconde" in mail.body
    assert "/bilan/" in mail.body
    assert mail.recipient == scene.establishment.mailbox
    assert [follow_up_reminders.send_due(twenty_first) for _ in range(2)] == [1, 0]
    assert Reminder.objects.count() == reminders() == 2


def test_nobody_is_reminded_of_what_is_done_or_being_read_or_not_public(scene) -> None:
    review.publish(handed_in(scene), by=scene.editor)
    handed_in(scene)
    make_endorsed(scene)
    review.withdraw(make_published(scene), by=scene.editor, comment="Motif.")

    assert follow_up_reminders.send_due(AFTER) == 0
    assert reminders() == 0


def test_editions_long_over_are_left_in_peace(scene) -> None:
    make_published(scene)

    assert follow_up_reminders.send_due(datetime(2023, 9, 1, tzinfo=UTC)) == 0
