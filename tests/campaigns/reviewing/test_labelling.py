"""The labels of the review: each académie's own, seen by its reviewers only."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from campaigns import labelling
from campaigns.errors import NotAllowed
from campaigns.models import Action, ReviewLabel
from tests.campaigns.admin_browser import signed_in
from tests.campaigns.matrix import Role, make_world
from tests.campaigns.scene import make_published, make_scene, make_submitted
from tests.factories import make_site

pytestmark = pytest.mark.django_db

NAMESPACE = "wagtailsnippets_campaigns_reviewlabel"


def names(action: Action) -> list[str]:
    return [label.name for label in action.labels.all()]


def test_reviewers_tick_and_untick_the_labels_of_their_academie() -> None:
    scene = make_scene()
    action = make_submitted(scene)
    for name in ("Annonce", "Budget"):
        ReviewLabel.objects.create(academy=scene.academy, name=name)
    shown, budget = ReviewLabel.objects.order_by("name")
    client = signed_in(scene.lead)
    address = reverse("action_labels", args=[action.pk])

    client.post(address, {"label": [shown.pk, budget.pk]})
    assert names(action) == ["Annonce", "Budget"]
    client.post(address, {"label": [budget.pk, "abc", 10**30]})

    assert names(action) == ["Budget"]
    page = client.get(reverse("action_review", args=[action.pk])).content.decode()
    assert "Budget" in page


def test_an_editor_names_a_new_label_once_and_a_lead_names_none() -> None:
    scene = make_scene()
    action = make_submitted(scene)

    for name in ("Coup de cœur", " Coup  de cœur "):
        labelling.label(action, by=scene.editor, keys=[], new_name=name)
    with pytest.raises(NotAllowed):
        labelling.label(action, by=scene.lead, keys=[], new_name="La mienne")

    assert list(ReviewLabel.objects.values_list("name", flat=True)) == ["Coup de cœur"]
    assert names(action) == ["Coup de cœur"]


def test_a_name_too_long_is_said_beside_it_and_kept() -> None:
    scene = make_scene()
    action = make_submitted(scene)
    with pytest.raises(ValidationError):
        labelling.label(action, by=scene.editor, keys=[], new_name="x" * 41)

    response = signed_in(scene.editor).post(
        reverse("action_labels", args=[action.pk]), {"new_name": "x" * 41}
    )

    assert "x" * 41 in response.content.decode()
    assert response.context["label_error"]


def test_the_label_of_another_academie_cannot_be_put() -> None:
    scene = make_scene()
    other = make_scene(make_site("amiens", "amiens.localhost", is_default=False))
    theirs = ReviewLabel.objects.create(academy=other.academy, name="La leur")
    action = make_submitted(scene)

    labelling.label(action, by=scene.editor, keys=[theirs.pk])

    assert names(action) == []


def test_nobody_but_its_reviewers_labels_a_fiche_or_reads_its_labels() -> None:
    world = make_world()
    action = make_published(world.scene)
    label = ReviewLabel.objects.create(academy=world.scene.academy, name="Étiquette secrète")
    label.actions.add(action)
    reviewers = {Role.LEAD, Role.OWN_EDITOR, Role.ADMINISTRATOR}

    for role in set(Role) - reviewers:
        client = world.client(role)
        client.post(reverse("action_labels", args=[action.pk]), {"label": []})
        for address in (
            reverse("action_review", args=[action.pk]),
            reverse("space:fiche", args=[action.pk]),
            action.get_absolute_url(),
        ):
            response = client.get(address)
            assert "Étiquette secrète" not in response.content.decode(), role

    assert names(action) == ["Étiquette secrète"]


def test_editors_manage_the_labels_of_their_own_academie() -> None:
    world = make_world()
    label = ReviewLabel.objects.create(academy=world.scene.academy, name="La nôtre")
    listed = reverse(f"{NAMESPACE}:list")
    edited = reverse(f"{NAMESPACE}:edit", args=[label.pk])

    found = {
        role: (
            "La nôtre" in world.client(role).get(listed).content.decode(),
            world.client(role).get(edited).status_code == 200,
        )
        for role in Role
    }

    assert {role for role, seen in found.items() if seen == (True, True)} == {
        Role.OWN_EDITOR,
        Role.ADMINISTRATOR,
    }
    assert {
        seen for role, seen in found.items() if role not in (Role.OWN_EDITOR, Role.ADMINISTRATOR)
    } == {(False, False)}


def test_an_editor_deletes_a_label_and_the_fiche_stays() -> None:
    scene = make_scene()
    action = make_submitted(scene)
    label = ReviewLabel.objects.create(academy=scene.academy, name="De trop")
    label.actions.add(action)

    signed_in(scene.editor).post(reverse(f"{NAMESPACE}:delete", args=[label.pk]))

    assert not ReviewLabel.objects.exists()
    assert Action.objects.filter(pk=action.pk).exists()
