"""Handing a fiche in."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from django.core.exceptions import ValidationError
from wagtail.models import ModelLogEntry

from campaigns import drafts, review, submission
from campaigns.errors import CallClosed, EditConflict, NotAllowed, OutOfTurn
from campaigns.models import (
    Action,
    ActionMedia,
    ActionSession,
    AssociatedEstablishment,
)
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
from tests.factories import EstablishmentFactory, sign_up

pytestmark = pytest.mark.django_db


def test_a_complete_fiche_goes_to_the_network_first() -> None:
    scene = make_scene()

    action = submission.submit(make_draft(scene), by=scene.account, now=NOW)

    assert action.status == "network_review"
    assert action.submitted_at == NOW
    assert [partner.name for partner in action.partners.all()] == ["Mission locale"]
    entry = ModelLogEntry.objects.for_instance(action).get(action="campaigns.submit")
    assert entry.user == scene.account


def test_what_is_missing_is_named_by_field_and_the_draft_kept() -> None:
    scene = make_scene()
    action = drafts.start_draft(scene.establishment, scene.edition, by=scene.account, now=NOW)

    with pytest.raises(ValidationError) as caught:
        submission.submit(action, by=scene.account, now=NOW)

    assert list(caught.value.message_dict) == list(submission.REQUIRED_FIELDS)
    assert Action.objects.get(pk=action.pk).status == "draft"


@pytest.mark.parametrize(
    ("fields", "part"),
    [
        ({"objectives": "  \n"}, "objectives"),
        ({"moment": "week"}, "starts_on"),
        ({"starts_on": date(2023, 4, 5), "ends_on": date(2023, 4, 4)}, "ends_on"),
        ({"audiences": []}, "audiences"),
        (
            {
                "sessions": [
                    ActionSession(date=date(2023, 4, 5), starts_at=time(15), ends_at=time(14))
                ]
            },
            "sessions",
        ),
        ({"media": [ActionMedia(kind="image", file="a.png", is_authorised=True)]}, "media"),
        ({"media": [ActionMedia(kind="document", file="a.pdf")]}, "media"),
    ],
)
def test_an_incoherent_part_is_named(fields, part) -> None:
    scene = make_scene()

    missing = submission.missing_parts(drafts.latest_version(make_draft(scene, **fields)))

    assert list(missing) == [part]


def test_a_fiche_handed_in_at_the_last_instant_is_taken() -> None:
    scene = make_scene()

    action = submission.submit(
        make_draft(scene), by=scene.account, now=scene.edition.call_closes_at
    )

    assert action.status == "network_review"


def test_a_fiche_handed_in_one_second_late_is_refused_and_kept_as_a_draft() -> None:
    scene = make_scene()
    action = make_draft(scene)
    late = scene.edition.call_closes_at + timedelta(seconds=1)

    with pytest.raises(CallClosed):
        submission.submit(action, by=scene.account, now=late)

    action.refresh_from_db()
    assert (action.status, action.submitted_at) == ("draft", None)


def test_a_fiche_sent_back_returns_after_the_call_to_the_step_that_sent_it_back() -> None:
    scene = make_scene()
    by_network = review.request_changes(make_submitted(scene), by=scene.lead, comment="Plus.")
    by_academy = make_returned(scene)

    first = submission.submit(by_network, by=scene.account, now=LATE)
    second = submission.submit(by_academy, by=scene.account, now=LATE)

    assert (first.status, second.status) == ("network_review", "academy_review")


def test_only_the_establishment_that_carries_the_fiche_hands_it_in() -> None:
    scene = make_scene()
    guest = EstablishmentFactory(academy=scene.academy)
    row = AssociatedEstablishment(establishment=guest, may_edit=True)
    action = make_draft(scene, associated=[row])

    for somebody in (sign_up(guest), scene.lead, scene.editor):
        with pytest.raises(NotAllowed):
            submission.submit(action, by=somebody, now=NOW)


@pytest.mark.parametrize("make", [make_submitted, make_endorsed, make_published])
def test_a_fiche_already_handed_in_or_published_as_it_is_is_not_handed_in_again(make) -> None:
    scene = make_scene()

    with pytest.raises(OutOfTurn):
        submission.submit(make(scene), by=scene.account, now=NOW)


def test_what_is_handed_in_is_what_the_page_showed() -> None:
    scene = make_scene()
    action = make_draft(scene)
    seen = action.latest_revision_id
    write(scene, action, title="Écrit dans un autre onglet")

    with pytest.raises(EditConflict):
        submission.submit(action, by=scene.account, now=NOW, expected_revision=seen)


def test_without_a_lead_or_without_network_review_the_academie_reads_at_once() -> None:
    scene = make_scene()
    scene.lead.is_active = False
    scene.lead.save()
    without_lead = make_submitted(scene)
    scene.lead.is_active = True
    scene.lead.save()
    scene.edition.network_review = False
    scene.edition.save()
    without_visa = make_submitted(scene)
    scene.edition.network_review = True
    scene.edition.save()
    scene.establishment.network = None
    scene.establishment.save()
    without_network = make_submitted(scene)

    statuses = {action.status for action in (without_lead, without_visa, without_network)}
    assert statuses == {"academy_review"}


def test_a_change_to_a_published_fiche_is_reviewed_while_the_public_one_stays() -> None:
    scene = make_scene()
    action = write(scene, make_published(scene), title="Changée")

    action = submission.submit(action, by=scene.account, now=NOW)

    assert (action.status, action.live) == ("network_review", True)
    assert action.title == "Petits déjeuners de la persévérance"
    action = review.publish(review.give_visa(action, by=scene.lead), by=scene.editor)
    assert (action.status, action.title) == ("published", "Changée")
    assert not action.has_unpublished_changes
