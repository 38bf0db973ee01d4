"""What is near to a fiche: the arithmetic on bits, then the page."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.criteria import Facet
from campaigns.facet_index import Entry, build
from campaigns.models import ActionType, Theme
from campaigns.related import Sums, related_to
from tests.campaigns.scene import make_draft, make_published, make_submitted
from tests.factories import EstablishmentFactory, sign_up


def entry(pk: int, establishment: int, **keys: list[str]) -> Entry:
    return Entry(pk, {Facet[name.upper()]: held for name, held in keys.items()}, establishment)


@given(st.lists(st.tuples(st.integers(0, 2**20), st.sampled_from([1, 2, 4])), max_size=8))
def test_sums_are_those_of_plain_arithmetic(added: list[tuple[int, int]]) -> None:
    sums = Sums()
    for bits, weight in added:
        sums.add(bits, weight)
    expected = {
        position: sum(weight for bits, weight in added if bits >> position & 1)
        for position in range(21)
    }

    assert list(sums.highest_first(2**21 - 1)) == sorted(
        (position for position in expected if expected[position]),
        key=lambda position: (-expected[position], position),
    )


def test_the_same_themes_come_before_the_same_town_and_another_school_is_shown_once() -> None:
    index = build(
        [
            entry(1, 10, theme=["a", "b"], type=["x"], basin=["1"]),
            entry(2, 10, theme=["a", "b"], type=["x"], basin=["1"]),
            entry(3, 11, theme=["a"], basin=["1"]),
            entry(4, 12, theme=["a", "b"], basin=["2"]),
            entry(5, 12, theme=["a", "b"]),
            entry(6, 13, basin=["1"]),
            entry(7, 14, type=["x"]),
        ]
    )

    assert related_to(index, 1, within=index.everything, most=9) == [4, 3, 7]
    assert related_to(index, 1, within=index.everything, most=1) == [4]
    assert related_to(index, 1, within=index.of_ids([7]), most=9) == [7]
    assert related_to(index, 99, within=index.everything) == []


@pytest.mark.django_db
def test_a_fiche_leads_to_public_fiches_of_other_schools_only(client, scene) -> None:
    alike = {
        "themes": [Theme.objects.get(code="commitment", academy=None)],
        "action_types": [ActionType.objects.get(code="workshop", academy=None)],
    }
    action = make_published(scene, title="Ici", **alike)
    make_published(scene, title="La même école", **alike)
    scene.establishment = EstablishmentFactory(academy=scene.academy, network=scene.network)
    scene.account = sign_up(scene.establishment)
    other = make_published(scene, title="Ailleurs", **alike)
    scene.establishment = EstablishmentFactory(academy=scene.academy, network=scene.network)
    scene.account = sign_up(scene.establishment)
    make_draft(scene, title="Un brouillon", **alike)
    make_submitted(scene, title="Une fiche relue", **alike)

    response = client.get(f"/{scene.edition.slug}/actions/{action.pk}-{action.slug}/")

    assert response.context["related"] == [other]
    assert "À lire aussi" in response.content.decode()
