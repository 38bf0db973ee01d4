from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from accounts.models import User
from campaigns.models import (
    Action,
    CampaignContact,
    CampaignKeyFigure,
    CampaignPage,
    EventPage,
)
from campaigns.phases import PARIS
from campaigns.rollover import NextEdition, moved_dates, prepare_next_edition, proposal
from establishments.models import Academy
from home.models import SiteDocument
from tests.factories import (
    ActionFactory,
    ContentPageFactory,
    EstablishmentFactory,
    EventPageFactory,
    UserFactory,
    make_edition,
    make_editor,
    make_site,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def source(academy: Academy) -> CampaignPage:
    """A past edition with an event, a resource, a catalogue, a fiche and a letter."""
    letter = SiteDocument.objects.create(
        title="La lettre", file=ContentFile(b"%PDF-1.7", name="lettre.pdf")
    )
    edition = make_edition(
        academy,
        slug="2023",
        title="Semaine de la persévérance 2023",
        edition=4,
        patron="Ysaline Maubourguet",
        letter=letter,
        publication_on=date(2023, 3, 20),
        expire_at=datetime(2030, 1, 1, tzinfo=UTC),
    )
    edition.key_figures.add(CampaignKeyFigure(value="5 jours", label="de mars", source="DRAIO"))
    edition.contacts.add(CampaignContact(label="DRAIO", email="sps@normandie.example"))
    edition.save()
    EventPageFactory(
        parent=edition,
        slug="seminaire",
        registration_url="https://example.org/inscription",
        recording_url="https://example.org/video",
        programme=[("session", {"starts": "09:00", "title": "Accueil", "speakers": []})],
    )
    ContentPageFactory(parent=edition, slug="trame", locked=True)
    ActionFactory(campaign=edition, establishment=EstablishmentFactory(academy=academy))
    return edition


@pytest.fixture
def editor(academy: Academy) -> User:
    return make_editor(academy)


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def address_of(source: CampaignPage) -> str:
    return reverse("campaigns_next_edition", args=[source.pk])


def form_of(plan: NextEdition, **changed: Any) -> dict[str, Any]:
    values = {
        "title": plan.title,
        "slug": plan.slug,
        "school_year": plan.school_year,
        "edition": plan.edition or "",
        "theme": plan.theme,
        "week_first_day": plan.week_first_day.isoformat(),
        "shown_first_day": plan.week_first_day.isoformat(),
        "confirm": "1",
    }
    return values | changed


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


# The page in the admin.


def test_the_form_proposes_next_year_and_shows_its_dates(
    source: CampaignPage, editor: User
) -> None:
    html = client_of(editor).get(address_of(source)).content.decode()

    assert 'value="2024"' in html
    assert 'value="2023-2024"' in html
    assert "lundi 1er avril 2024" in html
    assert "23\u00a0h\u00a059" in html
    assert CampaignPage.objects.count() == 1


def test_asking_for_the_dates_of_another_day_copies_nothing(
    source: CampaignPage, editor: User
) -> None:
    sent = form_of(proposal(source), week_first_day="2024-03-25")
    del sent["confirm"]

    html = client_of(editor).post(address_of(source), sent).content.decode()

    assert "lundi 25 mars 2024" in html
    assert CampaignPage.objects.count() == 1


def test_dates_that_were_not_shown_are_shown_before_anything_is_copied(
    source: CampaignPage, editor: User
) -> None:
    client = client_of(editor)
    sent = form_of(proposal(source), week_first_day="2024-03-25")

    html = client.post(address_of(source), sent).content.decode()
    assert "lundi 25 mars 2024" in html
    assert CampaignPage.objects.count() == 1

    client.post(address_of(source), sent | {"shown_first_day": "2024-03-25"})
    assert CampaignPage.objects.filter(week_first_day=date(2024, 3, 25)).exists()


def test_confirming_copies_and_leads_to_the_new_edition(source: CampaignPage, editor: User) -> None:
    response = client_of(editor).post(address_of(source), form_of(proposal(source)))

    edition = CampaignPage.objects.get(slug="2024")
    assert response.headers["Location"] == reverse("wagtailadmin_explore", args=[edition.pk])


def test_the_same_form_sent_twice_makes_one_edition_and_says_why(
    source: CampaignPage, editor: User
) -> None:
    client, sent = client_of(editor), form_of(proposal(source))

    client.post(address_of(source), sent)
    second = client.post(address_of(source), sent)

    assert CampaignPage.objects.count() == 2
    assert list(second.context["form"].errors) == ["slug"]


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"slug": "2023"}, "slug"),
        ({"slug": "pas une adresse"}, "slug"),
        ({"school_year": "2024"}, "school_year"),
        ({"week_first_day": "2022-04-04"}, "week_first_day"),
        ({"week_first_day": "9999-12-31"}, "week_first_day"),
        ({"week_first_day": "demain"}, "week_first_day"),
        ({"title": ""}, "title"),
    ],
)
def test_each_mistake_is_told_beside_its_field(
    source: CampaignPage, editor: User, changed: dict[str, str], field: str
) -> None:
    sent = form_of(proposal(source), **changed)

    response = client_of(editor).post(address_of(source), sent)

    assert response.status_code == 200
    assert list(response.context["form"].errors) == [field]
    assert CampaignPage.objects.count() == 1


def test_the_page_is_closed_to_everybody_else(source: CampaignPage) -> None:
    other = make_site("amiens", "amiens.localhost", is_default=False)
    sent = form_of(proposal(source))

    for client in (client_of(make_editor(other)), client_of(UserFactory()), Client()):
        assert client.get(address_of(source)).status_code in {302, 403}
        assert client.post(address_of(source), sent).status_code in {302, 403}

    assert CampaignPage.objects.count() == 1


def test_the_button_stands_on_editions_only_and_for_those_who_may(
    source: CampaignPage, editor: User
) -> None:
    event = EventPage.objects.get()

    def shows(page: Page, user: User) -> bool:
        url = reverse("wagtailadmin_pages:edit", args=[page.pk])
        return address_of(source) in client_of(user).get(url).content.decode()

    assert shows(source, editor)
    assert not shows(event, editor)
    explorer = reverse("wagtailadmin_explore", args=[source.get_parent().pk])
    assert address_of(source) in client_of(editor).get(explorer).content.decode()
