from __future__ import annotations

from datetime import UTC, datetime

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.test import Client

from campaigns.models import CampaignPage, EventPage
from campaigns.phases import PARIS
from campaigns.programme import PROGRAMME_BLOCKS, SessionBlock, parts_of
from establishments.models import Academy
from home.fields import StreamField
from tests.factories import EventPageFactory, make_edition

pytestmark = pytest.mark.django_db

NBSP = "\u00a0"


@pytest.fixture
def edition(academy: Academy) -> CampaignPage:
    return make_edition(academy, slug="2023")


@pytest.fixture
def event(edition: CampaignPage) -> EventPage:
    """A seminar on 5 April 2023 from 9 h to 17 h, with a programme in two parts."""
    return EventPageFactory(
        parent=edition,
        slug="seminaire",
        place="Lycée du Canal",
        address="8, cours des Mariniers, 14000 Caen",
        introduction="Une journée pour comprendre.",
        registration_url="https://example.org/inscription",
        recording_url="https://example.org/video",
        programme=[
            ("session", {"starts": "09:00", "ends": "09:30", "title": "Accueil", "speakers": []}),
            ("part", {"title": "Ateliers"}),
            (
                "session",
                {
                    "starts": "10:15",
                    "ends": None,
                    "title": "Le GPDS",
                    "description": "Faire vivre le GPDS.",
                    "speakers": ["Odile Marquenterre, coordonnatrice MLDS"],
                },
            ),
        ],
    )


def page_at(*moment: int) -> str:
    with time_machine.travel(datetime(*moment, tzinfo=PARIS), tick=False):
        response = Client().get("/2023/seminaire/")
    assert response.status_code == 200
    return response.content.decode()


def test_the_page_says_what_when_and_where(event: EventPage) -> None:
    html = page_at(2023, 3, 1)

    assert "Séminaire" in html
    assert "Mercredi 5 avril 2023" in html
    assert f"de 9{NBSP}h à 17{NBSP}h" in html
    assert "Lycée du Canal" in html
    assert "14000 Caen" in html


def test_an_event_of_several_days_tells_both(edition: CampaignPage) -> None:
    EventPageFactory(parent=edition, slug="seminaire", ends_at=datetime(2023, 4, 6, 10, tzinfo=UTC))

    html = page_at(2023, 3, 1)

    assert f"Du mercredi 5 avril 2023 à 9{NBSP}h au jeudi 6 avril 2023 à 12{NBSP}h" in html


def test_the_programme_tells_hours_titles_and_speakers(event: EventPage) -> None:
    html = page_at(2023, 3, 1)

    assert '<time datetime="09:00">' in html
    assert f"10{NBSP}h{NBSP}15" in html
    assert "Odile Marquenterre, coordonnatrice MLDS" in html
    assert html.index("Accueil</h3>") < html.index("Ateliers</h3>") < html.index("Le GPDS</h4>")


def test_one_registers_until_the_event_is_over_and_watches_it_afterwards(
    event: EventPage,
) -> None:
    before, after = page_at(2023, 4, 5, 16, 59), page_at(2023, 4, 5, 17, 1)

    assert "https://example.org/inscription" in before
    assert "https://example.org/video" not in before
    assert "https://example.org/inscription" not in after
    assert "https://example.org/video" in after


def test_the_breadcrumb_leads_back_to_the_edition(event: EventPage) -> None:
    html = page_at(2023, 3, 1)

    crumbs = html[html.index("fr-breadcrumb__list") : html.index("<h1")]
    assert 'href="/2023/"' in crumbs


def test_what_people_type_is_never_markup(edition: CampaignPage) -> None:
    EventPageFactory(
        parent=edition,
        slug="seminaire",
        place="<b>Lycée</b>",
        programme=[
            ("session", {"starts": "09:00", "title": "<i>Accueil</i>", "speakers": ["<u>X</u>"]})
        ],
    )

    html = page_at(2023, 3, 1)

    for markup in ("<b>Lycée", "<i>Accueil", "<u>X"):
        assert markup not in html


def test_a_draft_event_is_not_found(edition: CampaignPage) -> None:
    EventPageFactory(parent=edition, slug="seminaire", live=False)

    assert Client().get("/2023/seminaire/").status_code == 404


def test_an_event_that_ends_before_it_starts_is_refused_beside_its_end(
    edition: CampaignPage,
) -> None:
    with pytest.raises(ValidationError) as refused:
        EventPageFactory(parent=edition, ends_at=datetime(2023, 4, 5, 6, tzinfo=UTC))

    assert list(refused.value.message_dict) == ["ends_at"]


def test_a_session_that_ends_before_it_starts_is_refused_beside_its_end() -> None:
    block = SessionBlock()
    value = block.to_python(
        {"starts": "10:00", "ends": "09:00", "title": "Accueil", "speakers": []}
    )

    with pytest.raises(ValidationError) as refused:
        block.clean(value)

    assert list(refused.value.block_errors) == ["ends"]


def test_a_programme_without_parts_is_one_list_and_an_empty_one_is_none() -> None:
    stream = StreamField(PROGRAMME_BLOCKS).stream_block
    session = {"type": "session", "value": {"starts": "09:00", "title": "Accueil"}}

    [part] = parts_of(stream.to_python([session, session]))

    assert (part.title, len(part.sessions)) == ("", 2)
    assert parts_of(stream.to_python([])) == []
