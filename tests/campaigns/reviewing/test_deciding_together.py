"""One decision about many fiches: said beforehand, taken one by one, told afterwards."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import ModelLogEntry

from accounts.models import MailRecord
from campaigns import deciding_together
from campaigns.enums import Decision
from campaigns.models import Action
from tests.campaigns.admin_browser import signed_in, url
from tests.campaigns.matrix import Role, make_world
from tests.campaigns.scene import (
    make_draft,
    make_endorsed,
    make_returned,
    make_scene,
    make_submitted,
    write,
)
from tests.factories import make_site

pytestmark = pytest.mark.django_db


def page_of(decision: str) -> str:
    return reverse("actions_together", args=[decision])


def ticked(*actions: Action) -> list[str]:
    return [f"{action.pk}:{action.latest_revision_id}" for action in actions]


def statuses() -> list[str]:
    return sorted(Action.objects.values_list("status", flat=True))


def test_the_list_offers_each_reviewer_what_they_may_decide_together() -> None:
    scene = make_scene()
    make_submitted(scene)

    lead = signed_in(scene.lead).get(url("list")).content.decode()
    editor = signed_in(scene.editor).get(url("list")).content.decode()

    assert page_of("visa") in lead
    assert page_of("publish") not in lead
    assert page_of("visa") in editor
    assert page_of("publish") in editor


def test_the_page_says_what_will_be_done_and_what_will_not_and_why() -> None:
    scene = make_scene()
    ready, late = make_endorsed(scene, title="Prête"), make_submitted(scene, title="Sans visa")

    response = signed_in(scene.editor).get(
        page_of("publish"), {"fiche": [ready.pk, late.pk, "abc", 10**30]}
    )

    assert [item.action for item in response.context["possible"]] == [ready]
    assert [item.action for item in response.context["impossible"]] == [late]
    assert "Sans visa" in response.content.decode()
    assert response.context["impossible"][0].obstacle.startswith("Ce n’est pas")
    assert statuses() == ["academy_review", "network_review"]


def test_with_nothing_ticked_all_that_wait_are_offered() -> None:
    scene = make_scene()
    waiting = {make_submitted(scene), make_submitted(scene)}
    make_endorsed(scene)

    response = signed_in(scene.lead).get(page_of("visa"))

    assert {item.action for item in response.context["possible"]} == waiting


def test_each_fiche_is_decided_and_each_establishment_told() -> None:
    scene = make_scene()
    first, second = make_endorsed(scene), make_endorsed(scene)

    response = signed_in(scene.editor).post(
        page_of("publish"), {"fiche": ticked(first, second)}, follow=True
    )

    assert statuses() == ["published", "published"]
    assert MailRecord.objects.filter(kind="published").count() == 2
    assert "2 fiches sont publiées" in response.content.decode()


def test_what_cannot_be_done_is_named_with_why_and_the_rest_is_done() -> None:
    scene = make_scene()
    good = make_endorsed(scene, title="Bonne")
    stale = make_endorsed(scene, title="Revue entre-temps")
    seen = ticked(good, stale)
    version = stale.get_latest_revision_as_object()
    version.save_revision(user=scene.editor, clean=False)
    returned = make_returned(scene, title="Renvoyée")

    response = signed_in(scene.editor).post(
        page_of("publish"), {"fiche": [*seen, *ticked(returned)]}, follow=True
    )

    text = response.content.decode()
    assert "1 fiche est publiée" in text
    for named in ("Revue entre-temps", "Renvoyée"):
        assert named in text.split("Rien n’a été fait")[1]
    assert Action.objects.get(pk=good.pk).live
    assert not Action.objects.get(pk=stale.pk).live


def test_a_page_sent_twice_does_nothing_the_second_time() -> None:
    scene = make_scene()
    action = make_submitted(scene)
    client = signed_in(scene.lead)

    for _time in range(2):
        client.post(page_of("visa"), {"fiche": ticked(action)})

    assert statuses() == ["academy_review"]
    assert MailRecord.objects.filter(kind="visa_given").count() == 1


def test_an_editor_gives_visas_in_the_networks_stead_and_the_log_says_so() -> None:
    scene = make_scene()
    action = make_submitted(scene)

    signed_in(scene.editor).post(page_of("visa"), {"fiche": ticked(action)})

    log = ModelLogEntry.objects.for_instance(action)
    assert log.filter(action="campaigns.visa_in_stead", user=scene.editor).count() == 1


def test_forged_numbers_of_others_fiches_do_nothing_and_name_nothing() -> None:
    scene = make_scene()
    other = make_scene(make_site("amiens", "amiens.localhost", is_default=False))
    theirs = make_endorsed(other, title="Ailleurs")
    draft = make_draft(scene, title="Brouillon")
    client = signed_in(scene.editor)

    shown = client.get(page_of("publish"), {"fiche": [theirs.pk, draft.pk]}).content.decode()
    result = client.post(page_of("publish"), {"fiche": ticked(theirs, draft)}, follow=True)

    for text in (shown, result.content.decode()):
        assert "Ailleurs" not in text
        assert "Brouillon" not in text
    assert statuses() == ["academy_review", "draft"]


def test_a_lead_publishes_nothing_and_others_find_no_such_page() -> None:
    world = make_world()
    action = make_endorsed(world.scene)

    for role in Role:
        client = world.client(role)
        may = role in (Role.OWN_EDITOR, Role.ADMINISTRATOR)
        assert (client.get(page_of("publish")).status_code == 200) == (
            may or role is Role.OTHER_EDITOR
        ), role
        if not may:
            client.post(page_of("publish"), {"fiche": ticked(action)})

    assert statuses() == ["academy_review"]


@pytest.mark.parametrize("decision", ["refuse", "withdraw", "abc"])
def test_no_other_decision_is_taken_together(decision) -> None:
    scene = make_scene()

    assert signed_in(scene.editor).get(page_of(decision)).status_code == 404


@pytest.mark.parametrize("sent", [[], ["abc"], ["1:x"], [":"], ["²:1"]])
def test_nonsense_decides_nothing(sent) -> None:
    scene = make_scene()
    make_endorsed(scene)

    response = signed_in(scene.editor).post(page_of("publish"), {"fiche": sent})

    assert response.status_code == 302
    assert statuses() == ["academy_review"]


def queries_for(user: Any, count: int, scene: Any) -> int:
    while Action.objects.count() < count:
        make_submitted(scene)
    list(deciding_together.offered_to(user))  # what is asked once a request
    with CaptureQueriesContext(connection) as queries:
        found = deciding_together.proposals(user, Decision.VISA, None)
    assert len(found) == count
    return len(queries)


def test_the_proposals_ask_a_constant_number_of_queries() -> None:
    scene = make_scene()

    assert queries_for(scene.lead, 1, scene) == queries_for(scene.lead, 8, scene) <= 4


def test_a_change_under_review_is_listed_by_its_new_title() -> None:
    scene = make_scene()
    action = make_returned(scene)
    write(scene, action, title="Nouveau titre")

    response = signed_in(scene.lead).get(page_of("visa"), {"fiche": [action.pk]})

    assert "Nouveau titre" not in response.content.decode()
