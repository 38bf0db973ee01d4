"""Fiches in Wagtail's admin: who reaches which address, and what the list holds."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, reverse

from campaigns.models import (
    Action,
)
from campaigns.viewsets import ActionViewSet
from tests.campaigns.admin_browser import signed_in, url
from tests.campaigns.matrix import Role, make_world
from tests.campaigns.scene import (
    NOW,
    make_draft,
    make_endorsed,
    make_published,
    make_scene,
    make_submitted,
)
from tests.factories import EstablishmentFactory, make_site

pytestmark = pytest.mark.django_db

READING = {"list", "list_results"}
ALWAYS_CLOSED = {
    "add": (),
    "usage": ("pk",),
    "history": ("pk",),
    "history_results": ("pk",),
    "revisions_revert": ("pk", "revision"),
    "revisions_compare": ("pk", "first", "latest"),
    "revisions_unschedule": ("pk", "revision"),
    "unpublish": ("pk",),
    "lock": ("pk",),
    "unlock": ("pk",),
    "workflow_action": ("pk", "approve", "task_state"),
    "collect_workflow_action_data": ("pk", "approve", "task_state"),
    "confirm_workflow_cancellation": ("pk",),
    "workflow_history": ("pk",),
    "workflow_history_detail": ("pk", "workflow_state"),
}


def address(name: str, fiche: Action) -> str:
    values = {
        "pk": fiche.pk,
        "revision": fiche.latest_revision_id,
        "first": fiche.revisions.order_by("pk").first().pk,
        "latest": fiche.latest_revision_id,
        "approve": "approve",
        "task_state": fiche.current_workflow_task_state.pk,
        "workflow_state": fiche.current_workflow_state.pk,
    }
    return url(name, *[values[part] for part in ALWAYS_CLOSED[name]])


def test_every_address_of_the_viewset_is_spoken_for() -> None:
    names = {pattern.name for pattern in ActionViewSet().get_urlpatterns()}

    assert names == READING | {"edit", "delete"} | ALWAYS_CLOSED.keys()


@pytest.mark.parametrize("name", ALWAYS_CLOSED)
def test_what_would_act_beside_the_review_is_closed_to_everybody(name) -> None:
    world = make_world()
    fiche = make_submitted(world.scene)
    before = fiche.status

    for role in Role:
        client = world.client(role)
        for response in (client.get(address(name, fiche)), client.post(address(name, fiche))):
            assert response.status_code in (302, 403), role
            if response.status_code == 302:
                assert role in (
                    Role.ANONYMOUS,
                    Role.OWN_ESTABLISHMENT,
                    Role.OTHER_ESTABLISHMENT,
                ) or response.url == reverse("wagtailadmin_home"), role

    assert Action.objects.get(pk=fiche.pk).status == before


def statuses(address: str, world: Any) -> dict[Role, int]:
    return {role: world.client(role).get(address).status_code for role in Role}


def test_only_the_academies_editors_and_administrators_open_the_form() -> None:
    world = make_world()
    fiche = make_submitted(world.scene)

    found = statuses(url("edit", fiche.pk), world)

    assert {role for role, status in found.items() if status == 200} == {
        Role.OWN_EDITOR,
        Role.ADMINISTRATOR,
    }


def test_only_administrators_may_delete() -> None:
    world = make_world()
    fiche = make_submitted(world.scene)
    address = url("delete", fiche.pk)

    found = statuses(address, world)
    for role in set(Role) - {Role.ADMINISTRATOR}:
        world.client(role).post(address)
    bulk = reverse("wagtail_bulk_action", args=["campaigns", "action", "delete"])
    for role in set(Role) - {Role.ADMINISTRATOR}:
        world.client(role).post(f"{bulk}?id={fiche.pk}")

    assert {role for role, status in found.items() if status == 200} == {Role.ADMINISTRATOR}
    assert Action.objects.filter(pk=fiche.pk).exists()


def test_nobody_chooses_among_all_fiches() -> None:
    with pytest.raises(NoReverseMatch):
        reverse("wagtailsnippetchoosers_campaigns_action:choose")


def test_the_list_is_for_reviewers_and_observers() -> None:
    found = statuses(url("list"), make_world())

    assert {role for role, status in found.items() if status == 200} == {
        Role.LEAD,
        Role.OTHER_LEAD,
        Role.OBSERVER,
        Role.OWN_EDITOR,
        Role.OTHER_EDITOR,
        Role.ADMINISTRATOR,
    }


def test_the_list_leaves_out_what_is_merely_public_elsewhere() -> None:
    scene = make_scene()
    other = make_scene(make_site("amiens", "amiens.localhost", is_default=False))
    make_published(other, title="Publiée ailleurs")

    for user in (scene.editor, scene.lead):
        assert "Publiée ailleurs" not in signed_in(user).get(url("list")).content.decode()


def test_the_list_is_narrowed_by_each_filter_and_by_words() -> None:
    scene = make_scene()
    make_submitted(scene, title="À viser")
    make_endorsed(scene, title="À publier")
    client = signed_in(scene.editor)

    def found(query: str) -> set[str]:
        page = client.get(f"{url('list_results')}?{query}").content.decode()
        return {title for title in ("À viser", "À publier") if title in page}

    both = {"À viser", "À publier"}
    assert found("status=academy_review") == {"À publier"}
    assert found(f"campaign={scene.edition.pk}") == both
    assert (
        found(f"network={scene.network.pk}&department={scene.establishment.department_id}") == both
    )
    assert found("kind=lycee_gt") == set()
    assert found("q=viser") == {"À viser"}
    assert found(f"q={scene.establishment.uai}") == both
    assert found("status=abc&campaign=abc&network=-1&p=99") <= both


def test_the_filters_offer_only_what_the_reader_has_a_role_in() -> None:
    scene = make_scene()
    other = make_scene(make_site("amiens", "amiens.localhost", is_default=False))

    page = signed_in(scene.editor).get(url("list")).content.decode()

    assert scene.network.name in page
    assert other.network.name not in page


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_asks_a_constant_number_of_queries(count) -> None:
    scene = make_scene()
    Action.objects.bulk_create(
        [
            Action(
                campaign=scene.edition,
                establishment=EstablishmentFactory(
                    academy=scene.academy,
                    network=scene.network,
                    department=scene.establishment.department,
                ),
                title=f"Action {number}",
                status="academy_review",
                submitted_at=NOW,
                status_changed_at=NOW,
                live=False,
            )
            for number in range(count)
        ]
    )
    client = signed_in(scene.editor)
    client.get(url("list"))

    with CaptureQueriesContext(
        connection,
    ) as queries:
        page = client.get(url("list")).content.decode()

    assert len(re.findall(r'href="/admin/fiches/[0-9]+/"', page)) == count
    assert len(queries) <= 40, len(queries)


def test_a_draft_has_no_form_in_the_admin() -> None:
    world = make_world()
    draft = make_draft(world.scene)

    found = statuses(url("edit", draft.pk), world)

    assert 200 not in found.values()
