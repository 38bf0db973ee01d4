"""Who may see which fiche; which version of it, and where, is in `test_surfaces.py`."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from campaigns import access
from campaigns.models import Action, AssociatedEstablishment
from tests.campaigns.matrix import REVIEWERS, Role, make_world
from tests.campaigns.scene import make_draft, make_published, make_scene, make_submitted
from tests.factories import (
    EstablishmentFactory,
    UserFactory,
    make_editor,
    make_site,
    sign_up,
)

pytestmark = pytest.mark.django_db


def test_an_associated_establishment_sees_the_fiche_once_handed_in() -> None:
    scene = make_scene()
    guest = EstablishmentFactory(academy=scene.academy)
    account = sign_up(guest)
    draft = make_draft(scene, associated=[AssociatedEstablishment(establishment=guest)])
    assert not Action.objects.visible_to(account).filter(pk=draft.pk).exists()
    handed_in = make_submitted(scene, associated=[AssociatedEstablishment(establishment=guest)])

    assert list(Action.objects.visible_to(account)) == [handed_in]


def test_an_associated_establishment_that_may_edit_sees_the_draft() -> None:
    scene = make_scene()
    guest = EstablishmentFactory(academy=scene.academy)
    row = AssociatedEstablishment(establishment=guest, may_edit=True)

    draft = make_draft(scene, associated=[row])

    assert list(Action.objects.visible_to(sign_up(guest))) == [draft]


def test_a_fiche_of_several_associated_establishments_is_seen_once() -> None:
    scene = make_scene()
    rows = [
        AssociatedEstablishment(establishment=EstablishmentFactory(academy=scene.academy))
        for _ in range(3)
    ]
    make_submitted(scene, associated=rows)

    for user in (scene.account, scene.lead, scene.editor):
        assert Action.objects.visible_to(user).count() == 1


def test_a_published_fiche_leaves_the_site_with_its_edition_and_on_its_last_day() -> None:
    scene = make_scene()
    action = make_published(scene)
    assert Action.objects.published().exists()

    Action.objects.filter(pk=action.pk).update(expire_at=timezone.now() - timedelta(seconds=1))
    assert not Action.objects.published().exists()
    Action.objects.filter(pk=action.pk).update(expire_at=None)
    scene.edition.unpublish()
    assert not Action.objects.published().exists()


def test_an_account_that_is_switched_off_sees_what_the_public_sees() -> None:
    scene = make_scene()
    make_submitted(scene)
    for user in (scene.account, scene.lead, scene.editor):
        user.is_active = False

        assert not Action.objects.visible_to(user).exists()
        assert not Action.objects.reviewable_by(user).exists()


def test_the_coordinators_mailbox_is_for_its_establishment_its_lead_and_its_editors() -> None:
    world = make_world()
    fiche = make_published(world.scene)

    readers = {
        role
        for role, person in world.people.items()
        if access.may_see_coordinator(person or AnonymousUser(), fiche)
    }

    assert readers == {Role.OWN_ESTABLISHMENT, *REVIEWERS}


def test_reviewers_know_nobody_of_a_draft() -> None:
    scene = make_scene()
    draft = make_draft(scene)

    assert not access.may_see_coordinator(scene.lead, draft)
    assert not access.may_see_coordinator(scene.editor, draft)
    assert access.may_see_coordinator(scene.account, draft)


def test_what_waits_is_for_whose_turn_it_is() -> None:
    scene = make_scene()
    other = make_scene(scene.academy)
    action = make_submitted(scene)
    assert list(Action.objects.awaiting(scene.lead)) == [action]
    for user in (other.lead, scene.editor, scene.account, UserFactory(), AnonymousUser()):
        assert not Action.objects.awaiting(user).exists()


@pytest.mark.parametrize("gone", ["removed", "switched off", "out of the network"])
def test_what_waits_for_a_network_that_nobody_leads_any_more_waits_for_the_academie(
    gone: str,
) -> None:
    scene = make_scene()
    action = make_submitted(scene)
    if gone == "removed":
        scene.network.leads.clear()
    elif gone == "switched off":
        type(scene.lead).objects.filter(pk=scene.lead.pk).update(is_active=False)
    else:
        type(scene.establishment).objects.filter(pk=scene.establishment.pk).update(network=None)

    assert list(Action.objects.awaiting(scene.editor)) == [action]
    assert list(Action.objects.awaiting_academies()) == [action]
    elsewhere = make_editor(make_site("amiens", "amiens.localhost", is_default=False))
    assert not Action.objects.awaiting(elsewhere).exists()


def test_another_lead_of_the_network_keeps_its_fiches_from_the_academie() -> None:
    scene = make_scene()
    scene.network.leads.add(UserFactory())
    make_submitted(scene)
    scene.network.leads.remove(scene.lead)

    assert not Action.objects.awaiting(scene.editor).exists()
