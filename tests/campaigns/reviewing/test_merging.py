"""Duplicates: one fiche is kept, the other leads to it, both schools are told."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from accounts.models import MailRecord
from campaigns import merging, review
from campaigns.errors import NotAllowed, OutOfTurn
from campaigns.models import Action
from tests.campaigns.admin_browser import signed_in
from tests.campaigns.matrix import Role, make_world
from tests.campaigns.scene import (
    NOW,
    Scene,
    make_draft,
    make_endorsed,
    make_published,
    make_returned,
    make_scene,
)
from tests.campaigns.test_concurrency import at_once, refused
from tests.factories import EstablishmentFactory, make_edition, make_site, sign_up

pytestmark = pytest.mark.django_db


def neighbour(scene: Scene) -> Scene:
    """The same scene, seen from another school of the network."""
    school = EstablishmentFactory(academy=scene.academy, network=scene.network)
    return replace(scene, establishment=school, account=sign_up(school))


def public(action: Action) -> str:
    return f"{action.campaign.url}actions/{action.pk}-{action.slug}/"


def schools(action: Action) -> list[Any]:
    fresh = Action.objects.get(pk=action.pk)
    return [row.establishment for row in fresh.associated.all()]


def test_the_duplicate_is_withdrawn_and_its_address_leads_to_the_fiche_kept_for_good() -> None:
    scene = make_scene()
    kept, gone = make_published(scene), make_published(neighbour(scene), title="La même")

    merging.merge(gone, into=kept, by=scene.editor, now=NOW)

    gone = Action.objects.get(pk=gone.pk)
    assert (gone.status, gone.live, gone.merged_into) == ("withdrawn", False, kept)
    response = Client().get(public(gone))
    assert (response.status_code, response.url) == (301, public(kept))
    assert Client().get(response.url).status_code == 200


def test_the_school_of_the_duplicate_takes_part_in_the_fiche_kept() -> None:
    scene = make_scene()
    other = neighbour(scene)
    kept, gone = make_published(scene), make_published(other)

    kept = merging.merge(gone, into=kept, by=scene.editor, now=NOW)

    assert schools(kept) == [other.establishment]
    assert (kept.status, kept.has_unpublished_changes) == ("published", False)
    assert [partner.name for partner in kept.partners.all()] == ["Mission locale"]
    assert str(other.establishment) in Client().get(public(kept)).content.decode()


def test_a_fiche_kept_during_its_review_is_published_with_the_school_once() -> None:
    scene = make_scene()
    other = neighbour(scene)
    kept, gone = make_endorsed(scene), make_endorsed(other)

    merging.merge(gone, into=kept, by=scene.editor, now=NOW)
    kept = review.publish(kept, by=scene.editor)

    assert schools(kept) == [other.establishment]


def test_both_schools_are_told_and_the_log_keeps_it() -> None:
    scene = make_scene()
    other = neighbour(scene)
    kept, gone = make_published(scene), make_published(other, title="La même & l’autre")

    merging.merge(gone, into=kept, by=scene.editor, now=NOW, comment="Un seul forum.")

    told = MailRecord.objects.get(kind="merged")
    assert told.recipient == other.establishment.mailbox
    assert "La même & l’autre" in told.body
    assert "Un seul forum." in told.body
    assert MailRecord.objects.get(kind="merge_received").recipient == scene.establishment.mailbox
    for action in (kept, gone):
        assert "Un seul forum." in [act.comment for act in merging_history(action)]


def merging_history(action: Action) -> list[Any]:
    from campaigns.history import history_of

    return history_of(action)


def test_an_address_merged_twice_leads_straight_to_the_last_fiche() -> None:
    scene = make_scene()
    first, second, third = (make_published(scene, title=f"Numéro {n}") for n in range(3))

    merging.merge(first, into=second, by=scene.editor, now=NOW)
    merging.merge(second, into=third, by=scene.editor, now=NOW)

    assert Client().get(public(first)).url == public(third)
    assert not schools(third)


def test_an_editor_may_undo_it_by_reopening_the_review() -> None:
    scene = make_scene()
    kept, gone = make_published(scene), make_published(scene)
    merging.merge(gone, into=kept, by=scene.editor, now=NOW)

    review.publish(review.reopen(gone, by=scene.editor), by=scene.editor)

    gone = Action.objects.get(pk=gone.pk)
    assert gone.merged_into is None
    assert Client().get(public(gone)).status_code == 200


def test_nothing_leads_to_a_fiche_that_is_not_public() -> None:
    scene = make_scene()
    kept, gone = make_endorsed(scene, title="Secrète"), make_published(scene, title="La même")

    merging.merge(gone, into=kept, by=scene.editor, now=NOW)

    assert Client().get(public(gone)).status_code == 404


@pytest.mark.parametrize("make", [make_draft, make_returned])
def test_a_fiche_that_its_school_is_writing_is_not_kept(make) -> None:
    scene = make_scene()
    gone = make_published(scene)

    with pytest.raises((OutOfTurn, NotAllowed)):
        merging.merge(gone, into=make(scene), by=scene.editor, now=NOW)

    assert Action.objects.get(pk=gone.pk).live


def test_only_fiches_of_one_edition_are_merged_and_not_one_with_itself() -> None:
    scene = make_scene()
    later = replace(scene, edition=make_edition(scene.academy, slug="autre", title="Autre"))
    here, there = make_published(scene), make_published(later)

    for kept in (there, here):
        with pytest.raises(ValidationError):
            merging.merge(here, into=kept, by=scene.editor, now=NOW)


def test_nobody_merges_the_fiches_of_another_academie() -> None:
    world = make_world()
    other = make_scene(make_site("lyon", "lyon.localhost", is_default=False))
    gone, kept, theirs = (
        make_published(world.scene),
        make_published(world.scene, title="Gardée"),
        make_published(other),
    )
    for role in set(Role) - {Role.OWN_EDITOR, Role.ADMINISTRATOR}:
        address = reverse("action_merge", args=[gone.pk])
        client = world.client(role)
        assert client.get(address).status_code != 200, role
        client.post(address, {"into": kept.pk})
    signed_in(world.scene.editor).post(reverse("action_merge", args=[gone.pk]), {"into": theirs.pk})

    assert Action.objects.filter(live=True).count() == 3


def test_the_page_offers_the_likeliest_and_finds_by_words() -> None:
    scene = make_scene()
    gone = make_published(scene, title="Forum des métiers")
    make_published(scene, title="Escape game")
    near = make_published(neighbour(scene), title="Le forum des métiers")
    client = signed_in(scene.editor)
    address = reverse("action_merge", args=[gone.pk])

    assert client.get(address).context["candidates"][0] == near
    found = client.get(f"{address}?q=escape").context["candidates"]
    assert [action.title for action in found] == ["Escape game"]
    response = client.post(address, {"into": near.pk, "comment": "Doublon."})

    assert response.url == reverse("action_review", args=[near.pk])
    assert Action.objects.get(pk=gone.pk).merged_into == near


@pytest.mark.parametrize("into", ["", "abc", "999999999", "²"])
def test_with_no_fiche_chosen_the_page_says_so_and_keeps_the_word(into) -> None:
    scene = make_scene()
    gone = make_published(scene)
    make_published(scene)

    response = signed_in(scene.editor).post(
        reverse("action_merge", args=[gone.pk]), {"into": into, "comment": "Déjà écrit"}
    )

    assert response.context["errors"]["into"]
    assert "Déjà écrit" in response.content.decode()
    assert Action.objects.get(pk=gone.pk).live


def test_a_word_too_long_is_given_back_with_its_error() -> None:
    scene = make_scene()
    gone, kept = make_published(scene), make_published(scene)
    word = "Bonjour. " * 600

    response = signed_in(scene.editor).post(
        reverse("action_merge", args=[gone.pk]), {"into": kept.pk, "comment": word}
    )

    assert "Raccourcissez" in response.context["errors"]["comment"]
    assert word in response.content.decode()
    assert 'maxlength="4000"' in response.content.decode()
    assert Action.objects.get(pk=gone.pk).live


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_of_two_merges_in_opposite_directions_one_is_done() -> None:
    scene = make_scene()
    one, two = make_published(scene), make_published(scene)

    outcomes = at_once(
        lambda: merging.merge(one, into=two, by=scene.editor, now=NOW),
        lambda: merging.merge(two, into=one, by=scene.editor, now=NOW),
    )

    assert len(refused(outcomes)) == 1
    assert Action.objects.filter(live=True).count() == 1
