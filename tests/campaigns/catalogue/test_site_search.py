"""The fiches in the search of the whole site."""

from __future__ import annotations

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from campaigns import catalogue_stamp
from campaigns.models import Action, CampaignPage
from tests.campaigns.scene import (
    NOW,
    make_draft,
    make_endorsed,
    make_published,
    make_returned,
    make_submitted,
)
from tests.factories import make_edition, make_site

pytestmark = pytest.mark.django_db


def section_of(client, query: str, host: str = "localhost"):
    response = client.get("/recherche/", {"q": query}, headers={"host": host})
    sections = response.context["sections"]
    return sections[0] if sections else None


def found(client, query: str, host: str = "localhost") -> list[str]:
    section = section_of(client, query, host)
    return [one.title for one in section.found] if section else []


def add_fiches(scene, edition, number: int) -> None:
    Action.objects.bulk_create(
        Action(
            campaign=edition,
            establishment=scene.establishment,
            title=f"Randonnée {rank}",
            live=True,
            first_published_at=NOW,
        )
        for rank in range(number)
    )
    catalogue_stamp.rebuild([edition.pk])


def test_every_word_must_be_found_whatever_its_form(client, scene) -> None:
    make_published(scene, title="La radio des lycéens")

    assert found(client, "radios lyceen") == ["La radio des lycéens"]
    assert found(client, "radio Rouen") == ["La radio des lycéens"]
    assert found(client, "radio Dieppe") == []


def test_a_fiche_whose_title_holds_the_words_comes_first(client, scene) -> None:
    make_published(scene, title="Le tutorat")
    make_published(scene, title="L’accueil", course="Un tutorat commence.")

    assert found(client, "tutorat") == ["Le tutorat", "L’accueil"]


@pytest.mark.parametrize("make", [make_draft, make_submitted, make_endorsed, make_returned])
def test_what_is_not_public_is_not_found(client, scene, make) -> None:
    make(scene, title="La radio")

    assert found(client, "radio") == []


def test_fiches_stay_in_their_academy(client, scene) -> None:
    make_published(scene, title="La radio")
    make_site("amiens", "amiens.localhost", is_default=False)

    assert found(client, "radio", "amiens.localhost") == []


def test_many_fiches_lead_to_the_catalogue_of_the_edition_to_show_first(client, scene) -> None:
    add_fiches(scene, scene.edition, 7)

    with time_machine.travel(NOW):
        section = section_of(client, "randonnées")

    assert (section.total, len(section.found)) == (7, 5)
    assert section.more_url == f"/{scene.edition.slug}/actions/?q=randonn%C3%A9es"
    assert client.get(section.more_url).context["catalogue"].total == 7


def test_the_edition_to_show_first_comes_before_the_others(client, scene) -> None:
    newer = make_edition(scene.academy, call_closes_at=NOW.replace(year=2024))
    add_fiches(scene, newer, 3)
    make_published(scene, title="Une randonnée plus ancienne")

    titles = found(client, "randonnée")

    assert titles[3:] == ["Une randonnée plus ancienne"]
    assert section_of(client, "randonnée").more_url == ""


def test_a_private_edition_tells_neither_fiches_nor_how_many(client, scene) -> None:
    add_fiches(scene, scene.edition, 7)
    PageViewRestriction.objects.create(
        page=scene.edition.get_parent(), restriction_type="password", password="secret"
    )

    assert section_of(client, "randonnée") is None


@pytest.mark.parametrize("number", [1, 30])
def test_a_search_of_the_site_costs_at_most_fifteen_queries(client, scene, number) -> None:
    """The dearest one: a word near a name's that no text of the edition to show holds."""
    with time_machine.travel(NOW, tick=False):
        later = make_edition(scene.academy, slug="2022")
        CampaignPage.objects.filter(pk=later.pk).update(call_opens_at=NOW.replace(month=3))
        add_fiches(scene, later, number)
        make_published(scene)
        client.get("/recherche/", {"q": "randonnée rouan"})

        with CaptureQueriesContext(connection) as queries:
            response = client.get("/recherche/", {"q": "randonnée rouan"})

    assert response.status_code == 200
    assert len(queries) <= 15, "\n".join(query["sql"][:200] for query in queries)


def test_fiches_of_a_catalogue_that_is_not_open_are_not_found(client, scene) -> None:
    make_published(scene, title="La radio")
    catalogue = scene.edition.get_children().get(slug="actions").specific
    assert found(client, "radio") == ["La radio"]

    catalogue.unpublish()

    assert found(client, "radio") == []
