"""The page of the catalogue: what narrows it, what it says, what it never breaks on."""

from __future__ import annotations

import re
from html import unescape

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from campaigns import catalogue_stamp
from campaigns.criteria import Facet
from campaigns.models import Action, Theme
from tests.campaigns.scene import NOW, make_draft, make_endorsed, make_published

pytestmark = pytest.mark.django_db


def address_of(scene) -> str:
    return f"/{scene.edition.slug}/actions/"


def theme(code: str) -> Theme:
    return Theme.objects.get(code=code, academy=None)


def read(client, scene, query: str = ""):
    return client.get(f"{address_of(scene)}{query}")


def text_of(response) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def titles(response) -> list[str]:
    return [fiche.title for fiche in response.context["page_obj"]]


def test_words_and_facets_narrow_the_list_and_say_how_many_are_left(client, scene) -> None:
    make_published(scene, title="La radio", themes=[theme("commitment")])
    make_published(scene, title="La chorale", themes=[theme("motivation")])

    response = read(client, scene, "?theme=motivation")

    assert titles(response) == ["La chorale"]
    assert "1 fiche sur 2" in text_of(response)
    assert titles(read(client, scene, "?q=radio")) == ["La radio"]


def test_a_facet_offers_links_with_counts_that_never_tell_of_what_is_not_public(
    client, scene
) -> None:
    make_published(scene, themes=[theme("commitment")])
    make_published(scene, themes=[theme("commitment"), theme("motivation")])
    make_draft(scene, themes=[theme("motivation"), theme("attendance")])
    make_endorsed(scene, themes=[theme("motivation")])

    page = text_of(read(client, scene))

    assert "Engagement (2)" in page
    assert "Motivation (1)" in page
    assert "Assiduité" not in page


def test_the_search_form_keeps_what_is_chosen(client, scene) -> None:
    make_published(scene, themes=[theme("commitment")])

    page = read(client, scene, "?q=radio&theme=commitment&vue=carte").content.decode()

    assert '<input type="hidden" name="theme" value="commitment">' in page
    assert '<input type="hidden" name="vue" value="carte">' in page
    assert 'value="radio"' in page


def test_a_slip_in_the_name_of_a_school_is_told(client, scene) -> None:
    scene.establishment.name = "Collège Hawking"
    scene.establishment.save()
    make_published(scene)

    response = read(client, scene, "?q=hawkins")

    assert "«\u202fhawking\u202f»" in response.content.decode()
    assert "«\u202fhawkins\u202f»" in response.content.decode()
    assert len(titles(response)) == 1


def test_a_word_that_a_text_holds_is_no_slip_of_a_town_nearby(client, scene) -> None:
    scene.establishment.commune = "Constance"
    scene.establishment.save()
    make_published(scene, title="Une", course="Rien.", objectives="Redonner confiance.")
    make_published(scene, title="Deux", course="Rien.", objectives="Rien.")

    response = read(client, scene, "?q=confiance")

    assert titles(response) == ["Une"]
    assert response.context["catalogue"].slips == []


def test_nothing_found_suggests_what_to_give_up_with_what_it_would_show(client, scene) -> None:
    make_published(scene, title="La radio", themes=[theme("commitment")])
    make_published(scene, title="La chorale", themes=[theme("motivation")])

    response = read(client, scene, "?q=radio&theme=motivation")
    page = text_of(response)

    assert titles(response) == []
    assert "Sans «\u202fThème – Motivation\u202f»\u00a0: 1 fiche".replace("\u202f", " ").replace(
        "\u00a0", " "
    ) in page.replace("\u202f", " ").replace("\u00a0", " ")
    assert [one.query for one in response.context["catalogue"].loosenings] == [
        "?q=radio",
        "?theme=motivation",
    ]
    assert "Voir les 2 fiches" in page


@pytest.mark.parametrize(
    ("query", "is_hidden"),
    [("", False), ("?page=2", False), ("?q=radio", True), ("?theme=x", True), ("?vue=carte", True)],
)
def test_search_engines_keep_to_the_whole_list(client, scene, query, is_hidden) -> None:
    make_published(scene)

    page = read(client, scene, query).content.decode()

    assert ('<meta name="robots" content="noindex">' in page) is is_hidden


def test_the_same_selection_has_one_canonical_address(client, scene) -> None:
    make_published(scene, themes=[theme("commitment")])
    wanted = f'href="http://localhost{address_of(scene)}?q=petits&amp;theme=commitment"'

    for query in ("?theme=commitment&q=petits", "?q=petits&x=1&theme=commitment&theme=commitment"):
        assert wanted in read(client, scene, query).content.decode()


def test_the_link_to_a_fiche_keeps_the_selection(client, scene) -> None:
    action = make_published(scene, themes=[theme("commitment")])

    page = read(client, scene, "?theme=commitment").content.decode()

    assert f'href="{address_of(scene)}{action.pk}-{action.slug}/?theme=commitment"' in page


def test_what_is_in_the_spotlight_comes_first_on_the_whole_list_only(client, scene) -> None:
    first = make_published(scene, title="La plus ancienne")
    make_published(scene, title="La plus récente")
    Action.objects.filter(pk=first.pk).update(featured_at=NOW)
    catalogue_stamp.touch([scene.edition.pk])

    whole = read(client, scene)

    assert titles(whole) == ["La plus ancienne", "La plus récente"]
    assert "À la une" in text_of(whole)
    edition = client.get(f"/{scene.edition.slug}/").context
    assert [fiche.title for fiche in edition["fiches"]] == titles(whole)
    assert titles(read(client, scene, "?q=petit")) == ["La plus récente", "La plus ancienne"]


def test_what_was_typed_never_becomes_markup(client, scene) -> None:
    make_published(scene)

    response = read(client, scene, "?q=%3Cscript%3Ealert(1)%3C/script%3E&theme=%3Cb%3E&jour=<i>")

    assert "<script>alert" not in response.content.decode()


def test_an_edition_behind_a_password_tells_nothing(client, scene) -> None:
    from wagtail.models import PageViewRestriction

    make_published(scene, title="La radio")
    PageViewRestriction.objects.create(
        page=scene.edition, restriction_type="password", password="secret"
    )

    for query in ("", "?q=radio", "?moment=year"):
        response = read(client, scene, query)
        assert response.status_code == 200
        assert "La radio" not in response.content.decode()
        assert "fiche sur" not in text_of(response)


NAMES = st.sampled_from([*(facet.value for facet in Facet), "q", "page", "vue", "x"])
VALUES = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        ["commitment", "1", "0", "-1", "9" * 40, "2023-04-03", "2023-02-31", "carte", "\x00", "²"]
    ),
)


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(pairs=st.lists(st.tuples(NAMES, VALUES), max_size=8))
def test_no_address_whatever_breaks_the_page(client, scene, pairs) -> None:
    if not Action.objects.exists():
        make_published(scene, themes=[theme("commitment")])

    data: dict[str, list[str]] = {}
    for name, value in pairs:
        data.setdefault(name, []).append(value)

    assert client.get(address_of(scene), data).status_code == 200


def test_thousands_of_keys_are_answered_like_a_few(client, scene) -> None:
    make_published(scene)
    keys = "&".join(f"theme=t{number}" for number in range(3_000))

    response = read(client, scene, f"?{keys}&q={'mot+' * 500}")

    assert response.status_code == 200
    assert len(response.content) < 200_000


def test_nothing_found_offers_no_file_and_no_way_to_the_results(client, scene) -> None:
    make_published(scene, title="La radio")

    full, none = read(client, scene), read(client, scene, "?q=escalade")

    assert "telechargements" in full.content.decode()
    assert "catalogue-filters__show" in full.content.decode()
    assert "telechargements" not in none.content.decode()
    assert "catalogue-filters__show" not in none.content.decode()
