"""The review screen: what it shows of a fiche, and how it takes a decision."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from campaigns import review, submission
from campaigns.enums import Status
from campaigns.models import Action, ActionMedia, AssociatedEstablishment
from tests.campaigns.admin_browser import signed_in
from tests.campaigns.matrix import Role, make_world
from tests.campaigns.scene import (
    NOW,
    make_endorsed,
    make_published,
    make_returned,
    make_scene,
    make_submitted,
    write,
)
from tests.factories import EstablishmentFactory

pytestmark = pytest.mark.django_db


def screen(action: Action) -> str:
    return reverse("action_review", args=[action.pk])


def page(user: Any, action: Action) -> str:
    response = signed_in(user).get(screen(action))
    assert response.status_code == 200
    return response.content.decode()


def test_it_is_reached_by_the_fiches_own_reviewers_only() -> None:
    world = make_world()
    action = make_submitted(world.scene)

    found = {role: world.client(role).get(screen(action)).status_code for role in Role}

    assert {role for role, status in found.items() if status == 200} == {
        Role.LEAD,
        Role.OWN_EDITOR,
        Role.ADMINISTRATOR,
    }
    assert found[Role.OTHER_LEAD] == found[Role.OTHER_EDITOR] == found[Role.OBSERVER] == 404


def test_the_whole_fiche_is_there_to_read() -> None:
    scene = make_scene()
    guest = EstablishmentFactory(academy=scene.academy)
    action = make_submitted(
        scene,
        budget="250.00",
        associated=[AssociatedEstablishment(establishment=guest)],
        media=[
            ActionMedia(
                kind="image",
                file=ContentFile(b"x", name="photo.png"),
                alternative="Une table dressée",
                is_authorised=True,
            )
        ],
    )

    text = page(scene.lead, action)

    for part in (
        "Redonner confiance.",
        "Mission locale",
        "camille@example.org",
        "250,00",
        str(guest),
        "Une table dressée",
        scene.establishment.uai,
    ):
        assert part in text
    assert f"/fichiers/fiches/{action.pk}/" in text


def test_an_observer_reads_what_is_public_and_nothing_internal() -> None:
    world = make_world()
    action = make_published(world.scene, budget="250.00")

    response = world.client(Role.OBSERVER).get(screen(action))

    text = response.content.decode()
    assert "Redonner confiance." in text
    assert "camille@example.org" not in text
    assert "250,00" not in text
    assert 'id="historique"' not in text
    assert "<form method" not in text
    refused = world.client(Role.OBSERVER).post(screen(action), {"decision": "withdraw"})
    assert refused.url == reverse("wagtailadmin_home")


def test_an_observer_is_not_told_that_a_change_is_under_review() -> None:
    world = make_world()
    action = write(world.scene, make_published(world.scene), title="Changée")
    action = submission.submit(action, by=world.scene.account, now=NOW)
    label = str(Status.NETWORK_REVIEW.label)
    assert label in page(world.scene.lead, action)

    observer = world.client(Role.OBSERVER)
    listed = reverse("wagtailsnippets_campaigns_action:list")

    for address in (screen(action), listed, f"{listed}?status=network_review"):
        text = observer.get(address).content.decode()
        assert label not in text
        assert "Petits déjeuners" in text


def test_each_reviewer_is_offered_their_decisions() -> None:
    scene = make_scene()
    action = make_submitted(scene)

    assert 'value="refuse"' not in page(scene.lead, action)
    assert 'value="visa"' in page(scene.lead, action)
    assert 'value="refuse"' in page(scene.editor, action)
    assert 'value="publish"' not in page(scene.editor, action)


def test_a_decision_is_taken_and_the_next_fiche_offered() -> None:
    scene = make_scene()
    first, second = make_submitted(scene), make_submitted(scene)

    response = signed_in(scene.lead).post(
        screen(first), {"decision": "visa", "revision": first.latest_revision_id}, follow=True
    )

    assert Action.objects.get(pk=first.pk).status == "academy_review"
    assert screen(second) in response.content.decode()


def test_a_missing_comment_is_asked_for_beside_its_field_and_the_choice_kept() -> None:
    scene = make_scene()
    action = make_submitted(scene)

    response = signed_in(scene.lead).post(
        screen(action),
        {"decision": "request_changes", "comment": " ", "revision": action.latest_revision_id},
    )

    assert list(response.context["form"].errors) == ["comment"]
    assert response.context["form"]["decision"].value() == "request_changes"
    assert Action.objects.get(pk=action.pk).status == "network_review"


def test_no_decision_at_all_is_said() -> None:
    scene = make_scene()
    action = make_submitted(scene)

    response = signed_in(scene.lead).post(screen(action), {"comment": "Un mot déjà écrit"})

    assert list(response.context["form"].errors) == ["decision"]
    assert "Un mot déjà écrit" in response.content.decode()


def test_whoever_comes_second_is_told_how_the_fiche_stands() -> None:
    scene = make_scene()
    action = make_endorsed(scene)
    review.publish(action, by=scene.editor)

    response = signed_in(scene.editor).post(
        screen(action), {"decision": "publish", "revision": action.latest_revision_id}
    )

    assert response.url == screen(action)


def test_a_version_handed_in_meanwhile_is_read_before_it_is_decided_upon() -> None:
    scene = make_scene()
    action = make_returned(scene)
    read = action.latest_revision_id
    write(scene, action, title="Corrigée entre-temps")
    submission.submit(action, by=scene.account, now=NOW)

    response = signed_in(scene.editor).post(
        screen(action), {"decision": "publish", "revision": read}, follow=True
    )

    assert "Corrigée entre-temps" in response.content.decode()
    assert not Action.objects.get(pk=action.pk).live


def test_what_was_typed_about_the_version_before_stays_in_the_form_and_is_sent_once_read() -> None:
    scene = make_scene()
    action = make_returned(scene)
    read = action.latest_revision_id
    write(scene, action, title="Corrigée entre-temps")
    submission.submit(action, by=scene.account, now=NOW)
    browser = signed_in(scene.editor)
    typed = {"comment": "Merci.", "part-title": "Un titre plus court ?"}

    response = browser.post(
        screen(action), {"decision": "request_changes", "revision": read, **typed}
    )

    text = response.content.decode()
    assert response.status_code == 409
    for kept in ("Corrigée entre-temps", "Merci.", "Un titre plus court ?", "Cette fiche a changé"):
        assert kept in text
    form = response.context["form"]
    again = {"decision": "request_changes", "revision": form["revision"].value(), **typed}
    assert browser.post(screen(action), again).status_code == 302
    action.refresh_from_db()
    assert action.status == Status.CHANGES_REQUESTED


def test_what_was_typed_once_somebody_else_has_decided_is_given_back() -> None:
    scene = make_scene()
    action = make_submitted(scene)
    review.give_visa(action, by=scene.editor)

    response = signed_in(scene.lead).post(
        screen(action),
        {"decision": "request_changes", "comment": "<b>Où", "part-place": "Quel préau ?"},
    )

    text = response.content.decode()
    assert (response.status_code, response.context["form"]) == (409, None)
    assert "&lt;b&gt;Où" in text
    assert text.index("<strong>Lieu</strong>") < text.index("Quel préau ?")


@pytest.mark.parametrize("decision", ["publish", "withdraw", "archive", "abc", ""])
def test_a_decision_that_is_not_offered_is_not_taken(decision) -> None:
    scene = make_scene()
    action = make_submitted(scene)

    signed_in(scene.lead).post(screen(action), {"decision": decision, "comment": "Motif."})

    assert Action.objects.get(pk=action.pk).status == "network_review"


def test_an_editor_reads_what_has_changed_since_the_fiche_was_sent_back() -> None:
    scene = make_scene()
    action = make_returned(scene)
    write(scene, action, objectives="Redonner confiance à trente élèves.")
    action = submission.submit(action, by=scene.account, now=NOW)

    response = signed_in(scene.editor).get(screen(action))

    changes = response.context["changes"]
    assert [(change.first.text, change.second.text) for change in changes] == [
        ("Redonner confiance.", "Redonner confiance à trente élèves.")
    ]


def test_a_lead_reads_what_changes_from_the_public_version() -> None:
    scene = make_scene()
    action = write(scene, make_published(scene), title="Nouveau titre")
    action = submission.submit(action, by=scene.account, now=NOW)

    response = signed_in(scene.lead).get(screen(action))

    assert [change.second.text for change in response.context["changes"]] == ["Nouveau titre"]
    assert "Nouveau titre" in response.content.decode()


def test_the_history_has_who_when_and_the_comment() -> None:
    scene = make_scene()
    text = page(scene.editor, make_returned(scene))

    assert "Précisez les dates." in text
    assert str(scene.lead) in text


def test_what_a_school_types_is_text_and_never_markup() -> None:
    scene = make_scene()
    action = make_submitted(
        scene, title="<script>alert(1)</script>", objectives="<img src=x onerror=alert(1)>"
    )

    text = page(scene.lead, action)

    assert "<script>alert(1)" not in text
    assert "<img src=x" not in text


def test_whoever_gives_the_visa_in_the_networks_stead_is_told_so_before() -> None:
    scene = make_scene()
    action = make_submitted(scene)

    assert "à sa place, et l’historique le dit" in page(scene.editor, action)
    assert "à sa place" not in page(scene.lead, action)


def test_reviewers_read_which_fiche_inspired_this_one() -> None:
    scene = make_scene()
    source = make_published(scene, title="La source")
    action = make_endorsed(scene)
    Action.objects.filter(pk=action.pk).update(inspired_by=source)

    assert "Inspirée de «\u202fLa source\u202f»" in page(scene.editor, action)


def test_the_screen_asks_a_bounded_number_of_queries() -> None:
    scene = make_scene()
    action = make_endorsed(scene)
    client = signed_in(scene.editor)
    client.get(screen(action))

    with CaptureQueriesContext(connection) as queries:
        client.get(screen(action))

    assert len(queries) <= 75, len(queries)
