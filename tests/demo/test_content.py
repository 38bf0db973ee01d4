"""The content files say what the site can hold."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from demo.dating import Dating
from demo.reading import CONTENT, Content
from demo.records import ActionRecord, Ending, EstablishmentRecord, PersonRole
from establishments.uai import is_valid_uai


@pytest.fixture(scope="module")
def content() -> Content:
    return Content(Dating.at(datetime(2026, 11, 22, 12, tzinfo=UTC)))


def fiches(content: Content) -> list[ActionRecord]:
    return [fiche for name in content.campaigns for fiche in content.actions_of(name)]


def test_thirty_establishments_have_valid_and_unassigned_numbers(content: Content) -> None:
    uais = [one.uai for one in content.establishments]

    assert len(set(uais)) == 30
    assert all(is_valid_uai(uai) for uai in uais)
    assert all(int(uai[3:7]) >= 9_901 for uai in uais)


def test_every_status_ends_the_story_of_some_fiche(content: Content) -> None:
    assert {fiche.status for fiche in fiches(content)} == set(Ending)


def test_fiches_belong_to_establishments_of_their_editions_academy(content: Content) -> None:
    by_uai: dict[str, EstablishmentRecord] = {one.uai: one for one in content.establishments}

    for name, edition in content.campaigns.items():
        for fiche in content.actions_of(name):
            assert by_uai[fiche.establishment].academy == edition.academy
            assert {by_uai[uai].academy for uai in fiche.associated} <= {edition.academy}


def test_fiches_that_wait_for_a_visa_have_a_lead_to_give_it(content: Content) -> None:
    led = {row.slug for academy in content.academies for row in academy.networks if row.lead}
    network_of = {one.uai: one.network for one in content.establishments}

    waiting = [fiche for fiche in fiches(content) if fiche.status is Ending.NETWORK_REVIEW]

    assert waiting
    assert {network_of[fiche.establishment] for fiche in waiting} <= led


def test_whatever_a_reviewer_must_explain_is_explained(content: Content) -> None:
    explained = {Ending.CHANGES_REQUESTED, Ending.REFUSED, Ending.WITHDRAWN, Ending.ARCHIVED}

    assert all(fiche.comment for fiche in fiches(content) if fiche.status in explained)


def test_amounts_of_money_are_exact(content: Content) -> None:
    budgets = [fiche.budget for fiche in fiches(content) if fiche.budget is not None]

    assert Decimal("12.50") in budgets


def test_each_role_is_somebodys(content: Content) -> None:
    assert {person.role for person in content.people} == set(PersonRole)


def test_a_key_that_nothing_reads_is_an_error(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    text = (CONTENT / "people.toml").read_text(encoding="utf-8")
    (tmp_path / "people.toml").write_text(text + '\nnickname = "Momo"\n', encoding="utf-8")
    monkeypatch.setattr("demo.reading.CONTENT", tmp_path)

    with pytest.raises(TypeError, match="nickname"):
        _ = Content(Dating.at(datetime(2026, 11, 22, tzinfo=UTC))).people
