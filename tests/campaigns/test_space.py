"""The space of an establishment: its fiches, where they stand, what it can do."""

from __future__ import annotations

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from campaigns import review
from campaigns.models import Action, AssociatedEstablishment
from tests.campaigns.scene import (
    LATE,
    NOW,
    make_draft,
    make_endorsed,
    make_published,
    make_returned,
    make_submitted,
    write,
)
from tests.campaigns.sheet import NEW
from tests.factories import EstablishmentFactory, UserFactory, make_edition, sign_up

pytestmark = pytest.mark.django_db

SPACE = "/espace/"
QUERIES = 15


@pytest.fixture(autouse=True)
def _call_open():
    with time_machine.travel(NOW, tick=False):
        yield


def page_of(action: Action) -> str:
    return f"/espace/fiches/{action.pk}/"


def discard_address(action: Action) -> str:
    return f"/espace/fiches/{action.pk}/supprimer/"


# The list


def test_the_space_greets_the_establishment_and_lets_it_out(school, scene) -> None:
    page = school.get(SPACE).content.decode()

    for shown in (
        scene.establishment.name,
        scene.establishment.uai,
        scene.network.name,
        "/espace/deconnexion/",
        "/espace/deconnexion/partout/",
        NEW,
    ):
        assert shown in page


def test_the_space_lists_every_fiche_of_the_establishment_whatever_its_status(
    school, scene
) -> None:
    fiches = [
        make(scene, title=f"Action {make.__name__}")
        for make in (make_draft, make_submitted, make_endorsed, make_returned, make_published)
    ]

    page = school.get(SPACE).content.decode()

    for action in fiches:
        assert action.title in page
        assert page_of(action) in page


def test_what_waits_for_the_establishment_comes_first(school, scene) -> None:
    returned = make_returned(scene)
    published = make_published(scene)
    draft = make_draft(scene)

    group = school.get(SPACE).context["editions"][0]

    assert [line["action"] for line in group["lines"]] == [draft, returned, published]


def test_the_reviewers_comment_shows_beside_a_fiche_to_correct(school, scene) -> None:
    action = make_returned(scene)

    page = school.get(SPACE).content.decode()

    assert "Précisez les dates." in page
    assert f'href="/espace/fiches/{action.pk}/modifier/"' in page


def test_only_the_latest_comment_counts(school, scene) -> None:
    action = make_returned(scene)
    action = write(scene, action, place="Préau")
    from campaigns.submission import submit

    action = submit(action, by=scene.account, now=NOW)
    review.request_changes(action, by=scene.editor, comment="Encore un effort.")

    page = school.get(SPACE).content.decode()

    assert "Encore un effort." in page
    assert "Précisez les dates." not in page


def test_a_published_fiche_leads_to_its_public_page(school, scene) -> None:
    action = make_published(scene)

    address = f"/{scene.edition.slug}/actions/{action.pk}-{action.slug}/"
    assert address in school.get(SPACE).content.decode()
    assert address in school.get(page_of(action)).content.decode()


def test_an_empty_space_says_how_to_begin(school) -> None:
    response = school.get(SPACE)

    assert response.context["editions"] == []
    assert NEW in response.content.decode()


def test_after_the_deadline_the_space_says_whom_to_ask(client, scene) -> None:
    scene.academy.contact_email = "draio@ac.example"
    scene.academy.save()
    with time_machine.travel(LATE, tick=False):
        client.force_login(scene.account)
        page = client.get(SPACE).content.decode()

    assert NEW not in page
    assert "draio@ac.example" in page


def test_fiches_are_grouped_by_edition(school, scene) -> None:
    old = make_edition(scene.academy, title="Semaine 2022")
    action = make_draft(scene)
    Action.objects.create(campaign=old, establishment=scene.establishment, title="Ancienne")

    groups = school.get(SPACE).context["editions"]

    assert {group["edition"].title: len(group["lines"]) for group in groups} == {
        "Semaine 2022": 1,
        action.campaign.title: 1,
    }


def test_a_fiche_that_the_establishment_takes_part_in_is_listed_once_handed_in(scene) -> None:
    partner = EstablishmentFactory(academy=scene.academy)
    rows = {"associated": [AssociatedEstablishment(establishment=partner)]}
    make_draft(scene, title="Brouillon", **rows)
    shared = make_submitted(scene, title="Déposée", **rows)
    client = Client()
    client.force_login(sign_up(partner))

    page = client.get(SPACE).content.decode()

    assert "Déposée" in page
    assert "Brouillon" not in page
    assert client.get(page_of(shared)).status_code == 200
    assert (
        f'href="/espace/fiches/{shared.pk}/modifier/"'
        not in client.get(page_of(shared)).content.decode()
    )


@pytest.mark.parametrize("number", [1, 30])
def test_the_space_costs_the_same_however_many_fiches(school, scene, number) -> None:
    for index in range(number):
        action = make_returned(scene) if index == 0 else None
        Action.objects.create(
            campaign=scene.edition,
            establishment=scene.establishment,
            title=f"Action {index}",
            live=bool(index % 2),
            status="published" if index % 2 else "draft",
        )
    assert action is None or number == 1
    school.get(SPACE)

    with CaptureQueriesContext(connection) as queries:
        assert school.get(SPACE).status_code == 200

    assert len(queries) <= QUERIES, "\n".join(query["sql"][:150] for query in queries)


# One fiche


def test_a_fiches_page_tells_its_history_its_comments_and_its_content(school, scene) -> None:
    action = make_returned(scene)

    response = school.get(page_of(action))

    page = response.content.decode()
    assert "Précisez les dates." in page
    assert "Redonner confiance." in page
    assert "camille@example.org" in page
    assert len(response.context["acts"]) == 4
    assert f'href="/espace/fiches/{action.pk}/modifier/"' in page


def test_a_fiches_page_shows_what_its_author_wrote_last(school, scene) -> None:
    action = make_published(scene)
    write(scene, action, objectives="Pas encore public.")

    assert "Pas encore public." in school.get(page_of(action)).content.decode()


def test_another_establishments_fiche_does_not_exist(scene) -> None:
    fiches = [make_draft(scene), make_submitted(scene), make_published(scene)]
    client = Client()
    client.force_login(sign_up(EstablishmentFactory(academy=scene.academy)))

    assert client.get(SPACE).context["editions"] == []
    for action in fiches:
        assert client.get(page_of(action)).status_code == 404
        assert client.get(discard_address(action)).status_code == 404
        assert client.post(discard_address(action)).status_code == 404


def test_the_space_is_for_establishments_only(client, scene) -> None:
    action = make_submitted(scene)
    addresses = [SPACE, page_of(action), discard_address(action)]
    for address in addresses:
        assert client.get(address).url.startswith("/espace/connexion/")
    for person in (scene.editor, scene.lead, UserFactory()):
        client.force_login(person)
        for address in addresses:
            assert client.get(address).status_code == 403


def test_the_space_is_never_kept_by_a_cache(school) -> None:
    assert "no-store" in school.get(SPACE)["Cache-Control"]


# Deleting a draft


def test_a_draft_is_deleted_once_confirmed(school, scene) -> None:
    action = make_draft(scene)
    assert discard_address(action) in school.get(page_of(action)).content.decode()
    assert action.title in school.get(discard_address(action)).content.decode()
    assert Action.objects.filter(pk=action.pk).exists()

    response = school.post(discard_address(action), follow=True)

    assert not Action.objects.exists()
    assert response.redirect_chain == [(SPACE, 302)]
    assert action.title in response.content.decode()


@pytest.mark.parametrize("make", [make_submitted, make_returned, make_published])
def test_a_fiche_that_reviewers_know_is_not_deleted(school, scene, make) -> None:
    action = make(scene)

    assert discard_address(action) not in school.get(page_of(action)).content.decode()
    assert school.get(discard_address(action)).url == page_of(action)
    assert school.post(discard_address(action)).url == page_of(action)
    assert Action.objects.filter(pk=action.pk).exists()
