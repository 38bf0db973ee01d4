"""Organisers prepare rounds: rules, preview of who judges what, one button; then all is fixed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.test import Client
from wagtail.models import ModelLogEntry, PageLogEntry

from contest.errors import NotAllowed, OutOfTurn
from contest.jury import preparing
from contest.jury.enums import Method
from contest.models import Round
from tests.contest.scene import Scene, make_admitted, make_scene
from tests.factories import make_editor, make_site

from .admin_scene import editor_of, page
from .scene import CLOSES, NOW, OPENS, JuryScene, make_juror, make_jury, make_round

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def typed(**fields: Any) -> dict[str, Any]:
    return {
        "name": "Finale",
        "method": "majority",
        "panel_size": "",
        "minimum": "2",
        "opens_at": "25/03/2023 09:00",
        "closes_at": "28/03/2023 18:00",
        "advance_count": "",
        "advance_threshold": "",
        "last_resort": "ex_aequo",
    } | fields


def assignment_page(jury: JuryScene) -> str:
    return page(jury.contest_scene, f"tours/{jury.round.pk}/attribution/")


class TestRules:
    def test_the_form_comes_filled_in_with_what_suits_the_contest(
        self, scene: Scene, editor: Client
    ) -> None:
        category = scene.category
        proposed = preparing.proposal(category, scene.contest)
        assert (proposed.method, proposed.panel_size, proposed.sequence) == ("majority", None, 1)
        # The jury meets on 28 March, results on 6 April: in Paris's clocks, summer time.
        assert proposed.opens_at == datetime(2023, 3, 28, 7, tzinfo=UTC)
        assert proposed.closes_at == datetime(2023, 4, 4, 16, tzinfo=UTC)
        shown = editor.get(page(scene, f"categories/{category.pk}/tour/")).content.decode()
        assert 'name="opens_at" value="28/03/2023 09:00"' in " ".join(shown.split())

    def test_many_posters_are_first_sorted_by_panels(
        self, scene: Scene, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(preparing.assigning, "candidates", lambda _round: [None] * 61)
        proposed = preparing.proposal(scene.category, scene.contest)
        assert (proposed.method, proposed.panel_size, proposed.advance_count) == ("approval", 3, 20)

    def test_a_round_is_kept_with_paris_time_and_logged(self, scene: Scene, editor: Client) -> None:
        response = editor.post(page(scene, f"categories/{scene.category.pk}/tour/"), typed())
        round_ = Round.objects.get()
        assert response["Location"] == page(scene, f"tours/{round_.pk}/attribution/")
        assert round_.opens_at == datetime(2023, 3, 25, 8, tzinfo=UTC)
        assert round_.closes_at == datetime(2023, 3, 28, 16, tzinfo=UTC)
        editor.post(page(scene, f"categories/{scene.category.pk}/tour/"), typed(name="Second tour"))
        assert list(Round.objects.values_list("sequence", "name")) == [
            (1, "Finale"),
            (2, "Second tour"),
        ]
        assert ModelLogEntry.objects.filter(action="contest.jury.round").count() == 2

    @pytest.mark.parametrize(
        ("fields", "wrong"),
        [
            ({"closes_at": "25/03/2023 09:00"}, {"closes_at"}),
            ({"advance_count": "3", "advance_threshold": "2"}, {"advance_threshold"}),
            ({"advance_threshold": "2.5"}, {"advance_threshold"}),
            ({"method": "approval", "advance_threshold": "50"}, {"advance_threshold"}),
            ({"method": "ranking", "advance_threshold": "1"}, {"advance_threshold"}),
            ({"method": "ranking", "panel_size": "3"}, {"panel_size"}),
            ({"severity": "on"}, {"severity"}),
            ({"method": "criteria", "severity": "on"}, {"severity"}),
            ({"panel_size": "2", "minimum": "3"}, {"minimum"}),
            ({"panel_size": "0"}, {"panel_size"}),
            ({"minimum": "99999999999999999999"}, {"minimum"}),
            ({"opens_at": "demain"}, {"opens_at"}),
            ({"method": "hasard"}, {"method"}),
        ],
    )
    def test_rules_that_cannot_be_are_told_beside_their_field_and_nothing_is_lost(
        self, scene: Scene, editor: Client, fields: dict[str, str], wrong: set[str]
    ) -> None:
        response = editor.post(
            page(scene, f"categories/{scene.category.pk}/tour/"),
            typed(name="Le tour des finalistes", **fields),
        )
        assert response.status_code == 200
        assert set(response.context["form"].errors) == wrong
        assert 'value="Le tour des finalistes"' in response.content.decode()
        assert not Round.objects.exists()

    def test_a_round_in_preparation_is_changed_and_deleted(
        self, scene: Scene, editor: Client
    ) -> None:
        round_ = make_round(scene)
        rules = page(scene, f"tours/{round_.pk}/regles/")
        assert 'value="Finale"' in editor.get(rules).content.decode()
        editor.post(rules, typed(name="Demi-finale"))
        round_.refresh_from_db()
        assert round_.name == "Demi-finale"
        deletion = page(scene, f"tours/{round_.pk}/suppression/")
        assert editor.get(deletion).status_code == 200
        assert editor.post(deletion)["Location"] == page(scene, "")
        assert not Round.objects.exists()
        assert editor.post(deletion).status_code == 404
        assert PageLogEntry.objects.filter(action="contest.jury.round_delete").exists()

    def test_once_assigned_nothing_of_it_changes(self) -> None:
        jury = make_jury(posters=2, jurors=2)
        client, scene = editor_of(jury), jury.contest_scene
        for tail in ("regles", "suppression"):
            address = page(scene, f"tours/{jury.round.pk}/{tail}/")
            assert client.get(address)["Location"] == assignment_page(jury)
            assert client.post(address, typed(name="Autre"))["Location"] == assignment_page(jury)
        jury.round.refresh_from_db()
        assert jury.round.name == "Finale"
        with pytest.raises(OutOfTurn):
            preparing.save_round(jury.round, by=jury.editor)
        with pytest.raises(OutOfTurn):
            preparing.delete_round(jury.round, by=jury.editor)

    def test_only_who_runs_the_contest_prepares(self, scene: Scene) -> None:
        round_ = make_round(scene)
        elsewhere = make_editor(make_site("amiens", "amiens.localhost", is_default=False))
        for user in (elsewhere, scene.lead, scene.account, make_juror(scene).user):
            assert user
            with pytest.raises(NotAllowed):
                preparing.save_round(round_, by=user)
            with pytest.raises(NotAllowed):
                preparing.delete_round(round_, by=user)

    def test_a_round_of_another_contest_is_not_found_here(
        self, scene: Scene, editor: Client
    ) -> None:
        other = make_scene(make_site("amiens", "amiens.localhost", is_default=False))
        round_ = make_round(other)
        for tail in ("regles", "suppression", "attribution"):
            assert editor.get(page(scene, f"tours/{round_.pk}/{tail}/")).status_code == 404
        category = other.category
        assert editor.get(page(scene, f"categories/{category.pk}/tour/")).status_code == 404


class TestPublicPage:
    def test_the_rules_and_the_fingerprint_are_public_once_assigned(self, client: Client) -> None:
        jury = make_jury(posters=1, jurors=1, assigned=False)
        make_round(jury.contest_scene, sequence=2, name="Tour en préparation")
        address = jury.contest_scene.contest.get_url()
        before = client.get(address).content.decode()
        assert 'id="jury"' not in before
        preparing.assigning.assign(jury.round, by=jury.editor, now=NOW)
        after = client.get(address).content.decode()
        assert 'id="jury"' in after
        assert 'href="#jury"' in after
        assert jury.round.commitment in after
        assert "Jugement majoritaire" in after
        assert jury.round.seed not in after
        assert "Tour en préparation" not in after
        assert jury.jurors[0].name not in after


def test_rule_problems_speak_of_a_criteria_threshold(scene: Scene) -> None:
    round_ = make_round(scene, method=Method.CRITERIA, advance_threshold="25")
    round_ = Round.objects.select_related("category__contest").get(pk=round_.pk)
    with pytest.raises(ValidationError) as refused:
        preparing.save_round(round_, by=scene.editor)
    assert refused.value.message_dict.keys() == {"advance_threshold"}


def test_the_jury_page_says_where_each_round_stands(scene: Scene, editor: Client) -> None:
    make_juror(scene)
    make_admitted(scene)
    round_ = make_round(scene)
    shown = editor.get(page(scene, "")).content.decode()
    assert page(scene, f"tours/{round_.pk}/attribution/") in shown
    assert page(scene, f"tours/{round_.pk}/regles/") in shown
    preparing.assigning.assign(round_, by=scene.editor, now=NOW)
    for at, tail in ((NOW, "suivi"), (OPENS, "suivi"), (CLOSES, "")):
        with time_machine.travel(at, tick=False):
            shown = editor.get(page(scene, "")).content.decode()
        assert page(scene, f"tours/{round_.pk}/{tail}") in shown
        assert page(scene, f"tours/{round_.pk}/regles/") not in shown
