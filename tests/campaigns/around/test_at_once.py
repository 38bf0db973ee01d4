"""Deadlines, double clicks, several people at the same instant: row locks decide."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import MailRecord
from campaigns import extending, follow_up, submission
from campaigns.errors import ActionError, CallClosed
from campaigns.models import Action, Extension
from tests.campaigns.scene import AFTER, LATE, make_draft, make_published, make_scene
from tests.campaigns.test_concurrency import at_once, is_coherent, refused
from tests.campaigns.writing.test_files import picture

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]

UNTIL = datetime(2023, 3, 16, 22, 59, 59, tzinfo=UTC)


def test_two_editors_who_give_the_same_time_tell_the_school_once() -> None:
    scene = make_scene()

    outcomes = at_once(
        *[
            lambda: extending.grant(
                scene.edition, scene.establishment, until=UNTIL, by=scene.editor, now=LATE
            )
        ]
        * 3
    )

    assert not refused(outcomes)
    assert Extension.objects.count() == 1
    assert MailRecord.objects.filter(kind="extension_granted").count() == 1


def test_the_end_of_extra_time_and_a_hand_in_at_once_leave_one_clear_outcome() -> None:
    scene = make_scene()
    draft = make_draft(scene)
    extending.grant(scene.edition, scene.establishment, until=UNTIL, by=scene.editor, now=LATE)

    outcomes = at_once(
        lambda: submission.submit(draft, by=scene.account, now=UNTIL),
        lambda: extending.end(scene.edition, scene.establishment, by=scene.editor),
    )

    late = isinstance(outcomes[0], CallClosed)
    assert late or not isinstance(outcomes[0], ActionError)
    assert Action.objects.get(pk=draft.pk).status == ("draft" if late else "network_review")
    assert MailRecord.objects.filter(kind="submitted").count() == (0 if late else 1)
    assert not Extension.objects.exists()
    assert is_coherent(draft)


def test_hand_ins_on_both_sides_of_the_last_second_are_told_apart() -> None:
    scene = make_scene()
    draft = make_draft(scene)

    outcomes = at_once(
        lambda: submission.submit(draft, by=scene.account, now=LATE),
        lambda: submission.submit(draft, by=scene.account, now=scene.edition.call_closes_at),
    )

    assert isinstance(outcomes[0], ActionError)
    assert not isinstance(outcomes[1], ActionError)
    assert MailRecord.objects.filter(kind="submitted").count() == 1
    assert is_coherent(draft)


def test_a_follow_up_handed_in_three_times_at_once_is_handed_in_once() -> None:
    scene = make_scene()
    action = make_published(scene)
    values = {"pupils_actual": 52, "satisfaction": 4, "continued": True}
    follow_up.save(action, values, {}, by=scene.account, now=AFTER)

    outcomes = at_once(
        *[lambda: follow_up.hand_in(action, by=scene.account, now=AFTER)] * 3,
    )

    assert len(refused(outcomes)) == 2
    assert Action.objects.get(pk=action.pk).status == "academy_review"
    assert MailRecord.objects.filter(kind="follow_up_received").count() == 1
    assert is_coherent(action)


def test_pictures_sent_to_a_follow_up_at_once_are_all_kept() -> None:
    scene = make_scene()
    action = make_published(scene)

    outcomes = at_once(
        *[
            lambda: follow_up.add_file(
                action, SimpleUploadedFile("a.jpg", picture()), by=scene.account, now=AFTER
            )
        ]
        * 3
    )

    assert not refused(outcomes)
    assert follow_up.latest_version(action).media.count() == 3
    assert is_coherent(action)
