"""The calendars: read back by another reader, found by whoever may, and by nobody else."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar, Event
from wagtail.models import PageViewRestriction

from campaigns import review
from campaigns.agenda_slots import pages_of
from campaigns.calendar_feeds import Source, WeekFeed
from campaigns.criteria import Criteria
from campaigns.models import Action, ActionSession
from campaigns.phases import PARIS
from tests.campaigns.agenda.dated import publish_many, session
from tests.campaigns.scene import (
    NOW,
    make_draft,
    make_endorsed,
    make_published,
    make_scene,
    make_submitted,
)
from tests.factories import EventPageFactory, make_edition, make_site

pytestmark = pytest.mark.django_db


def body_of(response) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


def read(address: str) -> list[Event]:
    """The entries of a calendar, once its form is checked."""
    response = Client().get(address)
    assert response.status_code == 200, address
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert response["Content-Disposition"].endswith('.ics"')
    body = body_of(response)
    assert body.endswith(b"END:VCALENDAR\r\n")
    assert b"\n" not in body.replace(b"\r\n", b"")
    for line in body.split(b"\r\n"):
        assert len(line) <= 75, line
        line.decode()  # no character is cut in two
    calendar = Calendar.from_ical(body)
    assert not calendar.errors
    return [one for one in calendar.walk("VEVENT") if not one.errors]


def of_edition(scene, query: str = "") -> str:
    return f"/{scene.edition.slug}/agenda.ics{query}"


def of_fiche(scene, action: Action) -> str:
    return f"/{scene.edition.slug}/actions/{action.pk}-{action.slug}.ics"


def of_session(scene, row: ActionSession) -> str:
    return f"/{scene.edition.slug}/actions/{row.action_id}/seances/{row.pk}.ics"


def addresses(scene, action: Action) -> list[str]:
    return [
        of_edition(scene),
        of_fiche(scene, action),
        *(of_session(scene, row) for row in action.sessions.all()),
    ]


def test_a_session_reads_the_same_in_all_three_calendars(scene) -> None:
    action = make_published(
        scene,
        title="Café, débat ; « parents »",
        summary="Un café\r\nun débat, des idées ; \\o/",
        openness="public",
        registration="Au secrétariat.",
        sessions=[session(4, "14:30", "16:00", place="Foyer")],
    )

    events = [read(address) for address in addresses(scene, action)]

    for [event] in events:
        assert event["SUMMARY"] == "Café, débat ; « parents »"
        assert event.start == datetime(2023, 4, 4, 14, 30, tzinfo=PARIS)
        assert event.end == datetime(2023, 4, 4, 16, tzinfo=PARIS)
        assert event["LOCATION"] == f"Foyer, {scene.establishment.name}, Rouen"
        assert event["URL"] == (
            f"http://localhost/{scene.edition.slug}/actions/{action.pk}-{action.slug}/"
        )
        assert "Un café\nun débat, des idées ; \\o/" in event["DESCRIPTION"]
        assert "Au secrétariat." in event["DESCRIPTION"]
        assert event["UID"] == f"seance-{action.sessions.get().pk}@localhost"
        assert event["DTSTAMP"].dt == event["LAST-MODIFIED"].dt
    assert events[0] == events[1] == events[2]


def test_hours_are_those_of_paris_whatever_the_zone_of_the_reader(scene) -> None:
    action = make_published(scene, sessions=[session(4, "09:00")])

    body = body_of(Client().get(of_fiche(scene, action)))

    calendar = Calendar.from_ical(body)
    [zone] = calendar.walk("VTIMEZONE")
    clocks = zone.to_tz()
    assert zone["TZID"] == "Europe/Paris"
    for month, hours in ((1, 1), (7, 2)):
        assert datetime(2026, month, 15, tzinfo=clocks).utcoffset() == timedelta(hours=hours)
    assert b"DTSTART;TZID=Europe/Paris:20230404T090000" in body
    assert b"DTEND" not in body  # nobody said when it ends


def test_what_has_no_hour_is_a_whole_day(scene) -> None:
    make_published(scene, title="Sans heure", sessions=[session(4), session(5, ends="16:00")])
    make_published(scene, title="Jours", starts_on=date(2023, 4, 3), ends_on=date(2023, 4, 6))

    days = [(one["SUMMARY"], one.start, one.end) for one in read(of_edition(scene))]

    assert sorted(days) == [
        ("Jours", date(2023, 4, 3), date(2023, 4, 7)),
        ("Sans heure", date(2023, 4, 4), date(2023, 4, 5)),
        ("Sans heure", date(2023, 4, 5), date(2023, 4, 6)),
    ]


def test_the_last_day_of_all_breaks_no_calendar(scene) -> None:
    started = make_published(scene, starts_on=date(2023, 4, 3), ends_on=date.max)
    once = make_published(scene, sessions=[ActionSession(date=date.max)])

    assert len(read(of_edition(scene))) == 1
    assert len(read(of_fiche(scene, started))) == 1
    assert len(read(of_fiche(scene, once))) == 1


def test_a_session_that_ends_before_it_starts_has_no_end(scene) -> None:
    make_published(scene, sessions=[session(4, "16:00")])
    ActionSession.objects.update(ends_at=time(14))

    [event] = read(of_edition(scene))

    assert "DTEND" not in event


def test_an_entry_keeps_its_identifier_and_grows_its_sequence_when_published_again(scene) -> None:
    with time_machine.travel(datetime(2023, 3, 1, 10, tzinfo=UTC), tick=False):
        action = make_published(scene, title="Café", sessions=[session(4)])
    [before] = read(of_fiche(scene, action))
    with time_machine.travel(datetime(2023, 3, 2, 10, tzinfo=UTC), tick=False):
        version = action.get_latest_revision_as_object()
        version.title = "Café des parents"
        version.save_revision().publish()
    [after] = read(of_fiche(scene, action))

    assert after["SUMMARY"] == "Café des parents"
    assert after["UID"] == before["UID"]
    assert (before["SEQUENCE"], after["SEQUENCE"]) == (0, 24 * 60)
    assert after["LAST-MODIFIED"].dt == datetime(2023, 3, 2, 10, tzinfo=UTC)


def test_the_calendar_of_the_week_is_that_of_the_selection(scene) -> None:
    make_published(scene, title="Ouvert", openness="public", sessions=[session(4)])
    make_published(scene, title="Fermé", openness="internal", sessions=[session(5), session(9)])
    EventPageFactory(parent=scene.edition, title="Séminaire")

    def found(query: str) -> list[str]:
        return [str(one["SUMMARY"]) for one in read(of_edition(scene, query))]

    assert found("") == ["Ouvert", "Séminaire", "Fermé"]
    assert found("?ouvert=1") == ["Ouvert"]
    assert found("?jour=2023-04-05") == ["Séminaire", "Fermé"]
    assert found("?jour=abc") == []
    assert found("?q=fermé") == ["Fermé"]
    assert found("?page=x&q=%00%FF") == ["Ouvert", "Séminaire", "Fermé"]


def test_the_calendar_of_a_fiche_has_all_its_sessions_inside_the_week_or_not(scene) -> None:
    action = make_published(scene, sessions=[session(4), session(9)])

    assert len(read(of_fiche(scene, action))) == 2


@pytest.mark.parametrize("make", [make_draft, make_submitted, make_endorsed])
def test_what_is_not_public_has_no_calendar(scene, make) -> None:
    action = make(scene, sessions=[session(4)])
    whole, *others = addresses(scene, action)

    assert read(whole) == []
    assert [Client().get(one).status_code for one in others] == [404, 404]


def test_a_fiche_withdrawn_has_no_calendar_any_more(scene) -> None:
    action = make_published(scene, sessions=[session(4)])
    whole, *others = addresses(scene, action)
    review.withdraw(action, by=scene.editor, comment="À revoir.")

    assert read(whole) == []
    assert [Client().get(one).status_code for one in others] == [404, 404]


def test_a_fiche_is_in_the_calendars_of_its_own_edition_only(scene) -> None:
    action = make_published(scene, sessions=[session(4)])
    other = make_edition(scene.academy)
    amiens = make_scene(make_site("amiens", "amiens.localhost", is_default=False))
    elsewhere = {"host": "amiens.localhost"}

    for slug, headers in ((other.slug, {}), (amiens.edition.slug, elsewhere)):
        for end in (f"{action.pk}.ics", f"{action.pk}/seances/{action.sessions.get().pk}.ics"):
            response = Client().get(f"/{slug}/actions/{end}", headers=headers)
            assert response.status_code == 404
        week = Client().get(f"/{slug}/agenda.ics", headers=headers)
        assert b"VEVENT" not in body_of(week)


def test_a_session_is_found_below_its_own_fiche_only(scene) -> None:
    action = make_published(scene, sessions=[session(4)])
    other = make_published(scene, title="Autre", sessions=[session(5)])

    address = f"/{scene.edition.slug}/actions/{other.pk}/seances/{action.sessions.get().pk}.ics"

    assert Client().get(address).status_code == 404


def test_a_fiche_without_dates_has_no_calendar(scene) -> None:
    action = make_published(scene)

    assert Client().get(of_fiche(scene, action)).status_code == 404


@pytest.mark.parametrize("level", ["edition", "catalogue", "home page"])
def test_calendars_behind_a_privacy_setting_are_for_those_let_in(scene, level) -> None:
    action = make_published(scene, sessions=[session(4)])
    pages = {
        "edition": scene.edition,
        "catalogue": scene.edition.get_children().get(slug="actions"),
        "home page": scene.edition.get_parent(),
    }
    PageViewRestriction.objects.create(page=pages[level], restriction_type="login")
    school = Client()
    school.force_login(scene.account)

    whole, *others = addresses(scene, action)

    for address in others:
        assert Client().get(address).status_code == 302
        assert b"VEVENT" in body_of(school.get(address))
    response = Client().get(whole)
    assert b"VEVENT" not in body_of(response)
    assert response.status_code == (200 if level == "catalogue" else 302)


def test_calendars_hold_nothing_of_the_coordinator(scene) -> None:
    action = make_published(scene, sessions=[session(4)])

    for address in addresses(scene, action):
        body = body_of(Client().get(address)).replace(b"\r\n ", b"").decode()
        for private in ("camille@example.org", "Camille", "ORGANIZER", "ATTENDEE"):
            assert private not in body


def test_control_characters_do_not_break_a_calendar(scene) -> None:
    action = make_published(scene, title="Café\x0bdes\u2028parents", sessions=[session(4)])

    [event] = read(of_fiche(scene, action))

    assert "parents" in event["SUMMARY"]


def test_how_to_register_is_not_told_where_nobody_from_elsewhere_may_come(scene) -> None:
    action = make_published(
        scene, openness="internal", registration="Au secrétariat.", sessions=[session(4)]
    )

    [event] = read(of_fiche(scene, action))

    assert "secrétariat" not in event["DESCRIPTION"]


def test_what_has_not_changed_is_not_sent_again(scene) -> None:
    action = make_published(scene, sessions=[session(4)])

    for address in addresses(scene, action):
        first = Client().get(address)
        again = Client().get(address, headers={"if-none-match": first["ETag"]})
        assert again.status_code == 304
        assert "no-cache" in first["Cache-Control"]
    since = Client().get(of_fiche(scene, action))["Last-Modified"]
    assert (
        Client().get(of_fiche(scene, action), headers={"if-modified-since": since}).status_code
        == 304
    )
    tag = Client().get(of_edition(scene))["ETag"]
    review.withdraw(action, by=scene.editor, comment="À revoir.")
    changed = Client().get(of_edition(scene), headers={"if-none-match": tag})
    assert changed.status_code == 200
    assert b"VEVENT" not in body_of(changed)


@pytest.mark.parametrize("number", [1, 30])
def test_the_number_of_queries_does_not_grow(scene, number) -> None:
    publish_many(scene, number)
    body_of(Client().get(of_edition(scene)))

    with CaptureQueriesContext(connection) as captured:
        body = body_of(Client().get(of_edition(scene)))

    assert body.count(b"BEGIN:VEVENT") == number
    assert len(captured) <= 9, [query["sql"] for query in captured]


def test_a_thousand_sessions_are_written_whole(scene) -> None:
    publish_many(scene, 1_000)

    events = read(of_edition(scene))

    assert len({str(one["UID"]) for one in events}) == 1_000
    assert [one.start for one in events] == sorted(one.start for one in events)


def test_the_tag_of_a_selection_of_20_000_fiches_can_be_written(scene) -> None:
    publish_many(scene, 1)
    edition, source = scene.edition, Source("exemple.fr", "")
    week = WeekFeed(edition, Criteria(), NOW, pages=pages_of(edition), source=source)
    week.selection.found = (1 << 20_000) - 1

    assert len(week.tag) == 32
