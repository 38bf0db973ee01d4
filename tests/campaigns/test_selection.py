"""The public fiches found by words and facets, the same on every database."""

from __future__ import annotations

import pytest
from django.db import connection, transaction
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from campaigns import catalogue_stamp, review
from campaigns.catalogue import cards_of
from campaigns.criteria import Criteria, Facet
from campaigns.models import Action, Theme
from campaigns.selection import Selection
from tests.campaigns.scene import (
    NOW,
    Scene,
    make_draft,
    make_endorsed,
    make_published,
    make_scene,
    make_submitted,
)
from tests.factories import make_site

pytestmark = pytest.mark.django_db


def select(scene: Scene, query: str = "") -> Selection:
    return Selection(scene.edition, Criteria.read(QueryDict(query)), NOW)


def titles(scene: Scene, query: str = "") -> list[str]:
    selection = select(scene, query)
    fiches = selection.fiches(selection.ids, cards_of(scene.edition))
    assert selection.total == len(fiches)
    return [fiche.title for fiche in fiches]


@pytest.mark.parametrize("make", [make_draft, make_submitted, make_endorsed])
def test_what_is_not_public_is_never_found(scene, make) -> None:
    make(scene)

    assert titles(scene) == []
    assert titles(scene, "q=déjeuner") == []


@pytest.mark.parametrize(
    "query",
    ["déjeuners", "dejeuner", "PERSÉVÉRANCE", "petit confiance", "semaines", "Rouen déjeuner"],
)
def test_words_are_found_whatever_their_form_and_wherever_they_stand(scene, query) -> None:
    make_published(scene)

    assert titles(scene, f"q={query}") == ["Petits déjeuners de la persévérance"]


@pytest.mark.parametrize("query", ["escalade", "déjeuner escalade", "你好", "' OR 1=1 --"])
def test_every_word_must_be_found(scene, query) -> None:
    make_published(scene)

    assert titles(scene, f"q={query}") == []


def test_a_title_that_holds_the_words_comes_first(scene) -> None:
    make_published(scene, title="Le tutorat entre pairs")
    make_published(scene, title="Une journée d’accueil", course="Un tutorat commence.")

    assert titles(scene, "q=tutorat") == ["Le tutorat entre pairs", "Une journée d’accueil"]
    assert titles(scene) == ["Une journée d’accueil", "Le tutorat entre pairs"]


def test_a_slip_in_the_name_of_a_school_is_forgiven_and_told_but_not_one_in_a_text(scene) -> None:
    scene.establishment.name = "Collège Hawking"
    scene.establishment.save()
    make_published(scene, course="Un tutorat commence.")

    assert titles(scene, "q=hawkins") == ["Petits déjeuners de la persévérance"]
    assert [(one.typed, one.taken_for) for one in select(scene, "q=hawkins").guesses] == [
        ("hawkins", ("hawking",))
    ]
    assert titles(scene, "q=tutorab") == []


def test_facets_narrow_and_count(scene) -> None:
    commitment, motivation = (
        Theme.objects.get(code=code, academy=None) for code in ("commitment", "motivation")
    )
    make_published(scene, title="Une", themes=[commitment])
    make_published(scene, title="Deux", themes=[commitment, motivation], ready_to_reuse=True)

    assert titles(scene, "theme=motivation") == ["Deux"]
    assert titles(scene, "theme=motivation&theme=commitment") == ["Deux", "Une"]
    assert titles(scene, "theme=commitment&reutilisable=1") == ["Deux"]
    assert titles(scene, "theme=unknown") == []
    assert select(scene, "reutilisable=1").counts(Facet.THEME) == {
        "commitment": 1,
        "motivation": 1,
    }
    assert select(scene, "theme=motivation").counts(Facet.THEME) == {
        "commitment": 2,
        "motivation": 1,
    }
    assert select(scene, "theme=motivation").without(Facet.THEME) == 2


def test_a_withdrawn_fiche_is_found_no_more_and_its_words_are_forgotten(scene) -> None:
    action = make_published(scene)
    assert titles(scene, "q=déjeuner")

    review.withdraw(action, by=scene.editor, comment="À la demande du collège.")

    assert titles(scene) == []
    assert titles(scene, "q=déjeuner") == []
    action.refresh_from_db()
    assert not hasattr(action, "text")


def test_a_new_version_replaces_the_words_of_the_old_one(scene) -> None:
    action = make_published(scene)
    version = action.get_latest_revision_as_object()
    version.title = "Randonnée des lycéens"
    version.save_revision().publish()

    assert titles(scene, "q=randonnées") == ["Randonnée des lycéens"]
    assert titles(scene, "q=petits") == []


def test_renaming_a_school_or_an_entry_is_seen_at_once(scene) -> None:
    theme = Theme.objects.get(code="commitment", academy=None)
    make_published(scene, themes=[theme])
    assert select(scene).catalogue.labels[Facet.THEME] == {"commitment": theme.label}

    theme.label = "S’engager"
    theme.save()
    scene.establishment.name = "Lycée des Tilleuls"
    scene.establishment.save()

    assert select(scene).catalogue.labels[Facet.THEME] == {"commitment": "S’engager"}
    assert titles(scene, "q=tilleuls") != []


def test_another_edition_is_never_searched(scene) -> None:
    make_published(scene)
    other = make_scene(make_site("amiens", "amiens.localhost", is_default=False))

    assert titles(other, "q=déjeuner") == []
    assert titles(other) == []


def test_what_changed_in_a_transaction_rolled_back_is_not_kept(scene) -> None:
    make_published(scene)
    assert len(titles(scene)) == 1
    with transaction.atomic():
        make_published(scene, title="Jamais publiée")
        assert len(titles(scene)) == 2
        transaction.set_rollback(True)

    assert titles(scene) == ["Petits déjeuners de la persévérance"]
    assert titles(scene, "q=jamais") == []


@pytest.mark.parametrize("query", ["", "q=action numero", "theme=commitment&q=action"])
def test_the_queries_do_not_depend_on_the_number_of_fiches(scene, query) -> None:
    counted = []
    for number in (1, 30):
        publish_many(scene, number)
        with CaptureQueriesContext(connection) as first:
            len(select(scene, query).ids)
        with CaptureQueriesContext(connection) as again:
            len(select(scene, query).ids)
        counted.append((len(first), len(again)))

    assert counted[0] == counted[1]
    assert counted[0][1] <= 3


def publish_many(scene: Scene, number: int) -> None:
    theme = Theme.objects.get(code="commitment", academy=None)
    for index in range(number):
        action = Action.objects.create(
            campaign=scene.edition,
            establishment=scene.establishment,
            title=f"Action numéro {index}",
            live=True,
            status="published",
            first_published_at=NOW,
        )
        action.themes.add(theme)
        action.save()
    catalogue_stamp.rebuild([scene.edition.pk])
