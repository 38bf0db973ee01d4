"""Deadlines, double clicks, several people at the same instant: row locks decide."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from accounts.models import MailRecord
from campaigns import extending, submission
from campaigns.errors import ActionError, CallClosed
from campaigns.models import Action, Extension
from tests.campaigns.scene import LATE, make_draft, make_scene
from tests.campaigns.test_concurrency import at_once, is_coherent, refused

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
