"""Words that are those of a theme, a kind of establishment, a network: the way to their fiches."""

from __future__ import annotations

import pytest

from campaigns.models import ActionType, Theme
from tests.campaigns.catalogue.test_page import address_of, read, text_of, theme
from tests.campaigns.scene import make_draft, make_published, make_scene
from tests.factories import make_site

pytestmark = pytest.mark.django_db


def named(client, scene, query: str) -> list[tuple[str, int, str]]:
    response = read(client, scene, query)
    return [(one.label, one.count, one.query) for one in response.context["catalogue"].named]


@pytest.fixture
def motivation(scene) -> Theme:
    """A theme of two public fiches, which do not write its name, and of one that is not public."""
    found = theme("motivation")
    for make in (make_published, make_published, make_draft):
        make(scene, title="La chorale", themes=[found])
    return found


@pytest.mark.parametrize("typed", ["motivation", "MOTIVATIONS", "motivation+"])
def test_a_word_that_names_a_theme_leads_to_its_public_fiches(
    client, scene, motivation, typed
) -> None:
    assert named(client, scene, f"?q={typed}") == [("Motivation", 2, "?theme=motivation")]

    page = text_of(read(client, scene, f"?q={typed}"))

    assert "Votre recherche est aussi le nom d’une rubrique" in page
    assert "Thème – Motivation : 2 fiches" in page  # no-break spaces are spaces there


def test_every_word_must_be_in_the_name(client, scene, motivation) -> None:
    assert named(client, scene, "?q=motivation+chorale") == []
    assert named(client, scene, "") == []
    assert named(client, scene, "?q=%E6%97%A5") == []


def test_what_is_chosen_already_is_not_offered_and_other_choices_are_kept(
    client, scene, motivation
) -> None:
    make_published(scene, themes=[motivation], ready_to_reuse=True)

    assert named(client, scene, "?q=motivation&theme=motivation") == []
    kept = named(client, scene, "?q=motivation&reutilisable=1")
    assert kept == [("Motivation", 1, "?theme=motivation&reutilisable=1")]


def test_a_name_that_would_show_nothing_is_not_offered(client, scene, motivation) -> None:
    assert named(client, scene, "?q=assiduite") == []
    assert named(client, scene, "?q=motivation&niveau=cap") == []


def test_a_kind_of_action_and_a_kind_of_establishment_are_named_too(client, scene) -> None:
    kind = ActionType.objects.filter(academy=None, code="workshop").first()
    kind = kind or ActionType.objects.filter(academy=None)[0]
    make_published(scene, action_types=[kind])

    assert (kind.label, 1) in [one[:2] for one in named(client, scene, f"?q={kind.label}")]
    school = scene.establishment.get_kind_display()
    assert (school, 1) in [one[:2] for one in named(client, scene, f"?q={school}")]


def test_the_search_of_the_site_leads_to_them(client, scene, motivation) -> None:
    sections = client.get("/recherche/", {"q": "motivation"}).context["sections"]

    found = [(one.title, one.url) for section in sections for one in section.found]

    assert ("Thème\u00a0: Motivation", f"{address_of(scene)}?theme=motivation") in found


def test_the_search_of_another_site_does_not(client, scene, motivation) -> None:
    make_scene(make_site("amiens", "amiens.localhost", is_default=False))

    response = client.get("/recherche/", {"q": "motivation"}, headers={"host": "amiens.localhost"})

    assert [one for section in response.context["sections"] for one in section.found] == []
