"""Where a fiche stands, in its establishment's words."""

from __future__ import annotations

from datetime import timedelta

import pytest

from campaigns import review
from campaigns.standing import reviewers_comments, standing_of
from tests.campaigns.scene import (
    LATE,
    NOW,
    make_draft,
    make_endorsed,
    make_published,
    make_returned,
    make_submitted,
    write,
)

pytestmark = pytest.mark.django_db


def test_a_draft_names_its_deadline(scene) -> None:
    standing = standing_of(make_draft(scene), NOW)

    assert "jeudi 9 mars 2023" in standing.meaning
    assert (standing.is_writable, standing.may_discard) == (True, True)


def test_a_draft_after_the_deadline_is_only_read_and_may_still_go(scene) -> None:
    standing = standing_of(make_draft(scene), LATE)

    assert "jeudi 9 mars 2023" not in standing.meaning
    assert (standing.is_writable, standing.may_discard) == (False, True)


def test_a_draft_before_the_call_waits(scene) -> None:
    action = make_draft(scene)

    before = standing_of(action, scene.edition.call_opens_at - timedelta(days=1))

    assert before.is_writable is False
    assert before.meaning not in (
        standing_of(action, NOW).meaning,
        standing_of(action, LATE).meaning,
    )


def test_a_fiche_with_its_network_names_the_network(scene) -> None:
    assert scene.network.name in standing_of(make_submitted(scene), NOW).meaning


@pytest.mark.parametrize(
    ("make", "badge", "is_writable"),
    [
        (make_submitted, "info", False),
        (make_endorsed, "info", False),
        (make_returned, "warning", True),
        (make_published, "success", True),
    ],
)
def test_the_badge_tells_whether_something_is_to_be_done(scene, make, badge, is_writable) -> None:
    standing = standing_of(make(scene), NOW)

    assert (standing.badge, standing.is_writable) == (badge, is_writable)
    assert standing.may_discard is False


def test_changes_begun_on_a_published_fiche_are_told(scene) -> None:
    action = make_published(scene)
    before = standing_of(action, NOW).meaning

    assert standing_of(write(scene, action, place="Préau"), NOW).meaning != before


def test_a_published_fiche_under_review_is_said_to_be_both(scene) -> None:
    from campaigns.submission import submit

    action = write(scene, make_published(scene), place="Préau")
    action = submit(action, by=scene.account, now=NOW)

    assert standing_of(action, NOW).label == "Publiée, modifications\u00a0: au réseau"


@pytest.mark.parametrize("act", ["refuse", "withdraw", "archive"])
def test_an_end_is_told_with_its_reason(scene, act) -> None:
    if act == "withdraw":
        action = review.withdraw(make_published(scene), by=scene.editor, comment="Motif.")
    else:
        action = review.refuse(make_endorsed(scene), by=scene.editor, comment="Motif.")
    if act == "archive":
        action = review.archive(action, by=scene.editor)

    assert standing_of(action, NOW).is_writable is False
    assert reviewers_comments([action]) == ({} if act == "archive" else {action.pk: "Motif."})


def test_no_comment_is_looked_for_where_none_explains_anything(
    scene, django_assert_num_queries
) -> None:
    action = make_draft(scene)

    with django_assert_num_queries(0):
        assert reviewers_comments([action]) == {}
