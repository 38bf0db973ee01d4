"""Wagtail's acts on several rows name nobody what is not theirs, whatever keys are guessed."""

from __future__ import annotations

import pytest
from django.urls import reverse

from campaigns.models import Action, ReviewLabel, Theme
from tests.campaigns.matrix import Role, World, make_world
from tests.campaigns.scene import make_draft, make_submitted
from tests.factories import ContentPageFactory, UserFactory

pytestmark = pytest.mark.django_db

SECRET = "Confidentialité"
READERS = set(Role) - {Role.ADMINISTRATOR}


@pytest.fixture
def world() -> World:
    return make_world()


def address(app: str, model: str, key: object, act: str = "delete") -> str:
    return f"{reverse('wagtail_bulk_action', args=[app, model, act])}?id={key}"


def told_to(world: World, where: str) -> set[Role]:
    """The readers to whom the page says the secret word."""
    told = set()
    for role in READERS:
        response = world.client(role).get(where)
        assert response.status_code in (200, 302, 403, 404), role
        if SECRET in response.content.decode():
            told.add(role)
    return told


def test_the_titles_of_fiches_are_not_told(world) -> None:
    draft = make_draft(world.scene, title=f"{SECRET} en cours")
    make_submitted(world.scene, title=f"{SECRET} remise")

    assert told_to(world, address("campaigns", "action", draft.pk)) == set()
    assert told_to(world, address("campaigns", "action", "all")) == set()


def test_the_words_of_an_academy_are_not_told_to_others(world) -> None:
    label = ReviewLabel.objects.create(academy=world.scene.academy, name=SECRET)
    theme = Theme.objects.create(academy=world.scene.academy, label=SECRET)

    assert told_to(world, address("campaigns", "reviewlabel", label.pk)) == {Role.OWN_EDITOR}
    assert told_to(world, address("campaigns", "theme", theme.pk)) == set()


def test_people_are_not_named(world) -> None:
    somebody = UserFactory(last_name=SECRET)

    assert told_to(world, address("accounts", "user", somebody.pk)) == set()


@pytest.mark.parametrize("act", ["publish", "unpublish", "move", "delete"])
def test_drafts_of_pages_are_not_told_to_others(world, act) -> None:
    page = ContentPageFactory(parent=world.scene.academy.site.root_page, title=SECRET, live=False)

    assert told_to(world, address("wagtailcore", "page", page.pk, act)) <= {Role.OWN_EDITOR}


def test_an_administrator_deletes_several_fiches_at_once(world) -> None:
    fiche = make_submitted(world.scene, title=SECRET)
    browser = world.client(Role.ADMINISTRATOR)
    where = address("campaigns", "action", fiche.pk)

    assert SECRET in browser.get(where).content.decode()
    browser.post(where)

    assert not Action.objects.filter(pk=fiche.pk).exists()


def test_no_such_act_is_not_found(world) -> None:
    browser = world.client(Role.OWN_EDITOR)

    assert browser.get(address("campaigns", "action", 1, "burn")).status_code == 404
    assert browser.get(address("campaigns", "nothing", 1)).status_code == 404
