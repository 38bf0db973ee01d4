"""What reviewers decide: who, at which step, with which word to the establishment."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from wagtail.models import ModelLogEntry

from campaigns import drafts, review, submission
from campaigns.enums import Decision
from campaigns.errors import EditConflict, NotAllowed, OutOfTurn
from campaigns.history import WAGTAIL_ACTS, Act, history_of
from campaigns.models import Action
from tests.campaigns.scene import (
    LATE,
    NOW,
    make_draft,
    make_endorsed,
    make_published,
    make_returned,
    make_scene,
    make_submitted,
    write,
)
from tests.factories import UserFactory, make_site

pytestmark = pytest.mark.django_db


def test_the_lead_gives_the_visa_then_an_editor_publishes() -> None:
    scene = make_scene()

    action = review.give_visa(make_submitted(scene), by=scene.lead)
    assert (action.status, action.live) == ("academy_review", False)
    action = review.publish(action, by=scene.editor)

    assert (action.status, action.live) == ("published", True)
    assert action.first_published_at is not None
    assert not action.has_unpublished_changes
    assert [term.code for term in action.audiences.all()] == ["pupils"]


@pytest.mark.parametrize(
    ("make", "lead_may", "editor_may"),
    [
        (make_draft, [], []),
        (
            make_submitted,
            ["visa", "request_changes"],
            ["visa", "request_changes", "refuse"],
        ),
        (make_endorsed, [], ["publish", "request_changes", "refuse"]),
        (make_returned, [], ["refuse", "archive"]),
        (make_published, [], ["withdraw"]),
    ],
)
def test_each_step_offers_each_role_its_decisions(make, lead_may, editor_may) -> None:
    scene = make_scene()
    action = make(scene)

    assert review.available_decisions(action, scene.lead) == lead_may
    assert review.available_decisions(action, scene.editor) == editor_may
    for somebody in (scene.account, UserFactory()):
        assert review.available_decisions(action, somebody) == []


def test_a_change_to_a_published_fiche_is_never_refused_but_the_fiche_may_be_withdrawn() -> None:
    scene = make_scene()
    action = write(scene, make_published(scene), title="Changée")
    action = submission.submit(action, by=scene.account, now=NOW)

    assert review.available_decisions(action, scene.editor) == [
        "visa",
        "request_changes",
        "withdraw",
    ]


@pytest.mark.parametrize("decision", Decision)
def test_nobody_without_a_role_over_the_fiche_decides_anything(decision) -> None:
    scene = make_scene()
    action = make_submitted(scene)
    other = make_scene(make_site("amiens", "amiens.localhost", is_default=False))
    neighbour = make_scene(scene.academy)

    for somebody in (scene.account, other.editor, other.lead, neighbour.lead, UserFactory()):
        with pytest.raises(NotAllowed):
            review.decide(action, decision, by=somebody, comment="Motif.")


def test_an_editor_knows_nothing_of_a_draft() -> None:
    scene = make_scene()

    with pytest.raises(NotAllowed):
        review.archive(make_draft(scene), by=scene.editor)


def test_a_lead_neither_publishes_nor_refuses() -> None:
    scene = make_scene()
    action = make_submitted(scene)

    for decision in (Decision.PUBLISH, Decision.REFUSE, Decision.WITHDRAW, Decision.ARCHIVE):
        with pytest.raises(NotAllowed):
            review.decide(action, decision, by=scene.lead, comment="Motif.")


def test_no_publication_without_the_visa() -> None:
    scene = make_scene()

    with pytest.raises(OutOfTurn):
        review.publish(make_submitted(scene), by=scene.editor)


def test_a_lead_who_no_longer_leads_or_signs_in_decides_nothing() -> None:
    scene = make_scene()
    action = make_submitted(scene)
    scene.network.leads.clear()
    with pytest.raises(NotAllowed):
        review.give_visa(action, by=scene.lead)
    scene.network.leads.add(scene.lead)
    scene.lead.is_active = False

    with pytest.raises(NotAllowed):
        review.give_visa(action, by=scene.lead)


def test_an_editor_gives_the_visa_in_the_networks_stead_and_the_log_says_so() -> None:
    scene = make_scene()

    action = review.give_visa(make_submitted(scene), by=scene.editor)

    assert action.status == "academy_review"
    entry = ModelLogEntry.objects.for_instance(action).get(action="campaigns.visa_in_stead")
    assert entry.user == scene.editor


@pytest.mark.parametrize(
    ("make", "decide"),
    [
        (make_submitted, review.request_changes),
        (make_submitted, review.refuse),
        (make_published, review.withdraw),
    ],
)
def test_what_disappoints_needs_a_comment(make, decide) -> None:
    scene = make_scene()
    action = make(scene)

    with pytest.raises(ValidationError) as caught:
        decide(action, by=scene.editor, comment="  ")

    assert list(caught.value.message_dict) == ["comment"]
    assert Action.objects.get(pk=action.pk).status == action.status


def test_what_is_decided_is_about_the_version_that_was_read() -> None:
    scene = make_scene()
    action = make_returned(scene)
    seen = action.latest_revision_id
    write(scene, action, title="Corrigée")
    action = submission.submit(action, by=scene.account, now=LATE)

    with pytest.raises(EditConflict):
        review.decide(action, Decision.PUBLISH, by=scene.editor, expected_revision=seen)


def test_the_same_decision_twice_counts_once() -> None:
    scene = make_scene()
    action = review.publish(make_endorsed(scene), by=scene.editor)

    with pytest.raises(OutOfTurn):
        review.publish(action, by=scene.editor)

    assert ModelLogEntry.objects.for_instance(action).filter(action="wagtail.publish").count() == 1


def test_a_refused_fiche_is_over_until_an_editor_reopens_it() -> None:
    scene = make_scene()
    action = review.refuse(make_endorsed(scene), by=scene.editor, comment="Hors sujet.")
    assert action.status == "refused"
    assert action.current_workflow_state is None
    with pytest.raises(OutOfTurn):
        submission.submit(action, by=scene.account, now=NOW)

    action = review.reopen(action, by=scene.editor)

    assert action.status == "academy_review"
    assert review.publish(action, by=scene.editor).live


def test_a_withdrawn_fiche_is_no_longer_public_and_may_come_back() -> None:
    scene = make_scene()
    action = review.withdraw(make_published(scene), by=scene.editor, comment="À leur demande.")
    assert (action.status, action.live) == ("withdrawn", False)
    assert not Action.objects.published().exists()

    action = review.publish(review.reopen(action, by=scene.editor), by=scene.editor)

    assert Action.objects.published().get() == action
    assert [partner.name for partner in action.partners.all()] == ["Mission locale"]


def test_withdrawing_forgets_the_change_under_review_not_the_public_text() -> None:
    scene = make_scene()
    action = write(scene, make_published(scene), title="Changée")
    action = submission.submit(action, by=scene.account, now=NOW)

    action = review.withdraw(action, by=scene.editor, comment="Consentement retiré.")
    action = review.publish(review.reopen(action, by=scene.editor), by=scene.editor)

    assert action.title == "Petits déjeuners de la persévérance"


def test_an_archived_fiche_is_put_away_for_good() -> None:
    scene = make_scene()

    action = review.archive(make_returned(scene), by=scene.editor)

    assert action.status == "archived"
    assert review.available_decisions(action, scene.editor) == []
    with pytest.raises(OutOfTurn):
        submission.submit(action, by=scene.account, now=NOW)


def test_an_editors_correction_during_the_review_is_what_gets_published() -> None:
    scene = make_scene()
    action = make_endorsed(scene)
    version = drafts.latest_version(action)
    version.title = "Titre corrigé par le rectorat"
    version.save()
    version.save_revision(user=scene.editor)

    action = review.publish(action, by=scene.editor)

    assert action.title == "Titre corrigé par le rectorat"


def test_the_history_tells_each_act_once_with_its_author_and_comment() -> None:
    scene = make_scene()
    action = make_returned(scene)
    action = submission.submit(action, by=scene.account, now=NOW)
    action = review.publish(action, by=scene.editor)
    action = review.withdraw(action, by=scene.editor, comment="À leur demande.")

    acts = [(act.who, act.comment) for act in reversed(history_of(action))]

    school, lead, editor = str(scene.establishment), str(scene.lead), str(scene.editor)
    assert acts == [
        (school, ""),
        (school, ""),
        (lead, ""),
        (editor, "Précisez les dates."),
        (school, ""),
        (editor, ""),
        (editor, "À leur demande."),
    ]


def test_what_wagtail_does_by_itself_is_told_too() -> None:
    scene = make_scene()
    action = make_published(scene)
    action.unpublish(user=None)

    latest = history_of(action)[0]

    assert latest == Act(latest.at, str(WAGTAIL_ACTS["wagtail.unpublish"]), "", "")
    assert len(history_of(action)) == 5
