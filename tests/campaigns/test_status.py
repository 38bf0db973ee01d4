"""The status column says what Wagtail's workflow says, whichever way a fiche went."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from operator import attrgetter

import pytest
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Task, Workflow

from campaigns import drafts, review, status, submission
from campaigns.enums import Status
from campaigns.models import Action
from tests.campaigns.scene import (
    NOW,
    Scene,
    make_draft,
    make_endorsed,
    make_published,
    make_returned,
    make_scene,
    make_submitted,
    write,
)

pytestmark = pytest.mark.django_db


def refused(scene: Scene) -> Action:
    return review.refuse(make_endorsed(scene), by=scene.editor, comment="Motif.")


def withdrawn(scene: Scene) -> Action:
    return review.withdraw(make_published(scene), by=scene.editor, comment="Motif.")


def archived(scene: Scene) -> Action:
    return review.archive(make_returned(scene), by=scene.editor)


def reopened(scene: Scene) -> Action:
    return review.reopen(refused(scene), by=scene.editor)


def resubmitted(scene: Scene) -> Action:
    return submission.submit(make_returned(scene), by=scene.account, now=NOW)


def changing(scene: Scene) -> Action:
    return write(scene, make_published(scene), title="Changée")


def change_submitted(scene: Scene) -> Action:
    return submission.submit(changing(scene), by=scene.account, now=NOW)


def change_returned(scene: Scene) -> Action:
    return review.request_changes(change_submitted(scene), by=scene.lead, comment="Motif.")


def change_published(scene: Scene) -> Action:
    action = review.give_visa(change_submitted(scene), by=scene.lead)
    return review.publish(action, by=scene.editor)


def then_wagtail(make: Callable[[Scene], Action], act: str) -> Callable[[Scene], Action]:
    """The path of `make`, then an act of Wagtail's own, by an editor: `latest_revision.publish`."""

    def path(scene: Scene) -> Action:
        action = make(scene)
        attrgetter(act)(action)(user=scene.editor)
        return action

    path.__name__ = f"{make.__name__}, {act}"
    return path


def expired(scene: Scene) -> Action:
    action = make_published(scene)
    Action.objects.filter(pk=action.pk).update(expire_at=timezone.now() - timedelta(hours=1))
    call_command("publish_scheduled", verbosity=0)
    return action


def step_deactivated(scene: Scene) -> Action:
    action = make_submitted(scene)
    Task.objects.get(networkreviewtask__isnull=False).specific.deactivate(user=scene.editor)
    return action


def workflow_deactivated(scene: Scene) -> Action:
    action = make_submitted(scene)
    for workflow in Workflow.objects.all():
        workflow.deactivate(user=scene.editor)
    return action


PATHS: list[tuple[Callable[[Scene], Action], Status, bool]] = [
    (make_draft, Status.DRAFT, False),
    (make_submitted, Status.NETWORK_REVIEW, False),
    (make_endorsed, Status.ACADEMY_REVIEW, False),
    (make_returned, Status.CHANGES_REQUESTED, False),
    (resubmitted, Status.ACADEMY_REVIEW, False),
    (make_published, Status.PUBLISHED, True),
    (refused, Status.REFUSED, False),
    (reopened, Status.ACADEMY_REVIEW, False),
    (withdrawn, Status.WITHDRAWN, False),
    (archived, Status.ARCHIVED, False),
    (changing, Status.PUBLISHED, True),
    (change_submitted, Status.NETWORK_REVIEW, True),
    (change_returned, Status.CHANGES_REQUESTED, True),
    (change_published, Status.PUBLISHED, True),
    (then_wagtail(make_endorsed, "current_workflow_task_state.approve"), Status.PUBLISHED, True),
    (
        then_wagtail(make_submitted, "current_workflow_task_state.approve"),
        Status.ACADEMY_REVIEW,
        False,
    ),
    (
        then_wagtail(make_endorsed, "current_workflow_task_state.reject"),
        Status.CHANGES_REQUESTED,
        False,
    ),
    (then_wagtail(make_returned, "current_workflow_state.resume"), Status.ACADEMY_REVIEW, False),
    (then_wagtail(make_submitted, "current_workflow_state.cancel"), Status.DRAFT, False),
    # Without the end of its review, which Wagtail then cancels.
    (then_wagtail(make_submitted, "latest_revision.publish"), Status.PUBLISHED, True),
    (then_wagtail(make_published, "unpublish"), Status.WITHDRAWN, False),
    (expired, Status.WITHDRAWN, False),
    (step_deactivated, Status.ACADEMY_REVIEW, False),
    (workflow_deactivated, Status.DRAFT, False),
]


@pytest.mark.parametrize(
    ("path", "expected", "is_live"), PATHS, ids=[path.__name__ for path, _, _ in PATHS]
)
def test_the_column_follows_the_workflow_on_every_path(path, expected, is_live) -> None:
    action = path(make_scene())

    row = Action.objects.get(pk=action.pk)
    assert row.status == expected
    assert row.live is is_live
    assert row.status == status.derived_status(row)


def test_the_instant_of_a_change_of_status_is_kept_and_left_alone_otherwise() -> None:
    scene = make_scene()
    action = make_submitted(scene)
    since = action.status_changed_at
    assert since is not None

    assert status.refresh(action.pk).status_changed_at == since
    assert review.give_visa(action, by=scene.lead).status_changed_at > since


def test_publishing_does_not_bring_back_the_status_that_the_revision_holds() -> None:
    scene = make_scene()
    action = make_submitted(scene)

    action.latest_revision.publish(user=scene.editor)

    row = Action.objects.get(pk=action.pk)
    assert (row.status, row.submitted_at) == ("published", action.submitted_at)


def test_terms_of_a_draft_are_published_with_it_and_not_before() -> None:
    """A plain many-to-many field would ignore revisions (wagtail issue 9680)."""
    scene = make_scene()
    action = write(scene, make_published(scene), audiences=[])
    assert Action.objects.get(pk=action.pk).audiences.count() == 1
    version = drafts.latest_version(action)

    version.latest_revision.publish(user=scene.editor)

    assert Action.objects.get(pk=action.pk).audiences.count() == 0


def test_no_row_is_lost_or_doubled_by_publishing_unpublishing_and_publishing_again() -> None:
    """Rows whose revision holds no key may be doubled (wagtail issue 13701)."""
    from campaigns.models import ActionPartner

    scene = make_scene()
    action = make_published(scene)
    action = write(
        scene,
        action,
        partners=[ActionPartner(name="CIO"), ActionPartner(name="Mairie")],
    )
    action = submission.submit(action, by=scene.account, now=NOW)
    action = review.give_visa(action, by=scene.lead)
    action = review.publish(action, by=scene.editor)
    revision = action.latest_revision

    action.unpublish(user=scene.editor)
    revision.publish(user=scene.editor)
    revision.refresh_from_db()
    revision.publish(user=scene.editor)

    row = Action.objects.get(pk=action.pk)
    assert [partner.name for partner in row.partners.all()] == ["CIO", "Mairie"]


def test_rows_added_after_the_revision_under_review_do_not_outlive_its_publication_unseen() -> None:
    """Publishing makes the rows those of the revision, and no other (wagtail issue 10405)."""
    from campaigns.models import ActionPartner

    scene = make_scene()
    action = make_endorsed(scene)
    ActionPartner.objects.create(action=action, name="Ajouté à côté")

    action = review.publish(action, by=scene.editor)

    assert [partner.name for partner in action.partners.all()] == ["Mission locale"]
