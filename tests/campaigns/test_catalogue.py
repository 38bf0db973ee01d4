"""The public catalogue: what it lists, and what it never does."""

from __future__ import annotations

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from campaigns import catalogue_stamp, review
from campaigns.addresses import public_addresses
from campaigns.models import Action, ActionIndexPage, ActionType, Theme
from tests.campaigns.scene import (
    NOW,
    make_draft,
    make_endorsed,
    make_published,
    make_returned,
    make_scene,
    make_submitted,
)
from tests.factories import make_edition, make_site

pytestmark = pytest.mark.django_db

QUERIES = 14
"""Of the page with words, a slip in one of them, facets and a page number."""


def address_of(scene) -> str:
    return f"/{scene.edition.slug}/actions/"


def publish_many(scene, number: int) -> None:
    """Public fiches, written straight into the table."""
    themes = list(Theme.objects.all()[:3])
    types = list(ActionType.objects.all()[:2])
    for index in range(number):
        action = Action.objects.create(
            campaign=scene.edition,
            establishment=scene.establishment,
            title=f"Action {index}",
            live=True,
            status="published",
            first_published_at=NOW,
        )
        action.themes.set(themes)
        action.action_types.set(types)
        action.save()
    catalogue_stamp.rebuild([scene.edition.pk])


def test_a_published_fiche_is_listed_with_what_a_reader_chooses_by(client, scene) -> None:
    action = make_published(
        scene,
        summary="Un petit déjeuner par semaine.",
        themes=[Theme.objects.get(code="commitment", academy=None)],
        action_types=[ActionType.objects.get(code="workshop", academy=None)],
    )

    page = client.get(address_of(scene)).content.decode()

    for shown in (
        action.title,
        "Un petit déjeuner par semaine.",
        scene.establishment.name,
        "Rouen",
        "Engagement",
        "Atelier",
        f"{address_of(scene)}{action.pk}-petits-dejeuners-de-la-perseverance/",
    ):
        assert shown in page


@pytest.mark.parametrize("make", [make_draft, make_submitted, make_endorsed, make_returned])
def test_what_is_not_published_is_not_listed(client, scene, make) -> None:
    action = make(scene)

    response = client.get(address_of(scene))

    assert action.title not in response.content.decode()
    assert list(response.context["page_obj"]) == []


def test_a_withdrawn_fiche_is_no_longer_listed(client, scene) -> None:
    action = make_published(scene)
    review.withdraw(action, by=scene.editor, comment="À revoir.")

    assert action.title not in client.get(address_of(scene)).content.decode()


def test_the_newest_comes_first(client, scene) -> None:
    with time_machine.travel(NOW, tick=True):
        first, second = make_published(scene), make_published(scene)

    assert list(client.get(address_of(scene)).context["page_obj"]) == [second, first]


def test_a_fiche_is_listed_under_its_own_edition_only(client, scene) -> None:
    action = make_published(scene)
    other = make_edition(scene.academy)
    amiens = make_scene(make_site("amiens", "amiens.localhost", is_default=False))

    assert action.title not in client.get(f"/{other.slug}/actions/").content.decode()
    elsewhere = client.get(f"/{amiens.edition.slug}/actions/", headers={"host": "amiens.localhost"})
    assert elsewhere.status_code == 200
    assert action.title not in elsewhere.content.decode()


def test_a_list_longer_than_a_page_is_cut(client, scene) -> None:
    publish_many(scene, 13)

    response = client.get(address_of(scene), {"page": "2"})

    assert len(response.context["page_obj"]) == 1
    assert 'aria-current="page"' in response.content.decode()


@pytest.mark.parametrize(
    "query",
    [
        "page=abc",
        "page=-1",
        "page=0",
        "page=" + "9" * 40,
        "page=%00",
        "page=2&page=x",
        "page[]=1",
        "q=%ff",
    ],
)
def test_no_query_string_breaks_the_list(client, scene, query) -> None:
    make_published(scene)

    assert client.get(f"{address_of(scene)}?{query}").status_code == 200


def test_an_empty_list_invites_while_the_call_is_open_only(client, scene) -> None:
    with time_machine.travel(NOW, tick=False):
        during = client.get(address_of(scene)).context
    later = client.get(address_of(scene)).context

    assert (during["is_to_come"], during["accepts_submissions"]) == (True, True)
    assert (later["is_to_come"], later["accepts_submissions"]) == (False, False)


@pytest.mark.parametrize("query", ["", "?q=action+rouan&page=2"])
def test_the_list_costs_the_same_however_long(client, scene, query) -> None:
    if query:
        query += f"&theme={Theme.objects.all()[0].code}"
    client.get("/")
    counts = []
    for number in (1, 29):
        publish_many(scene, number)
        cold, warm = (queries_of(client, f"{address_of(scene)}{query}") for _ in range(2))
        for seen in (cold, warm):
            assert len(seen) <= QUERIES, "\n".join(one["sql"][:200] for one in seen)
        counts.append((len(cold), len(warm)))

    assert counts[0] == counts[1]


def queries_of(client, address: str) -> list[dict[str, str]]:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return queries.captured_queries


def test_the_sitemap_holds_each_published_fiche(client, scene) -> None:
    public, draft = make_published(scene), make_draft(scene, title="Brouillon")

    sitemap = client.get("/sitemap.xml").content.decode()

    assert f"http://localhost{address_of(scene)}{public.pk}-{public.slug}/" in sitemap
    assert f"/{draft.pk}-" not in sitemap


def test_a_fiche_without_a_public_catalogue_has_no_address(scene) -> None:
    action = make_published(scene)
    assert public_addresses([action]) == {
        action.pk: f"{address_of(scene)}{action.pk}-{action.slug}/"
    }

    ActionIndexPage.objects.update(live=False)

    assert public_addresses([action]) == {}
    assert public_addresses([]) == {}


def test_the_sites_search_lists_the_fiches(client, scene) -> None:
    action = make_published(scene)

    page = client.get("/recherche/", {"q": "déjeuners"}).content.decode()

    assert f"{address_of(scene)}{action.pk}-{action.slug}/" in page


def test_the_fiches_found_are_those_of_the_site_that_is_searched(client, scene) -> None:
    action = make_published(scene)
    make_site("amiens", "amiens.localhost", is_default=False)

    response = client.get("/recherche/", {"q": "déjeuners"}, headers={"host": "amiens.localhost"})

    assert action.title not in response.content.decode()
