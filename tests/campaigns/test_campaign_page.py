from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone

from campaigns import catalogue_stamp
from campaigns.models import (
    Action,
    CampaignContact,
    CampaignKeyFigure,
    CampaignPage,
    EventPage,
)
from campaigns.phases import PARIS
from establishments.models import Academy
from home.models import SiteDocument
from tests.factories import (
    ActionFactory,
    CampaignIndexPageFactory,
    ContentPageFactory,
    EstablishmentFactory,
    EventPageFactory,
    make_edition,
)

pytestmark = pytest.mark.django_db

NBSP = "\u00a0"


@pytest.fixture
def edition(academy: Academy) -> CampaignPage:
    """The edition of spring 2023."""
    return make_edition(academy, slug="2023", edition=4, patron="Ysaline Maubourguet")


def publish(edition: CampaignPage, academy: Academy, **fields: Any) -> Action:
    return ActionFactory(
        campaign=edition,
        establishment=EstablishmentFactory(academy=academy),
        status="published",
        live=True,
        first_published_at=fields.pop("published_at", timezone.now()),
        **fields,
    )


def page_at(*moment: int) -> str:
    with time_machine.travel(datetime(*moment, tzinfo=PARIS), tick=False):
        response = Client().get("/2023/")
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize(
    ("moment", "sentence"),
    [
        ((2023, 1, 10), f"L’appel ouvre le mardi 17 janvier 2023 à 9{NBSP}h"),
        ((2023, 1, 17, 9), f"Déposer une fiche avant le 9 mars à 23{NBSP}h{NBSP}59"),
        ((2023, 3, 9, 23, 59, 59), f"Déposer une fiche avant le 9 mars à 23{NBSP}h{NBSP}59"),
        ((2023, 3, 10), "La Semaine commence le lundi 3 avril 2023"),
        ((2023, 3, 31, 18), "La Semaine commence dans 3 jours"),
        ((2023, 4, 2, 23), "La Semaine commence demain"),
        ((2023, 4, 3), "La Semaine est en cours jusqu’à vendredi"),
        ((2023, 4, 7, 12), "La Semaine se termine aujourd’hui"),
    ],
)
def test_the_page_says_what_can_be_done_now(
    edition: CampaignPage, moment: tuple[int, ...], sentence: str
) -> None:
    assert sentence in page_at(*moment)


def test_a_fiche_is_handed_in_from_the_page_while_the_call_is_open_only(
    edition: CampaignPage,
) -> None:
    def is_offered(html: str) -> bool:
        return re.search(r'<a class="fr-btn[^>]*href="/espace/"[^>]*>Déposer', html) is not None

    assert not is_offered(page_at(2023, 1, 10))
    assert is_offered(page_at(2023, 2, 10))
    assert not is_offered(page_at(2023, 3, 10))
    assert not is_offered(page_at(2023, 4, 8))


def test_during_the_week_a_call_still_open_is_offered_second(academy: Academy) -> None:
    make_edition(
        academy,
        slug="2023",
        call_closes_at=datetime(2023, 4, 5, 12, tzinfo=PARIS),
        week_first_day=date(2023, 4, 3),
    )

    html = page_at(2023, 4, 4)

    assert "La Semaine est en cours" in html
    assert f"Déposer une fiche avant le 5 avril à 12{NBSP}h" in html


def test_an_edition_that_is_over_leads_to_its_fiches(
    edition: CampaignPage, academy: Academy
) -> None:
    assert "Revivre l’édition" not in page_at(2023, 4, 8)

    publish(edition, academy)

    html = page_at(2023, 4, 8)
    assert "Revivre l’édition" in html
    assert 'href="/2023/actions/"' in html


def test_the_page_shows_theme_week_patron_and_key_dates(edition: CampaignPage) -> None:
    html = page_at(2023, 2, 10)

    assert "Persévérer ensemble" in html
    assert "Du 3 au 7 avril 2023" in html
    assert "Ysaline Maubourguet" in html
    assert f"Jeudi 9 mars 2023 à 23{NBSP}h{NBSP}59" in html


def test_figures_letter_resources_and_contacts_are_shown(edition: CampaignPage) -> None:
    edition.key_figures.add(
        CampaignKeyFigure(value="17 %", label="d’une génération", source="INSEE")
    )
    edition.contacts.add(
        CampaignContact(label="DRAIO", email="sps@normandie.example", phone="01 99 00 76 20")
    )
    edition.letter = SiteDocument.objects.create(
        title="Lettre", file=ContentFile(b"%PDF-1.7", name="lettre.pdf"), file_size=61_440
    )
    edition.save()
    ContentPageFactory(parent=edition, title="La trame de la fiche-action")
    ContentPageFactory(parent=edition, title="Un brouillon", live=False)

    html = page_at(2023, 2, 10)

    assert "17 %" in html
    assert "INSEE" in html
    assert "mailto:sps@normandie.example" in html
    assert 'href="tel:0199007620"' in html
    assert f"PDF – 60,0{NBSP}Ko" in html
    assert "La trame de la fiche-action" in html
    assert "Un brouillon" not in html


def test_the_three_latest_published_fiches_are_shown_and_no_other(
    edition: CampaignPage, academy: Academy
) -> None:
    start = datetime(2023, 3, 1, tzinfo=UTC)
    for number in range(4):
        publish(
            edition, academy, title=f"Fiche {number}", published_at=start + timedelta(days=number)
        )
    ActionFactory(
        title="Fiche en relecture",
        campaign=edition,
        establishment=EstablishmentFactory(academy=academy),
        status="academy_review",
        submitted_at=start,
    )

    html = page_at(2023, 3, 20)

    assert [f"Fiche {number}" in html for number in range(4)] == [False, True, True, True]
    assert "Fiche en relecture" not in html


def test_events_come_in_the_order_of_time(edition: CampaignPage) -> None:
    EventPageFactory(parent=edition, title="Séminaire de clôture")
    early = datetime(2023, 1, 20, 13, tzinfo=UTC)
    EventPageFactory(
        parent=edition,
        title="Comité de pilotage",
        starts_at=early,
        ends_at=early + timedelta(hours=2),
    )
    EventPageFactory(parent=edition, title="Événement en brouillon", live=False)

    html = page_at(2023, 2, 10)

    assert html.index("Comité de pilotage") < html.index("Séminaire de clôture")
    assert "Événement en brouillon" not in html


def test_what_people_type_is_never_markup(academy: Academy) -> None:
    edition = make_edition(academy, slug="2023", theme="<script>alert(1)</script>")
    edition.contacts.add(CampaignContact(label="<b>DRAIO</b>"))
    edition.save()

    html = page_at(2023, 2, 10)

    assert "<script>alert(1)" not in html
    assert "<b>DRAIO" not in html


@pytest.mark.parametrize("number", [1, 30])
def test_the_page_costs_the_same_whatever_it_holds(
    edition: CampaignPage,
    academy: Academy,
    django_assert_max_num_queries: Any,
    number: int,
) -> None:
    for rank in range(number):
        publish(edition, academy)
        EventPageFactory(parent=edition)
        ContentPageFactory(parent=edition)
        edition.key_figures.add(CampaignKeyFigure(value=str(rank), label="x", source="y"))
        edition.contacts.add(CampaignContact(label=f"Service {rank}"))
    edition.save()
    catalogue_stamp.rebuild([edition.pk])
    Client().get("/2023/")

    with django_assert_max_num_queries(15):  # one asks whether the catalogue has changed
        Client().get("/2023/")


def test_a_draft_edition_is_not_found(academy: Academy) -> None:
    make_edition(academy, slug="2024", live=False)

    assert Client().get("/2024/").status_code == 404


# The list of editions, the home page and the menu.


def test_the_list_names_every_published_edition_with_its_phase_newest_first(
    academy: Academy, edition: CampaignPage, index: None
) -> None:
    make_edition(
        academy,
        slug="2024",
        title="Semaine 2024",
        call_opens_at=datetime(2024, 1, 15, tzinfo=UTC),
        call_closes_at=datetime(2024, 3, 1, tzinfo=UTC),
    )
    make_edition(academy, slug="2025", title="Semaine 2025", live=False)

    with time_machine.travel(datetime(2024, 2, 1, tzinfo=PARIS), tick=False):
        html = Client().get("/editions/").content.decode()

    content = html[html.index("<h1") :]
    assert content.index("Semaine 2024") < content.index("Semaine 2023")
    assert "Semaine 2025" not in content
    assert "Appel ouvert" in content
    assert "Terminée" in content


@pytest.mark.parametrize("number", [1, 30])
def test_the_list_costs_the_same_whatever_its_length(
    academy: Academy, index: None, django_assert_max_num_queries: Any, number: int
) -> None:
    for _rank in range(number):
        make_edition(academy)
    Client().get("/editions/")

    with django_assert_max_num_queries(7):
        Client().get("/editions/")


@pytest.fixture
def index(academy: Academy) -> None:
    CampaignIndexPageFactory(parent=academy.site.root_page)


def test_home_and_menu_lead_to_the_current_edition_and_its_fiches(
    edition: CampaignPage,
) -> None:
    with time_machine.travel(datetime(2023, 2, 10, tzinfo=PARIS), tick=False):
        html = Client().get("/").content.decode()

    assert "Édition 2023" in html
    assert 'href="/2023/"' in html
    assert 'href="/2023/actions/"' in html
    assert f"Déposer une fiche avant le 9 mars à 23{NBSP}h{NBSP}59" in html


def test_a_home_page_without_an_edition_says_nothing_of_one(academy: Academy) -> None:
    html = Client().get("/").content.decode()

    assert "edition-en-cours" not in html


def test_the_home_page_keeps_its_budget_of_queries(
    edition: CampaignPage, django_assert_max_num_queries: Any
) -> None:
    Client().get("/")

    with django_assert_max_num_queries(7):
        Client().get("/")


def test_an_event_stays_below_its_edition(edition: CampaignPage) -> None:
    event = EventPageFactory(parent=edition, slug="seminaire")

    assert event.get_url() == "/2023/seminaire/"
    assert EventPage.objects.child_of(edition).get() == event
