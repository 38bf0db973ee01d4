"""The catalogue kept in step with one change after another is the catalogue read anew."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from campaigns import agenda_slots, catalogue_index, catalogue_stamp, featuring, merging, review
from campaigns.agenda_slots import pages_of, slots_selected
from campaigns.catalogue_index import Catalogue, catalogue_of
from campaigns.criteria import Criteria, Facet
from campaigns.models import Action, CampaignPage, CatalogueStamp, Theme
from campaigns.models.catalogue_rows import MOST_TOLD, changed_since
from campaigns.selection import Selection
from campaigns.slots import Slot
from establishments.models import Establishment
from tests.campaigns.agenda.dated import publish_many, session
from tests.campaigns.scene import NOW, make_endorsed, make_published
from tests.factories import EstablishmentFactory, NetworkFactory

pytestmark = pytest.mark.django_db


def theme(code: str) -> Theme:
    return Theme.objects.get(code=code, academy=None)


def edition_of(scene) -> CampaignPage:
    return CampaignPage.objects.get(pk=scene.edition.pk)


def anew(scene) -> Catalogue:
    catalogue_index._kept.clear()
    return catalogue_of(edition_of(scene))


def slots_of(scene) -> list[Slot]:
    edition = edition_of(scene)
    return slots_selected(Selection(edition, Criteria(), NOW), pages_of(edition))


def publish(scene) -> None:
    make_published(scene, title="Nouvelle", themes=[theme("attendance")])


def change(scene) -> None:
    action = make_published(scene)
    catalogue_of(edition_of(scene))
    Action.objects.filter(pk=action.pk).update(ready_to_reuse=True, moment="week")
    catalogue_stamp.follow([action.pk])


def withdraw(scene) -> None:
    action = Action.objects.filter(live=True).latest("pk")
    review.withdraw(action, by=scene.editor, comment="Doublon.")


def merge(scene) -> None:
    first, second = Action.objects.filter(live=True).order_by("pk")[:2]
    merging.merge(second, into=first, by=scene.editor, now=NOW)


def rename_the_school(scene) -> None:
    scene.establishment.name, scene.establishment.commune = "Lycée Flaubert", "Dieppe"
    scene.establishment.save()


def move_the_school(scene) -> None:
    scene.establishment.network = NetworkFactory(academy=scene.academy, name="Autre réseau")
    scene.establishment.latitude, scene.establishment.longitude = 49.9, 1.07
    scene.establishment.save()


def reword_a_theme(scene) -> None:
    row = theme("commitment")
    row.label, row.order = "Engagement des élèves", 99
    row.save()


def feature(scene) -> None:
    featuring.feature(Action.objects.filter(live=True).latest("pk"), by=scene.editor, now=NOW)


def add_sessions(scene) -> None:
    make_published(scene, sessions=[session(4, "14:00", openness="public"), session(5)])


def delete(scene) -> None:
    Action.objects.filter(pk=Action.objects.filter(live=True).latest("pk").pk).delete()


def move_the_week(scene) -> None:
    edition = edition_of(scene)
    edition.week_last_day += timedelta(days=1)
    edition.save_revision().publish()


def change_very_many(scene) -> None:
    publish_many(scene, MOST_TOLD + 1)


CHANGES = [
    publish,
    change,
    withdraw,
    merge,
    rename_the_school,
    move_the_school,
    reword_a_theme,
    feature,
    add_sessions,
    delete,
    move_the_week,
    change_very_many,
]


@pytest.fixture
def held(scene):
    """Three public fiches of two schools, known to this process."""
    make_published(scene, themes=[theme("commitment")], sessions=[session(3)])
    make_published(scene, themes=[theme("motivation"), theme("commitment")])
    make_published(scene, title="Une autre")
    other = EstablishmentFactory(academy=scene.academy, commune="Le Havre")
    Action.objects.filter(title="Une autre").update(establishment=other)
    catalogue_stamp.rebuild()
    catalogue_of(edition_of(scene))
    slots_of(scene)
    return scene


@pytest.mark.parametrize("act", CHANGES)
def test_after_each_kind_of_change(held, act) -> None:
    act(held)

    in_step = catalogue_of(edition_of(held))

    slots = slots_of(held)
    assert in_step == anew(held)
    agenda_slots._kept.clear()
    assert sorted(slots, key=repr) == sorted(slots_of(held), key=repr)
    assert list(in_step.labels[Facet.THEME]) == list(anew(held).labels[Facet.THEME])


def test_after_all_of_them(held) -> None:
    moving = [change_very_many, move_the_school]  # the school that moves changes its lead
    for act in [*(one for one in CHANGES if one not in moving), publish, move_the_school]:
        act(held)
        in_step = catalogue_of(edition_of(held))

    assert in_step == anew(held)


def test_after_several_changes_of_which_nobody_read(held) -> None:
    for act in (publish, feature, withdraw, rename_the_school, add_sessions):
        act(held)

    assert catalogue_of(edition_of(held)) == anew(held)


def test_one_fiche_that_changes_is_read_alone(held, monkeypatch) -> None:
    read, asked = catalogue_index.read, []
    monkeypatch.setattr(
        catalogue_index, "read", lambda edition, *some: asked.append(some) or read(edition, *some)
    )
    action = make_endorsed(held)
    review.publish(action, by=held.editor)

    catalogue_of(edition_of(held))

    assert asked == [({action.pk},)]


@pytest.mark.parametrize("number", [1, 30])
def test_a_change_costs_the_same_however_many_fiches(held, number) -> None:
    publish_many(held, number)
    catalogue_of(edition_of(held))
    publish(held)
    edition = edition_of(held)

    with CaptureQueriesContext(connection) as queries:
        catalogue_of(edition)

    assert len(queries) == 4, [query["sql"] for query in queries]


def test_what_is_rolled_back_leaves_nothing(held) -> None:
    before = catalogue_of(edition_of(held))

    with transaction.atomic():
        withdraw(held)
        catalogue_of(edition_of(held))
        transaction.set_rollback(True)

    assert catalogue_of(edition_of(held)) == before == anew(held)


def test_a_school_of_very_many_fiches_is_read_with_all_the_others(held) -> None:
    publish_many(held, MOST_TOLD + 1)
    before = catalogue_of(edition_of(held))
    rename_the_school(held)

    recent = CatalogueStamp.objects.get(campaign=held.edition).recent

    assert changed_since(recent, before.stamp) is None
    assert catalogue_of(edition_of(held)) == anew(held)
    assert Establishment.objects.filter(name="Lycée Flaubert").exists()


def test_the_way_from_a_state_is_told_only_while_it_is_known() -> None:
    recent = [(3, [30]), (2, [20, 21]), (1, [10])]

    assert changed_since(recent, 3) == {30}
    assert changed_since(recent, 2) == {20, 21, 30}
    assert changed_since(recent, 4) is None
    assert changed_since([(2, list(range(MOST_TOLD))), (1, [-1])], 1) is None
