"""Fiches in Wagtail's admin: who reaches which address, and what the form keeps."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, reverse
from modelcluster.models import get_all_child_m2m_relations, get_all_child_relations
from wagtail.admin.menu import admin_menu
from wagtail.admin.panels import InlinePanel
from wagtail.models import ModelLogEntry
from wagtail.test.utils.form_data import querydict_from_html

from campaigns import drafts, submission
from campaigns.admin.action_form import ACTION_PANELS
from campaigns.models import (
    Action,
    ActionIndicator,
    ActionMedia,
    ActionPartner,
    ActionSession,
    AssociatedEstablishment,
    Audience,
)
from campaigns.viewsets import ActionViewSet
from tests.campaigns.matrix import Role, make_world
from tests.campaigns.scene import (
    NOW,
    Scene,
    make_draft,
    make_endorsed,
    make_published,
    make_returned,
    make_scene,
    make_submitted,
    write,
)
from tests.factories import EstablishmentFactory, make_site

pytestmark = pytest.mark.django_db

NAMESPACE = "wagtailsnippets_campaigns_action"


def url(name: str, *args: Any) -> str:
    return reverse(f"{NAMESPACE}:{name}", args=args)


def signed_in(user: Any) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def form_data(client: Client, address: str) -> dict[str, Any]:
    """What the browser would send back of the form at `address`, untouched."""
    response = client.get(address)
    assert response.status_code == 200
    soup = BeautifulSoup(response.content, "html.parser")
    for template in soup.find_all("template"):
        template.decompose()
    form = soup.find("form", id="w-editor-form")
    sent = querydict_from_html(str(form))
    return {name: sent.getlist(name) for name in sent if sent.getlist(name) != [""]}


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

    assert page.count("/admin/fiches/") == count
    assert len(queries) <= 40, len(queries)


def full(scene: Scene) -> dict[str, Any]:
    """Something in every child relation."""
    return {
        "sessions": [ActionSession(date="2023-04-03", place="Foyer")],
        "indicators": [ActionIndicator(label="Présents", target="30")],
        "partners": [ActionPartner(name="CIO")],
        "associated": [
            AssociatedEstablishment(establishment=EstablishmentFactory(academy=scene.academy))
        ],
        "media": [
            ActionMedia(
                kind="document",
                file=ContentFile(b"%PDF-1.7", name="programme.pdf"),
                is_authorised=True,
            )
        ],
    }


def rows_of(action: Action) -> dict[str, list[str]]:
    found = {
        relation.get_accessor_name(): [
            str(row) for row in getattr(action, relation.get_accessor_name()).all()
        ]
        for relation in get_all_child_relations(Action)
    }
    for field in get_all_child_m2m_relations(Action):
        found[field.name] = [str(term) for term in getattr(action, field.name).all()]
    return found


def test_every_child_relation_stands_in_the_form() -> None:
    """Wagtail deletes the rows that the form leaves out (wagtail issue 14615)."""
    panels = [panel for tab in ACTION_PANELS.children for panel in tab.children]

    inline = {panel.relation_name for panel in panels if isinstance(panel, InlinePanel)}

    assert inline == {relation.get_accessor_name() for relation in get_all_child_relations(Action)}


@pytest.mark.parametrize("make", [make_submitted, make_published])
def test_saving_the_form_untouched_keeps_every_row_and_term(make) -> None:
    scene = make_scene()
    action = make(scene, **full(scene))
    before = rows_of(drafts.latest_version(action))
    assert all(before[name] for name in full(scene))
    client = signed_in(scene.editor)

    response = client.post(url("edit", action.pk), form_data(client, url("edit", action.pk)))

    assert response.status_code == 302, response.context["form"].errors
    assert rows_of(drafts.latest_version(action)) == before
    assert rows_of(Action.objects.get(pk=action.pk)) == before


def test_an_editor_corrects_a_fiche_under_review() -> None:
    scene = make_scene()
    action = make_endorsed(scene)
    client = signed_in(scene.editor)
    data = form_data(client, url("edit", action.pk)) | {"title": "Corrigée par le rectorat"}

    response = client.post(url("edit", action.pk), data)

    assert response.url == reverse("action_review", args=[action.pk])
    assert drafts.reviewed_version(action).title == "Corrigée par le rectorat"
    row = Action.objects.get(pk=action.pk)
    assert (row.status, row.live) == ("academy_review", False)
    assert (
        ModelLogEntry.objects.for_instance(action)
        .filter(action="campaigns.revise", user=scene.editor)
        .exists()
    )


def test_what_an_editor_corrects_of_a_published_fiche_is_public_at_once() -> None:
    scene = make_scene()
    action = make_published(scene)
    client = signed_in(scene.editor)
    data = form_data(client, url("edit", action.pk)) | {"title": "Corrigée par le rectorat"}

    client.post(url("edit", action.pk), data)

    row = Action.objects.get(pk=action.pk)
    assert (row.title, row.live, row.status) == ("Corrigée par le rectorat", True, "published")
    assert not row.has_unpublished_changes


def test_an_associated_establishment_is_named_by_its_uai() -> None:
    scene = make_scene()
    guest = EstablishmentFactory(academy=scene.academy)
    action = make_submitted(scene)
    client = signed_in(scene.editor)
    data = form_data(client, url("edit", action.pk)) | {
        "associated-TOTAL_FORMS": 1,
        "associated-0-establishment": f" {guest.uai.lower()} ",
        "associated-0-ORDER": 1,
    }

    refused = client.post(url("edit", action.pk), data | {"associated-0-establishment": "0000000X"})
    accepted = client.post(url("edit", action.pk), data)

    assert refused.status_code == 200
    assert b"0000000X" in refused.content
    assert accepted.status_code == 302
    assert Action.objects.get(pk=action.pk).associated.get().establishment == guest


def test_the_form_offers_the_academies_own_terms_and_no_other_academies() -> None:
    scene = make_scene()
    other = make_site("amiens", "amiens.localhost", is_default=False)
    Audience.objects.create(academy=scene.academy, code="ici", label="Terme d’ici")
    Audience.objects.create(academy=other, code="ailleurs", label="Terme d’ailleurs")

    page = signed_in(scene.editor).get(url("edit", make_submitted(scene).pk)).content.decode()

    assert "Terme d’ici" in page
    assert "Terme d’ailleurs" not in page


def changing(scene: Scene) -> Action:
    return write(scene, make_published(scene), title="Changée")


@pytest.mark.parametrize("make", [make_returned, changing])
def test_while_its_establishment_writes_an_editor_neither_reads_nor_overwrites(make) -> None:
    scene = make_scene()
    action = write(scene, make(scene), title="Secret de l’établissement")
    client = signed_in(scene.editor)

    opened = client.get(url("edit", action.pk))
    sent = client.post(url("edit", action.pk), {"title": "Écrasée"})

    assert opened.url == reverse("action_review", args=[action.pk])
    assert sent.url == reverse("wagtailadmin_home")
    assert drafts.latest_version(action).title == "Secret de l’établissement"
    assert "Secret" not in client.get(opened.url).content.decode()


def test_an_editor_does_not_overwrite_what_a_colleague_saved_meanwhile() -> None:
    scene = make_scene()
    action = make_endorsed(scene)
    client = signed_in(scene.editor)
    data = form_data(client, url("edit", action.pk))
    client.post(url("edit", action.pk), data | {"title": "Le premier"})

    response = client.post(url("edit", action.pk), data | {"title": "Le second"})

    assert response.status_code == 200
    assert drafts.latest_version(action).title == "Le premier"


@pytest.mark.parametrize(
    "button",
    ["action-publish", "action-submit", "action-cancel-workflow", "action-workflow-action"],
)
def test_the_form_saves_and_never_decides_whatever_button_is_sent(button) -> None:
    scene = make_scene()
    action = make_submitted(scene)
    client = signed_in(scene.editor)
    data = form_data(client, url("edit", action.pk))

    client.post(url("edit", action.pk), data | {button: "1", "workflow-action-name": "approve"})

    row = Action.objects.get(pk=action.pk)
    assert (row.status, row.live) == ("network_review", False)


def test_a_draft_has_no_form_in_the_admin() -> None:
    world = make_world()
    draft = make_draft(world.scene)

    found = statuses(url("edit", draft.pk), world)

    assert 200 not in found.values()


def dashboard(user: Any) -> str:
    return signed_in(user).get(reverse("wagtailadmin_home")).content.decode()


def test_the_dashboard_leads_each_reviewer_to_what_waits_for_them() -> None:
    scene = make_scene()
    to_endorse = make_submitted(scene, title="À viser")
    to_publish = make_endorsed(scene, title="À publier")

    lead, editor = dashboard(scene.lead), dashboard(scene.editor)

    assert reverse("action_review", args=[to_endorse.pk]) in lead
    assert reverse("action_review", args=[to_publish.pk]) not in lead
    assert reverse("action_review", args=[to_publish.pk]) in editor
    for page in (lead, editor):
        assert "/edit/" not in page


def test_the_dashboard_of_an_observer_has_no_review() -> None:
    world = make_world()
    make_submitted(world.scene, title="À viser")

    page = world.client(Role.OBSERVER).get(reverse("wagtailadmin_home")).content.decode()

    assert "fiches-awaiting" not in page
    assert "À viser" not in page


def test_the_admin_of_a_lead_holds_what_a_lead_can_use() -> None:
    scene = make_scene()

    response = signed_in(scene.lead).get(reverse("wagtailadmin_home"))

    request = response.wsgi_request
    items = admin_menu.menu_items_for_request(request)
    assert [item.name for item in items] == ["fiches-actions"]
    assert 'role="search"' not in response.content.decode()


def test_no_report_of_wagtails_tells_a_reviewer_of_a_draft() -> None:
    scene = make_scene()
    make_draft(scene, title="Secret de l’établissement")
    reports = ["site_history", "workflow", "workflow_tasks", "locked_pages", "aging_pages"]

    for user in (scene.lead, scene.editor):
        client = signed_in(user)
        for report in reports:
            response = client.get(reverse(f"wagtailadmin_reports:{report}"), follow=True)
            assert "Secret" not in response.content.decode(), report


def test_a_change_handed_in_waits_again_for_the_lead() -> None:
    scene = make_scene()
    action = submission.submit(changing(scene), by=scene.account, now=NOW)

    assert reverse("action_review", args=[action.pk]) in dashboard(scene.lead)
