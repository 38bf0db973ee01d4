"""The agenda of the Week: what it shows, in which order, and what it never does."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from campaigns import catalogue_stamp, review
from campaigns.models import ActionIndexPage, CampaignPage
from campaigns.phases import PARIS
from tests.campaigns.agenda.dated import publish_many, session
from tests.campaigns.scene import (
    make_draft,
    make_endorsed,
    make_published,
    make_returned,
    make_scene,
    make_submitted,
)
from tests.factories import EstablishmentFactory, EventPageFactory, make_edition, make_site

pytestmark = pytest.mark.django_db

NBSP = "\u00a0"
QUERIES = 11


def agenda(scene, query: str = "", at: datetime | None = None, client: Client | None = None) -> str:
    """The page as it is at an instant, before the Week by default."""
    with time_machine.travel(at or datetime(2023, 3, 20, 9, tzinfo=PARIS), tick=False):
        response = (client or Client()).get(f"/{scene.edition.slug}/agenda/{query}")
    assert response.status_code == 200
    return response.content.decode()


def titles(html: str) -> list[str]:
    """What is told, in order."""
    found = re.findall(r'class="agenda-entry__title">\s*<a href="[^"]*">([^<]*)</a>', html)
    return [title.strip() for title in found]


def test_a_session_is_told_with_its_day_hours_place_and_school(scene) -> None:
    action = make_published(
        scene,
        title="Café des parents",
        openness="public",
        registration="Au secrétariat.",
        sessions=[session(4, "14:30", "16:00", place="Foyer")],
    )

    html = agenda(scene)

    for shown in (
        "Mardi 4 avril",
        f"14{NBSP}h{NBSP}30</time> – <time",
        f"16{NBSP}h</time>",
        "Café des parents",
        f"{scene.establishment.name}, Rouen",
        f"Lieu{NBSP}: Foyer",
        f"Pour s’inscrire{NBSP}: Au secrétariat.",
        "Ouvert à tous",
        f"/{scene.edition.slug}/actions/{action.pk}-cafe-des-parents/",
        f"/{scene.edition.slug}/actions/{action.pk}/seances/{action.sessions.get().pk}.ics",
    ):
        assert shown in html, shown


@pytest.mark.parametrize("make", [make_draft, make_submitted, make_endorsed, make_returned])
def test_what_is_not_published_is_not_told(scene, make) -> None:
    make(scene, sessions=[session(4)])

    assert titles(agenda(scene)) == []


def test_a_fiche_withdrawn_or_of_another_edition_or_academie_is_not_told(scene) -> None:
    withdrawn = make_published(scene, title="Retirée", sessions=[session(4)])
    other = make_edition(scene.academy)
    review.withdraw(withdrawn, by=scene.editor, comment="À revoir.")
    make_published(scene, title="Ici", sessions=[session(4)])
    amiens = make_scene(make_site("amiens", "amiens.localhost", is_default=False))

    assert titles(agenda(scene)) == ["Ici"]
    assert "Ici" not in Client().get(f"/{other.slug}/agenda/").content.decode()
    elsewhere = Client().get(
        f"/{amiens.edition.slug}/agenda/", headers={"host": "amiens.localhost"}
    )
    assert elsewhere.status_code == 200
    assert "Ici" not in elsewhere.content.decode()


def test_the_agenda_of_an_edition_behind_a_privacy_setting_is_behind_it(scene) -> None:
    make_published(scene, title="Petits déjeuners", sessions=[session(4)])
    PageViewRestriction.objects.create(page=scene.edition, restriction_type="login")
    school = Client()
    school.force_login(scene.account)

    assert Client().get(f"/{scene.edition.slug}/agenda/").status_code == 302
    assert titles(agenda(scene, client=school)) == ["Petits déjeuners"]


def test_without_its_catalogue_an_edition_tells_no_fiche(scene) -> None:
    make_published(scene, sessions=[session(4)])
    ActionIndexPage.objects.child_of(scene.edition).update(live=False)

    assert titles(agenda(scene)) == []


def test_an_edition_that_is_not_published_has_no_agenda(scene) -> None:
    CampaignPage.objects.filter(pk=scene.edition.pk).update(live=False)

    assert Client().get(f"/{scene.edition.slug}/agenda/").status_code == 404


def test_each_day_tells_what_parents_may_attend_first_then_by_hour(scene) -> None:
    make_published(scene, title="Tard", openness="public", sessions=[session(4, "17:00")])
    make_published(scene, title="Entre nous", openness="internal", sessions=[session(4, "08:00")])
    make_published(scene, title="Matin", openness="internal",
                   sessions=[session(4, "09:00", openness="public")])  # fmt: skip
    make_published(scene, title="Lundi", openness="internal", sessions=[session(3)])

    html = agenda(scene)

    assert titles(html) == ["Lundi", "Matin", "Tard", "Entre nous"]
    assert html.count("Ouvert à tous</h3>") == 1


def test_a_session_kept_inside_is_not_open_because_its_fiche_is(scene) -> None:
    make_published(
        scene,
        title="Portes ouvertes",
        openness="public",
        registration="Au secrétariat.",
        sessions=[session(4, openness="internal")],
    )

    assert titles(agenda(scene, "?ouvert=1")) == []
    assert "Au secrétariat" not in agenda(scene)


def test_only_what_is_open_to_everyone_can_be_asked_for(scene) -> None:
    make_published(
        scene,
        title="Mixte",
        sessions=[session(4, "09:00", openness="public"), session(5, "09:00", openness="internal")],
    )
    make_published(scene, title="Interne", openness="internal", sessions=[session(4)])
    EventPageFactory(parent=scene.edition, title="Séminaire")

    html = agenda(scene, "?ouvert=1")

    assert titles(html) == ["Mixte"]
    assert "Mercredi 5 avril" not in html
    assert f"1{NBSP}rendez-vous" in html or "1 rendez-vous" in html


def test_during_the_week_today_is_told_first(scene) -> None:
    for day in (3, 5, 6):
        make_published(scene, title=f"Le {day}", sessions=[session(day)])
    wednesday = datetime(2023, 4, 5, 7, tzinfo=PARIS)

    html = agenda(scene, at=wednesday)

    assert titles(html) == ["Le 5", "Le 6", "Le 3"]
    assert html.index("Aujourd’hui") < html.index("Le 5")
    assert titles(agenda(scene)) == ["Le 3", "Le 5", "Le 6"]


def test_today_is_that_of_paris(scene) -> None:
    make_published(scene, title="Mercredi", sessions=[session(5)])
    make_published(scene, title="Mardi", sessions=[session(4)])

    assert titles(agenda(scene, at=datetime(2023, 4, 4, 22, 30, tzinfo=UTC))) == [
        "Mercredi",
        "Mardi",
    ]


def test_a_fiche_with_days_and_no_session_is_told_too(scene) -> None:
    make_published(scene, title="Un jour", starts_on=date(2023, 4, 4), ends_on=date(2023, 4, 4))
    make_published(scene, title="Trois jours", starts_on=date(2023, 4, 5), ends_on=date(2023, 4, 9))
    make_published(scene, title="Plus tard", starts_on=date(2023, 5, 4))

    html = agenda(scene)

    assert titles(html) == ["Un jour", "Trois jours"]
    assert "Horaire non précisé" in html
    assert "Du 5 au 9 avril 2023" in html
    assert titles(agenda(scene, "?jour=2023-04-06")) == ["Trois jours"]


def test_sessions_outside_the_week_are_not_told(scene) -> None:
    make_published(scene, sessions=[session(1), session(8)])

    assert titles(agenda(scene)) == []


def test_events_are_told_where_nothing_is_left_out(scene) -> None:
    make_published(scene, title="Café", sessions=[session(5, "10:00")])
    EventPageFactory(parent=scene.edition, title="Séminaire académique")
    EventPageFactory(parent=scene.edition, title="En brouillon", live=False)
    EventPageFactory(
        parent=scene.edition,
        title="Après la Semaine",
        starts_at=datetime(2023, 4, 12, 8, tzinfo=UTC),
        ends_at=datetime(2023, 4, 12, 9, tzinfo=UTC),
    )
    private = EventPageFactory(parent=scene.edition, title="Réservé")
    PageViewRestriction.objects.create(page=private, restriction_type="login")

    assert titles(agenda(scene)) == ["Séminaire académique", "Café"]
    assert titles(agenda(scene, "?jour=2023-04-05")) == ["Séminaire académique", "Café"]
    assert titles(agenda(scene, "?q=café")) == ["Café"]


def test_the_agenda_narrows_like_the_catalogue(scene) -> None:
    other = EstablishmentFactory(academy=scene.academy, network=scene.network, commune="Caen")
    here = make_published(scene, title="Escalade", sessions=[session(4)])
    there = make_published(scene, title="Tutorat", sessions=[session(4)])
    type(there).objects.filter(pk=there.pk).update(establishment=other)
    catalogue_stamp.rebuild([scene.edition.pk])

    assert titles(agenda(scene, "?q=escalade")) == [here.title]
    assert titles(agenda(scene, f"?departement={other.department.code}")) == ["Tutorat"]


def test_what_the_address_keeps_stays_in_the_form_and_the_links(scene) -> None:
    make_published(scene, title="Escalade", sessions=[session(4)])

    html = agenda(scene, "?q=escalade&moment=year&jour=2023-04-04")

    assert '<input type="hidden" name="moment" value="year">' in html
    assert "/agenda.ics?q=escalade&amp;moment=year&amp;jour=2023-04-04" in html


def test_a_search_without_result_says_how_to_go_on(scene) -> None:
    make_published(scene, sessions=[session(4)])

    assert "Rien dans la Semaine ne correspond" in agenda(scene, "?q=zzz")
    assert "Rien ce jour-là" in agenda(scene, "?jour=2023-04-07")


def test_an_edition_without_dates_says_so(scene) -> None:
    make_published(scene)

    assert "Aucun rendez-vous n’est encore publié" in agenda(scene)


def test_a_long_week_is_told_by_day_and_by_page(scene) -> None:
    publish_many(scene, 130)
    make_published(scene, title="Vendredi", sessions=[session(7)])

    first, second = agenda(scene), agenda(scene, "?page=2")

    assert len(titles(first)) == 100
    assert len(titles(second)) == 30
    assert "Vendredi 7 avril" not in first
    assert not set(re.findall(r"seances/(\d+)", first)) & set(re.findall(r"seances/(\d+)", second))
    assert titles(agenda(scene, "?jour=2023-04-07")) == ["Vendredi"]
    assert titles(agenda(scene, at=datetime(2023, 4, 5, 8, tzinfo=PARIS))) == ["Vendredi"]


@pytest.mark.parametrize("number", [1, 30, 2_000])
def test_the_number_of_queries_does_not_grow(scene, number) -> None:
    publish_many(scene, number)
    agenda(scene)

    with CaptureQueriesContext(connection) as captured:
        agenda(scene)

    assert len(captured) <= QUERIES, [query["sql"] for query in captured]


def test_a_change_is_told_at_once(scene) -> None:
    action = make_published(scene, title="Café", sessions=[session(4)])
    assert titles(agenda(scene)) == ["Café"]
    review.withdraw(action, by=scene.editor, comment="À revoir.")

    assert titles(agenda(scene)) == []


@pytest.mark.parametrize(
    "query",
    [
        "?page=abc",
        "?page=-1",
        "?jour=2023-13-45",
        "?jour=demain&jour=%00",
        "?q=%FF%00'",
        "?departement=%3Cscript%3E",
        "?ouvert=2",
        "?ouvert=1&ouvert=1&page=999999999999999999999",
    ],
)
def test_no_query_string_breaks_the_page(scene, query) -> None:
    make_published(scene, sessions=[session(4)])

    assert "<script>" not in agenda(scene, query).split("<main", 1)[1].split("</main", 1)[0]


def test_what_schools_type_is_never_markup(scene) -> None:
    make_published(
        scene,
        title="<b>Café</b>",
        openness="public",
        registration="<i>Ici</i>",
        sessions=[session(4, place="<u>Foyer</u>")],
    )

    html = agenda(scene)

    for markup in ("<b>Café", "<i>Ici", "<u>Foyer"):
        assert markup not in html


def test_the_mailbox_of_the_coordinator_is_not_told(scene) -> None:
    make_published(scene, sessions=[session(4)])

    assert "camille@example.org" not in agenda(scene)


def test_the_page_of_the_edition_leads_to_its_agenda(scene) -> None:
    make_published(scene, sessions=[session(4)])

    page = Client().get(f"/{scene.edition.slug}/").content.decode()

    assert f'href="/{scene.edition.slug}/agenda/"' in page
