"""Two people, or two clicks, at the same instant: row locks decide, and nothing happens twice."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier
from typing import Any

import pytest
from django.db import close_old_connections, connection
from wagtail.models import ModelLogEntry, WorkflowState

from accounts.models import MailRecord
from campaigns import catalogue_index, drafts, featuring, review, status, submission
from campaigns.catalogue_index import Catalogue, catalogue_of
from campaigns.enums import Decision
from campaigns.errors import ActionError, EditConflict
from campaigns.models import Action, CatalogueStamp
from tests.campaigns.scene import (
    NOW,
    make_draft,
    make_endorsed,
    make_published,
    make_scene,
    make_submitted,
    write,
)
from tests.factories import make_editor

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Run the acts in threads released together; what each returns, or the rule it met."""
    gate = Barrier(len(acts))

    def run(act: Callable[[], Any]) -> Any:
        close_old_connections()
        try:
            gate.wait(timeout=20)
            return act()
        except ActionError as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return [future.result(timeout=60) for future in [pool.submit(run, act) for act in acts]]


def refused(outcomes: list[Any]) -> list[ActionError]:
    return [outcome for outcome in outcomes if isinstance(outcome, ActionError)]


def is_coherent(action: Action) -> bool:
    row = Action.objects.get(pk=action.pk)
    return row.status == status.derived_status(row)


def test_a_double_click_hands_in_once() -> None:
    scene = make_scene()
    action = make_draft(scene)

    outcomes = at_once(*[lambda: submission.submit(action, by=scene.account, now=NOW)] * 3)

    assert len(refused(outcomes)) == 2
    assert WorkflowState.objects.count() == 1
    assert MailRecord.objects.filter(kind="submitted").count() == 1
    assert is_coherent(action)


def test_two_editors_publish_once() -> None:
    scene = make_scene()
    action = make_endorsed(scene)
    second = make_editor(scene.academy)

    outcomes = at_once(
        lambda: review.publish(action, by=scene.editor),
        lambda: review.publish(action, by=second),
    )

    assert len(refused(outcomes)) == 1
    assert ModelLogEntry.objects.for_instance(action).filter(action="wagtail.publish").count() == 1
    assert MailRecord.objects.filter(kind="published").count() == 1
    assert is_coherent(action)


def test_of_two_opposite_decisions_one_is_taken() -> None:
    scene = make_scene()
    action = make_endorsed(scene)
    second = make_editor(scene.academy)

    outcomes = at_once(
        lambda: review.publish(action, by=scene.editor),
        lambda: review.request_changes(action, by=second, comment="Précisez."),
    )

    assert len(refused(outcomes)) == 1
    row = Action.objects.get(pk=action.pk)
    assert (row.status, row.live) in {("published", True), ("changes_requested", False)}
    assert is_coherent(action)


def test_two_leads_decide_once() -> None:
    scene = make_scene()
    action = make_submitted(scene)
    second = make_scene(scene.academy).lead
    scene.network.leads.add(second)

    outcomes = at_once(
        lambda: review.give_visa(action, by=scene.lead),
        lambda: review.request_changes(action, by=second, comment="Précisez."),
    )

    assert len(refused(outcomes)) == 1
    assert is_coherent(action)


def test_a_decision_is_never_about_a_version_handed_in_since_it_was_read() -> None:
    scene = make_scene()
    action = write(scene, make_published(scene), title="Première")
    action = submission.submit(action, by=scene.account, now=NOW)
    action = review.request_changes(action, by=scene.lead, comment="Encore.")
    read = action.latest_revision_id
    version = drafts.latest_version(action)
    version.title = "Seconde"

    def correct_and_hand_in() -> Action:
        drafts.save_draft(version, by=scene.account, now=NOW)
        return submission.submit(action, by=scene.account, now=NOW)

    def withdraw_what_was_read() -> Action:
        return review.decide(
            action, Decision.WITHDRAW, by=scene.editor, comment="Motif.", expected_revision=read
        )

    outcomes = at_once(correct_and_hand_in, withdraw_what_was_read)

    assert len(refused(outcomes)) == 1
    assert is_coherent(action)


def test_two_tabs_that_save_at_once_do_not_overwrite_each_other() -> None:
    scene = make_scene()
    action = make_draft(scene)
    seen = action.latest_revision_id

    def save(title: str) -> Callable[[], Any]:
        version = drafts.latest_version(action)
        version.title = title
        return lambda: drafts.save_draft(version, by=scene.account, expected_revision=seen, now=NOW)

    outcomes = at_once(save("Un"), save("Deux"))

    assert [type(error) for error in refused(outcomes)] == [EditConflict]


def test_the_deadline_is_that_of_the_request_even_where_it_waits_for_the_row() -> None:
    scene = make_scene()
    action = make_draft(scene)

    outcomes = at_once(
        lambda: submission.submit(action, by=scene.account, now=scene.edition.call_closes_at),
        lambda: drafts.save_draft(
            drafts.latest_version(action), by=scene.account, now=scene.edition.call_closes_at
        ),
    )

    assert not isinstance(outcomes[0], ActionError)
    assert Action.objects.get(pk=action.pk).status == "network_review"
    assert is_coherent(action)


def test_changes_at_the_same_instant_are_all_told_to_who_keeps_the_catalogue() -> None:
    scene = make_scene()
    actions = [make_published(scene) for _number in range(4)]
    catalogue_of(scene.edition)

    def feature(action: Action) -> Catalogue:
        featuring.feature(action, by=scene.editor, now=NOW)
        return catalogue_of(scene.edition)

    at_once(*(partial(feature, action) for action in actions))

    in_step = catalogue_of(scene.edition)
    assert set(in_step.featured) == {action.pk for action in actions}
    recent = CatalogueStamp.objects.get(campaign=scene.edition).recent
    assert {pk for _number, told in recent[:4] for pk in told} == set(in_step.featured)
    catalogue_index._kept.clear()
    assert catalogue_of(scene.edition) == in_step
