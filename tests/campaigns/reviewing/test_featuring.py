"""A published fiche on the front page: by its editors, in one click, logged."""

from __future__ import annotations

import pytest
from django.urls import reverse

from campaigns import featuring, review
from campaigns.errors import NotAllowed, OutOfTurn
from campaigns.history import history_of
from campaigns.models import Action, CatalogueStamp
from tests.campaigns.admin_browser import signed_in
from tests.campaigns.matrix import Role, make_world
from tests.campaigns.scene import NOW, make_endorsed, make_published, make_scene

pytestmark = pytest.mark.django_db


def is_featured(action: Action) -> bool:
    return Action.objects.get(pk=action.pk).featured_at is not None


def test_one_click_puts_a_fiche_in_front_and_one_takes_it_off() -> None:
    scene = make_scene()
    action = make_published(scene)
    client = signed_in(scene.editor)
    address = reverse("action_feature", args=[action.pk])
    stamp = CatalogueStamp.objects.get(campaign=scene.edition).number

    client.post(address, {"on": "1"})
    client.post(address, {"on": "1"})
    assert is_featured(action)
    assert CatalogueStamp.objects.get(campaign=scene.edition).number != stamp
    client.post(address, {"on": "0"})

    assert not is_featured(action)
    who = [act.who for act in history_of(action)[:2]]
    assert who == [str(scene.editor)] * 2
    assert len(history_of(action)) == 6


def test_a_fiche_that_is_not_public_is_not_put_in_front() -> None:
    scene = make_scene()

    with pytest.raises(OutOfTurn):
        featuring.feature(make_endorsed(scene), by=scene.editor, now=NOW)


def test_only_the_academies_editors_choose_the_front_page() -> None:
    world = make_world()
    action = make_published(world.scene)
    with pytest.raises(NotAllowed):
        featuring.feature(action, by=world.scene.lead, now=NOW)

    for role in set(Role) - {Role.OWN_EDITOR, Role.ADMINISTRATOR}:
        world.client(role).post(reverse("action_feature", args=[action.pk]), {"on": "1"})

    assert not is_featured(action)


def test_a_fiche_that_is_withdrawn_leaves_the_front_page() -> None:
    scene = make_scene()
    action = featuring.feature(make_published(scene), by=scene.editor, now=NOW)

    review.withdraw(action, by=scene.editor, comment="Motif.")

    assert not is_featured(action)
