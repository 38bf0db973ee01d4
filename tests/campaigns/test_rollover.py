"""Preparing the next edition from the last one."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test import Client
from wagtail.models import Page

from accounts.models import User
from campaigns.models import Action, CampaignPage, EventPage
from campaigns.phases import PARIS
from campaigns.rollover import NextEdition, moved_dates, prepare_next_edition, proposal
from establishments.models import Academy
from tests.campaigns.past_edition import make_past_edition
from tests.factories import UserFactory, make_edition, make_editor, make_site

pytestmark = pytest.mark.django_db


@pytest.fixture
def source(academy: Academy) -> CampaignPage:
    return make_past_edition(academy)


@pytest.fixture
def editor(academy: Academy) -> User:
    return make_editor(academy)


def test_the_proposal_is_the_same_weekday_of_the_year_after(source: CampaignPage) -> None:
    plan = proposal(source)

    assert plan == NextEdition(
        title="Semaine de la persévérance 2024",
        slug="2024",
        school_year="2023-2024",
        edition=5,
        week_first_day=date(2024, 4, 1),
    )
    assert plan.week_first_day.weekday() == source.week_first_day.weekday()


def test_a_title_without_its_year_gets_the_next_one(academy: Academy) -> None:
    source = make_edition(academy, title="Ensemble", slug="ensemble")

    plan = proposal(source)

    assert (plan.title, plan.slug, plan.edition) == ("Ensemble 2024", "2024", None)


def test_everything_is_copied_and_nothing_is_public(source: CampaignPage, editor: User) -> None:
    edition = prepare_next_edition(source, proposal(source), by=editor)

    copies = edition.get_descendants(inclusive=True)
    assert sorted(copies.values_list("slug", flat=True)) == [
        "2024",
        "actions",
        "seminaire",
        "trame",
    ]
    for page in copies.specific():
        assert not page.live
        assert page.has_unpublished_changes
        assert page.first_published_at is None
        assert (page.go_live_at, page.expire_at, page.expired) == (None, None, False)
        assert not page.locked
        assert page.revisions.count() == 1
        assert page.owner == editor
    for address in ("/2024/", "/2024/actions/", "/2024/seminaire/", "/2024/trame/"):
        assert Client().get(address).status_code == 404


def test_every_date_moves_by_whole_days_on_the_clocks_of_paris(
    source: CampaignPage, editor: User
) -> None:
    plan = replace(proposal(source), week_first_day=date(2023, 11, 20))

    edition = prepare_next_edition(source, plan, by=editor)

    for page in (edition, edition.latest_revision.as_object()):
        assert page.week_first_day == date(2023, 11, 20)
        assert page.week_last_day == date(2023, 11, 24)
        # From winter time to summer and winter again: 231 days later, still the last second.
        closes = page.call_closes_at.astimezone(PARIS)
        assert closes.replace(tzinfo=None) == datetime(2023, 10, 26, 23, 59, 59)
        assert page.publication_on == date(2023, 11, 6)
    event = EventPage.objects.child_of(edition).get()
    assert event.starts_at.astimezone(PARIS).replace(tzinfo=None) == datetime(2023, 11, 22, 9)
    assert event.latest_revision.as_object().starts_at == event.starts_at


def test_what_belongs_to_last_year_is_left_empty(source: CampaignPage, editor: User) -> None:
    plan = replace(proposal(source), theme="Chaque pas compte")

    edition = prepare_next_edition(source, plan, by=editor)

    assert edition.theme == "Chaque pas compte"
    assert (edition.patron, edition.letter, edition.picture) == ("", None, None)
    event = EventPage.objects.child_of(edition).get()
    assert (event.registration_url, event.recording_url) == ("", "")


def test_figures_contacts_and_programme_come_along(source: CampaignPage, editor: User) -> None:
    edition = prepare_next_edition(source, proposal(source), by=editor)
    edition.latest_revision.publish()

    edition = CampaignPage.objects.get(pk=edition.pk)
    assert [figure.value for figure in edition.key_figures.all()] == ["5 jours"]
    assert [contact.label for contact in edition.contacts.all()] == ["DRAIO"]
    event = EventPage.objects.child_of(edition).get()
    assert event.programme[0].value["title"] == "Accueil"
    source.refresh_from_db()
    assert source.key_figures.count() == 1


def test_fiches_stay_with_their_edition(source: CampaignPage, editor: User) -> None:
    prepare_next_edition(source, proposal(source), by=editor)

    assert Action.objects.get().campaign == source


def test_the_edition_that_is_copied_does_not_change(source: CampaignPage, editor: User) -> None:
    before = CampaignPage.objects.values().get(pk=source.pk)

    prepare_next_edition(source, proposal(source), by=editor)

    assert CampaignPage.objects.values().get(pk=source.pk) == before


def test_publishing_the_copy_opens_its_catalogue_but_no_event(
    source: CampaignPage, editor: User
) -> None:
    edition = prepare_next_edition(source, proposal(source), by=editor)

    edition.latest_revision.publish(user=editor)

    assert Client().get("/2024/").status_code == 200
    assert Client().get("/2024/actions/").status_code == 200
    assert Client().get("/2024/seminaire/").status_code == 404


def test_an_address_already_taken_is_refused_and_nothing_is_copied(
    source: CampaignPage, editor: User
) -> None:
    prepare_next_edition(source, proposal(source), by=editor)
    pages = Page.objects.count()

    with pytest.raises(ValidationError) as refused:
        prepare_next_edition(source, proposal(source), by=editor)

    assert list(refused.value.message_dict) == ["slug"]
    assert Page.objects.count() == pages


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"week_first_day": date(2023, 4, 3)}, "week_first_day"),
        ({"week_first_day": date(2031, 4, 3)}, "week_first_day"),
        ({"school_year": "2024-2025"}, "school_year"),
    ],
)
def test_a_plan_that_makes_no_sense_is_refused(
    source: CampaignPage, editor: User, changed: dict[str, Any], field: str
) -> None:
    with pytest.raises(ValidationError) as refused:
        prepare_next_edition(source, replace(proposal(source), **changed), by=editor)

    assert list(refused.value.message_dict) == [field]


def test_only_an_editor_of_the_academy_prepares_its_next_edition(source: CampaignPage) -> None:
    other = make_site("amiens", "amiens.localhost", is_default=False)
    for stranger in (make_editor(other), UserFactory()):
        with pytest.raises(PermissionDenied):
            prepare_next_edition(source, proposal(source), by=stranger)

    assert CampaignPage.objects.count() == 1


def test_every_date_is_shown_before_and_after(source: CampaignPage) -> None:
    moved = moved_dates(source, date(2024, 4, 1))

    assert {(one.page, one.after) for one in moved} >= {
        (source.title, date(2024, 4, 1)),
        (source.title, date(2024, 4, 5)),
        (source.title, datetime(2024, 3, 7, 22, 59, 59, tzinfo=UTC)),
        ("Séminaire académique", datetime(2024, 4, 3, 7, tzinfo=UTC)),
    }
    assert len(moved) == 7


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_two_copies_sent_at_once_make_one_edition(academy: Academy) -> None:
    source = make_edition(academy, slug="2023", title="Semaine 2023")
    editor = make_editor(academy)

    def copy(_number: int) -> str:
        try:
            edition = CampaignPage.objects.get(pk=source.pk)
            prepare_next_edition(edition, proposal(edition), by=User.objects.get(pk=editor.pk))
        except ValidationError:
            return "refused"
        finally:
            connection.close()
        return "copied"

    with ThreadPoolExecutor(max_workers=2) as threads:
        outcomes = sorted(threads.map(copy, range(2)))

    assert outcomes == ["copied", "refused"]
    assert CampaignPage.objects.count() == 2
    assert Page.find_problems() == ([], [], [], [], [])
