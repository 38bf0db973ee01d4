"""Finding establishments as people write them."""

from __future__ import annotations

import pytest

from establishments.models import Establishment
from establishments.search import find_establishments
from tests.factories import AcademyFactory, EstablishmentFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def school() -> Establishment:
    EstablishmentFactory(name="Collège Les Fontenelles", commune="Louviers")
    return EstablishmentFactory(
        uai="0350122T", name="Lycée professionnel du Val-d’Arques", commune="Saint-Étienne-du-Cœur"
    )


@pytest.mark.parametrize(
    "query",
    [
        "arques",
        "ARQUES",
        "val d'arques",
        "lycee arques",
        "arques lycée",
        "saint etienne",
        "St Étienne",
        "st-etienne du coeur",
        "professionnel saint",
        "0350122T",
        "0350122t",
        "350122T",
        "0350122",
        "035",
    ],
)
def test_it_is_found_by_name_uai_and_commune(school: Establishment, query: str) -> None:
    assert list(find_establishments(query)) == [school]


@pytest.mark.parametrize(
    "query", ["", "   ", "!?", "rques", "arques louviers", "0350122A", "%", "_", "professionnelle"]
)
def test_what_it_is_not_called_does_not_find_it(school: Establishment, query: str) -> None:
    assert not find_establishments(query).filter(pk=school.pk).exists()


def test_an_academy_narrows_the_search(school: Establishment) -> None:
    assert list(find_establishments("arques", school.academy)) == [school]
    assert not find_establishments("arques", AcademyFactory()).exists()


def test_saving_one_field_keeps_the_words_in_step(school: Establishment) -> None:
    school.commune = "Évreux"
    school.save(update_fields=["commune"])

    assert list(find_establishments("evreux")) == [school]
    assert not find_establishments("etienne").exists()


def test_a_name_too_long_to_keep_whole_still_leaves_the_uai_first() -> None:
    school = EstablishmentFactory(name="ﷺ " * 100)

    school.refresh_from_db()
    assert list(find_establishments(school.uai)) == [school]
    assert len(school.search_text) <= 320
