"""The page of the admin that prepares the next edition."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from accounts.models import User
from campaigns.models import CampaignPage, EventPage
from campaigns.rollover import NextEdition, proposal
from establishments.models import Academy
from tests.campaigns.past_edition import make_past_edition
from tests.factories import UserFactory, make_editor, make_site

pytestmark = pytest.mark.django_db


@pytest.fixture
def source(academy: Academy) -> CampaignPage:
    return make_past_edition(academy)


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
