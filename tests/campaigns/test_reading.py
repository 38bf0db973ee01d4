"""A version laid out to be read, and two versions compared."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal

import pytest

from campaigns.drafts import latest_version
from campaigns.models import Action, ActionIndicator, ActionPartner, ActionSession, PartnerType
from campaigns.reading import (
    contents_of,
    differences,
    indicator_in_words,
    partner_in_words,
    session_in_words,
)
from tests.campaigns.scene import make_draft, make_scene

DAY = date(2023, 4, 3)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "lundi 3 avril 2023"),
        ({"starts_at": time(13), "ends_at": time(14, 30)}, "lundi 3 avril 2023, de 13 h à 14 h 30"),
        ({"starts_at": time(13)}, "lundi 3 avril 2023, à 13 h"),
        ({"ends_at": time(14)}, "lundi 3 avril 2023, jusqu’à 14 h"),
        ({"place": "Préau", "openness": "public"}, "lundi 3 avril 2023, Préau, tout public"),
    ],
)
def test_a_session_is_told_in_one_line(fields, words) -> None:
    told = session_in_words(ActionSession(date=DAY, **fields))

    assert told.replace("\u00a0", " ") == words


def test_partners_and_indicators_are_told_in_one_line() -> None:
    assert partner_in_words(ActionPartner(name="Ville")) == "Ville"
    assert partner_in_words(ActionPartner(name="CIO", type=PartnerType(label="CIO"))) == "CIO (CIO)"
    assert indicator_in_words(ActionIndicator(label="Présents")) == "Présents"
    told = indicator_in_words(ActionIndicator(label="Présents", target="30"))
    assert told == "Présents\u00a0: 30"


@pytest.mark.django_db
def test_what_is_empty_is_left_out() -> None:
    scene = make_scene()
    blank = Action(campaign=scene.edition, establishment=scene.establishment)

    assert contents_of(blank) == []


@pytest.mark.django_db
def test_a_version_is_told_section_by_section() -> None:
    scene = make_scene()
    version = latest_version(
        make_draft(scene, budget=Decimal("1234.5"), starts_on=DAY, ready_to_reuse=True)
    )

    told = {line.name: line.text for _section, lines in contents_of(version) for line in lines}

    assert told["budget"].replace("\u202f", " ").replace("\u00a0", " ") == "1 234,50 €"
    assert told["starts_on"] == "lundi 3 avril 2023"
    assert told["ready_to_reuse"] == "Oui"
    assert told["coordinator_function"] == "CPE"
    assert told["audiences"] == "Élèves"
    assert told["partners"] == "Mission locale"


@pytest.mark.django_db
def test_only_what_differs_is_told() -> None:
    scene = make_scene()
    action = make_draft(scene, course="Un.\nDeux.")
    first, second = latest_version(action), latest_version(action)
    second.course = "Un.\r\nDeux.\r\n"
    second.place = "Préau"
    second.partners = [ActionPartner(name="Ville")]

    found = {
        one.first.name: (one.first.text, one.second.text) for one in differences(first, second)
    }

    assert found == {"place": ("", "Préau"), "partners": ("Mission locale", "Ville")}
