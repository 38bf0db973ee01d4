"""The steps of the form: each saves on its own, and none loses what another holds."""

from __future__ import annotations

import pytest
import time_machine

from campaigns import drafts
from campaigns.drafts import latest_version
from campaigns.models import AssociatedEstablishment
from campaigns.reading import differences
from campaigns.sections import step_named
from tests.campaigns.scene import NOW, make_draft, make_submitted
from tests.campaigns.sheet import (
    FOR_WHOM,
    HOW,
    NEW,
    OUTCOME,
    WHO,
    edit_address,
    only_fiche,
    typed,
    write_through,
)
from tests.factories import EstablishmentFactory, sign_up

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _call_open():
    with time_machine.travel(NOW, tick=False):
        yield


def test_the_drafts_already_begun_are_offered_before_the_form(school, scene) -> None:
    draft = make_draft(scene)

    page = school.get(NEW).content.decode()

    assert f'href="/espace/fiches/{draft.pk}/modifier/"' in page
    assert "<textarea" not in page
    assert page.index("modifier/") < page.index(f"{NEW}?autre=oui")


def test_a_blank_form_is_there_for_another_fiche(school, scene) -> None:
    make_draft(scene)

    assert 'name="title"' in school.get(f"{NEW}?autre=oui").content.decode()


def test_a_draft_that_a_partner_lets_one_write_is_offered_too(school, scene) -> None:
    other = sign_up(EstablishmentFactory(academy=scene.academy)).establishment
    draft = drafts.start_draft(other, scene.edition, by=other.account, title="À deux", now=NOW)
    AssociatedEstablishment.objects.create(
        action=draft, establishment=scene.establishment, may_edit=True
    )

    page = school.get(NEW).content.decode()

    assert "À deux" in page
    assert other.name in page


def test_a_handed_in_fiche_is_not_offered_as_a_draft(school, scene) -> None:
    make_submitted(scene)

    assert 'name="title"' in school.get(NEW).content.decode()


def test_saving_a_step_leaves_the_others_as_they_were(school, scene) -> None:
    kept = write_through(school, how={"partners-0-name": "Ville"}, outcome={"budget": "12"})
    before = latest_version(kept)

    for step in (WHO, FOR_WHOM, HOW, OUTCOME):
        kept.refresh_from_db()
        # Everything that the step holds is left blank; the title may not be.
        sent = {"title": before.title, "revision": kept.latest_revision_id, "do": "save"}
        school.post(edit_address(kept, step), sent)
        after = latest_version(kept)
        blanked = {found.first.name for found in differences(before, after)}
        assert blanked <= {name for name in step_named(step).holds if name != "title"}
        assert blanked
        school.post(edit_address(kept, step), typed(after, step=step))
        before = latest_version(kept)


def test_what_is_missing_in_all_steps_is_said_at_once_with_the_way_there(school, scene) -> None:
    draft = make_draft(scene, objectives="", course="", coordinator_name="", moment="week")

    response = school.post(
        edit_address(draft, OUTCOME), typed(draft, step=OUTCOME, do="submit", outcome="Un livret.")
    )

    page = response.content.decode()
    links = [f"{fault.page}#{fault.target}" for fault in response.context["form"].faults()]
    assert links == [
        f"{edit_address(draft, WHO)}#id_coordinator_name",
        f"{edit_address(draft, FOR_WHOM)}#id_objectives",
        f"{edit_address(draft, HOW)}#id_course",
        f"{edit_address(draft, HOW)}#id_starts_on",
    ]
    for link in links:
        address, target = link.split("#")
        assert f'href="{link}"' in page
        assert f'id="{target}"' in school.get(address).content.decode()
    assert only_fiche(scene).status == "draft"
    assert latest_version(draft).outcome == "Un livret."


def test_the_list_of_steps_says_what_is_missing_in_each(school, scene) -> None:
    draft = make_draft(scene, objectives="", coordinator_name="")

    lines = school.get(edit_address(draft, HOW)).context["steps"]

    assert [[place.address for place in line.missing] for line in lines] == [
        [f"{edit_address(draft, WHO)}#id_coordinator_name"],
        [f"{edit_address(draft, FOR_WHOM)}#id_objectives"],
        [],
        [],
    ]


def test_the_way_in_leads_to_the_first_step_that_lacks_something(school, scene) -> None:
    draft = make_draft(scene, objectives="")
    complete = make_draft(scene)

    for action, step in ((draft, FOR_WHOM), (complete, WHO)):
        entrance = f"/espace/fiches/{action.pk}/modifier/"
        assert school.get(entrance).url == edit_address(action, step)


@pytest.mark.parametrize(
    ("step", "verb", "reached"),
    [
        (WHO, "next", FOR_WHOM),
        (HOW, "next", OUTCOME),
        (HOW, "previous", FOR_WHOM),
        (WHO, "previous", WHO),
        (OUTCOME, "next", OUTCOME),
        (HOW, "save", HOW),
    ],
)
def test_a_step_is_saved_on_the_way_to_another(school, scene, step, verb, reached) -> None:
    draft = make_draft(scene)

    response = school.post(edit_address(draft, step), typed(draft, step=step, do=verb))

    assert response.url == edit_address(draft, reached)
    assert only_fiche(scene).latest_revision_id != draft.latest_revision_id


def test_a_step_may_be_left_incomplete(school, scene) -> None:
    draft = make_draft(scene)
    sent = {"revision": draft.latest_revision_id, "do": "next"}

    assert school.post(edit_address(draft, HOW), sent).status_code == 302
    assert not latest_version(draft).course


@pytest.mark.parametrize("step", ["x", "qui-x", "1"])
def test_a_step_that_is_none_does_not_exist(school, scene, step) -> None:
    draft = make_draft(scene)

    assert school.get(edit_address(draft, step)).status_code == 404
    assert school.post(edit_address(draft, step), typed(draft)).status_code == 404
