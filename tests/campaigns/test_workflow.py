"""The two workflows of the review."""

from __future__ import annotations

import pytest
from wagtail.models import Workflow

from campaigns import workflow
from campaigns.models import AcademyReviewTask, NetworkReviewTask
from tests.campaigns.scene import make_draft, make_scene

pytestmark = pytest.mark.django_db


def test_both_workflows_exist_after_migrating_and_are_made_once() -> None:
    workflow.ensure_workflows()
    workflow.ensure_workflows()

    assert (
        Workflow.objects.filter(workflow_tasks__task__academyreviewtask__isnull=False).count() == 2
    )
    assert (NetworkReviewTask.objects.count(), AcademyReviewTask.objects.count()) == (1, 1)


def test_a_renamed_workflow_stays_the_same() -> None:
    with_visa = workflow.review_workflow(with_visa=True)
    with_visa.name = "Circuit des réseaux"
    with_visa.save()

    assert workflow.review_workflow(with_visa=True) == with_visa


def test_a_workflow_switched_off_is_made_again() -> None:
    old = workflow.review_workflow(with_visa=False)
    old.deactivate()

    fresh = workflow.review_workflow(with_visa=False)

    assert fresh != old
    assert [task.specific_class for task in fresh.tasks] == [AcademyReviewTask]


def test_the_visa_is_needed_where_the_edition_wants_it_and_the_network_has_a_lead() -> None:
    scene = make_scene()
    action = make_draft(scene)
    assert workflow.needs_visa(action)
    assert action.get_workflow() == workflow.review_workflow(with_visa=True)

    scene.network.leads.clear()

    assert not workflow.needs_visa(action)
    assert action.get_workflow() == workflow.review_workflow(with_visa=False)


def test_the_tasks_offer_wagtails_own_views_no_act() -> None:
    scene = make_scene()
    action = make_draft(scene)

    for task in (NetworkReviewTask.objects.get(), AcademyReviewTask.objects.get()):
        for user in (scene.lead, scene.editor):
            assert task.get_actions(action, user) == []
            assert not task.user_can_access_editor(action, user)
            assert task.locked_for_user(action, user)
