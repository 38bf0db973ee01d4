"""The list of fiches: what waits for its reader, and what stands out."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest
import time_machine

from campaigns.models import Action, ActionMessage, ReviewLabel
from tests.campaigns.admin_browser import signed_in, url
from tests.campaigns.matrix import Role, make_world
from tests.campaigns.scene import (
    NOW,
    make_endorsed,
    make_published,
    make_returned,
    make_scene,
    make_submitted,
)
from tests.factories import make_site

pytestmark = pytest.mark.django_db


def listed(user: Any, query: str, *titles: str) -> set[str]:
    page = signed_in(user).get(f"{url('list_results')}?{query}").content.decode()
    return {title for title in titles if title in page}


def test_the_tab_of_what_waits_holds_what_its_reader_is_to_decide() -> None:
    scene = make_scene()
    make_submitted(scene, title="À viser")
    make_endorsed(scene, title="À publier")
    both = ("À viser", "À publier")

    assert listed(scene.lead, "only=waiting", *both) == {"À viser"}
    assert listed(scene.editor, "only=waiting", *both) == {"À publier"}
    page = signed_in(scene.editor).get(f"{url('list')}?only=waiting").content.decode()
    assert "En attente de votre part (1)" in page
    assert "Toutes les fiches (2)" in page


def test_what_has_waited_longest_comes_first_and_its_age_is_told() -> None:
    scene = make_scene()
    for title in ("Récente", "Ancienne"):
        make_endorsed(scene, title=title)
    old = Action.objects.filter(title="Ancienne")
    with time_machine.travel(NOW, tick=False):
        old.update(status_changed_at=NOW - timedelta(days=5))
        Action.objects.exclude(pk__in=old).update(status_changed_at=NOW)
        page = signed_in(scene.editor).get(f"{url('list')}?only=waiting").content.decode()

    assert page.index("Ancienne") < page.index("Récente")
    assert "depuis 5 jours" in page


def test_each_thing_that_stands_out_narrows_the_list() -> None:
    scene = make_scene()
    calm = make_endorsed(scene, title="Tranquille")
    left = make_returned(scene, title="Délaissée")
    front = make_published(scene, title="Vedette")
    asked = make_submitted(scene, title="Question")
    Action.objects.filter(pk=front.pk).update(featured_at=NOW)
    ActionMessage.objects.create(
        action=asked, text="Combien ?", is_from_establishment=True, key=uuid.uuid4()
    )
    ActionMessage.objects.create(action=asked, text="Note", is_note=True, key=uuid.uuid4())
    week_ago = NOW - timedelta(days=8)
    Action.objects.filter(pk=left.pk).update(status_changed_at=week_ago)
    Action.objects.exclude(pk=left.pk).update(status_changed_at=NOW)
    left.latest_revision.created_at = week_ago
    left.latest_revision.save()
    label = ReviewLabel.objects.create(academy=scene.academy, name="Coup de cœur")
    label.actions.add(calm)
    titles = ("Tranquille", "Délaissée", "Vedette", "Question")

    with time_machine.travel(NOW, tick=False):
        found = {
            name: listed(scene.editor, f"only={name}", *titles)
            for name in ("untouched", "featured", "unanswered")
        }
        assert listed(scene.editor, f"label={label.pk}", *titles) == {"Tranquille"}

    assert found == {
        "untouched": {"Délaissée"},
        "featured": {"Vedette"},
        "unanswered": {"Question"},
    }


def test_a_deadline_that_is_near_narrows_the_list() -> None:
    scene = make_scene()
    make_endorsed(scene, title="Pressée")

    with time_machine.travel(scene.edition.call_closes_at - timedelta(days=2)):
        assert listed(scene.editor, "only=near", "Pressée") == {"Pressée"}
    with time_machine.travel(scene.edition.call_closes_at - timedelta(days=20)):
        assert listed(scene.editor, "only=near", "Pressée") == set()


def test_an_observer_has_neither_tab_nor_tick_nor_label() -> None:
    world = make_world()
    action = make_published(world.scene, title="Publique")
    label = ReviewLabel.objects.create(academy=world.scene.academy, name="Douteuse")
    label.actions.add(action)

    for query in ("", "?only=waiting", f"?label={label.pk}", "?only=unanswered"):
        page = world.client(Role.OBSERVER).get(url("list") + query).content.decode()
        assert "Publique" in page
        assert "Douteuse" not in page
        assert 'name="fiche"' not in page
        assert "fiches-tabs" not in page
        assert 'name="only"' not in page


def test_labels_of_another_academie_are_not_offered() -> None:
    scene = make_scene()
    other = make_scene(make_site("amiens", "amiens.localhost", is_default=False))
    ReviewLabel.objects.create(academy=other.academy, name="Secrète")

    for user in (scene.editor, scene.lead):
        assert "Secrète" not in signed_in(user).get(url("list")).content.decode()


@pytest.mark.parametrize("query", ["only=abc", "only=waiting&only=near", "label=x", "label=-1"])
def test_no_query_string_breaks_the_list(query) -> None:
    scene = make_scene()

    assert signed_in(scene.editor).get(f"{url('list')}?{query}").status_code == 200
