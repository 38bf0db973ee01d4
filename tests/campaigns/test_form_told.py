"""What the form of a fiche tells: that a version is public, all that is wrong, what is unsaved."""

from __future__ import annotations

import re

import pytest

from campaigns.drafts import latest_version
from campaigns.enums import Decision
from campaigns.views.review_form import comment_help
from tests.campaigns.scene import NOW, make_draft, make_published, make_submitted, write
from tests.campaigns.sheet import FOR_WHOM, NEW, OUTCOME, edit_address, typed

pytestmark = pytest.mark.django_db

STAYS = "version publique reste en ligne"
UNSAVED = "n’est encore enregistré"


def test_the_form_of_a_published_fiche_says_that_the_public_version_stays(at, scene) -> None:
    action = make_published(scene)

    page = at(NOW).get(edit_address(action)).content.decode()

    assert STAYS in page
    assert "Enregistrer les modifications" in page
    assert "brouillon" not in page.lower()


def test_the_form_of_a_draft_speaks_of_no_public_version(at, scene) -> None:
    page = at(NOW).get(edit_address(make_draft(scene))).content.decode()

    assert STAYS not in page
    assert "Enregistrer le brouillon" in page


def test_saving_changes_of_a_published_fiche_is_not_called_a_draft(at, scene) -> None:
    action = make_published(scene)

    page = (
        at(NOW)
        .post(edit_address(action), typed(action, place="Préau"), follow=True)
        .content.decode()
    )

    assert "Modifications enregistrées" in page
    assert "Brouillon enregistré" not in page


def test_handing_in_tells_at_once_what_is_wrong_and_what_is_missing(at, scene) -> None:
    draft = make_draft(scene)
    write(scene, draft, objectives="", audiences=[])
    draft.refresh_from_db()
    sent = typed(draft, do="submit", step=OUTCOME, budget="beaucoup")

    response = at(NOW).post(edit_address(draft, OUTCOME), sent)

    told = [(fault.page, fault.target) for fault in response.context["form"].faults()]
    assert told == [
        (edit_address(draft, FOR_WHOM), "id_audiences_0"),
        (edit_address(draft, FOR_WHOM), "id_objectives"),
        ("", "id_budget"),
    ]
    assert UNSAVED in response.content.decode()
    assert not latest_version(draft).outcome


def test_handing_in_an_empty_form_tells_all_that_is_missing(at, scene) -> None:
    response = at(NOW).post(NEW, {"do": "submit"})

    targets = [fault.target for fault in response.context["form"].faults()]
    assert targets == ["id_title", "id_coordinator_name", "id_coordinator_function"]
    assert UNSAVED in response.content.decode()


def test_saving_a_draft_tells_only_what_is_wrong(at, scene) -> None:
    draft = make_draft(scene)
    sent = typed(draft, step=OUTCOME, budget="beaucoup", outcome="")

    response = at(NOW).post(edit_address(draft, OUTCOME), sent)

    assert [fault.target for fault in response.context["form"].faults()] == ["id_budget"]


def test_a_draft_saved_but_incomplete_is_not_said_unsaved(at, scene) -> None:
    draft = make_draft(scene)

    response = at(NOW).post(edit_address(draft), typed(draft, do="submit", course=""))

    assert len(response.context["form"].faults()) == 1
    assert UNSAVED not in response.content.decode()


def test_the_comments_help_names_only_the_decisions_offered() -> None:
    assert "Retirer" in comment_help([Decision.WITHDRAW, Decision.ARCHIVE])
    assert "Renvoyer" not in comment_help([Decision.WITHDRAW, Decision.ARCHIVE])
    assert "Nécessaire" not in comment_help([Decision.REOPEN])


def test_the_name_of_a_network_is_not_preceded_by_the_same_word(at, scene) -> None:
    scene.network.name = "Réseau FOQUALE de la rive gauche"
    scene.network.save()
    submitted = make_submitted(scene)
    school = at(NOW)

    draft = make_draft(scene)
    last = edit_address(draft, OUTCOME)
    for address in ("/espace/", last, f"/espace/fiches/{submitted.pk}/"):
        page = school.get(address).content.decode()
        assert scene.network.name in page
        assert not re.search(r"réseau[\s:«]+Réseau", page, re.IGNORECASE)
