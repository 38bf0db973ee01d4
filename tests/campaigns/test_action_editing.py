"""The editors' form of a fiche: what it keeps, what it publishes, when it is closed."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from modelcluster.models import get_all_child_m2m_relations, get_all_child_relations
from wagtail.admin.panels import InlinePanel
from wagtail.models import ModelLogEntry

from campaigns import drafts
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
from tests.campaigns.admin_browser import form_data, signed_in, url
from tests.campaigns.scene import (
    Scene,
    make_endorsed,
    make_published,
    make_returned,
    make_scene,
    make_submitted,
    write,
)
from tests.factories import EstablishmentFactory, make_site

pytestmark = pytest.mark.django_db


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
