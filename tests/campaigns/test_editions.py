from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from campaigns.editions import (
    catalogue_of,
    current_edition,
    editions_of,
    ensure_catalogue,
    open_edition,
)
from campaigns.models import ActionIndexPage, CampaignPage
from campaigns.phases import PARIS
from establishments.models import Academy
from tests.factories import (
    AcademyFactory,
    CampaignPageFactory,
    make_edition,
    make_editor,
    make_site,
)

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 2, 10, 9, tzinfo=PARIS)


def edition(academy: Academy, opens: int, closes: int, **fields: Any) -> CampaignPage:
    """An edition whose call opens and closes so many days from `NOW`; week 25 days later."""
    return make_edition(
        academy,
        call_opens_at=NOW + timedelta(days=opens),
        call_closes_at=NOW + timedelta(days=closes),
        **fields,
    )


def test_editions_are_those_of_the_academy_published_and_newest_first(academy: Academy) -> None:
    older = make_edition(academy, slug="2023")
    newer = edition(academy, -10, 10)
    edition(academy, 300, 320, live=False)
    make_edition(make_site("amiens", "amiens.localhost", is_default=False))

    assert list(editions_of(academy)) == [newer, older]


def test_an_academy_without_a_site_has_no_edition() -> None:
    assert list(editions_of(AcademyFactory())) == []
    assert current_edition(AcademyFactory(), NOW) is None


def test_the_open_edition_is_the_one_whose_call_takes_fiches_now(academy: Academy) -> None:
    make_edition(academy)
    calling = edition(academy, -10, 10)
    edition(academy, 300, 320)

    assert open_edition(academy, NOW) == calling
    assert open_edition(academy, calling.call_closes_at) == calling
    assert open_edition(academy, calling.call_closes_at + timedelta(seconds=1)) is None


def test_of_two_open_calls_the_first_to_close_comes_first(academy: Academy) -> None:
    edition(academy, -10, 20)
    sooner = edition(academy, -5, 10)

    assert open_edition(academy, NOW) == sooner
    assert current_edition(academy, NOW) == sooner


def test_a_draft_is_never_open(academy: Academy) -> None:
    edition(academy, -10, 10, live=False)

    assert open_edition(academy, NOW) is None


def test_the_current_edition_is_open_else_running_else_next_else_latest(
    academy: Academy,
) -> None:
    oldest = make_edition(academy)
    assert current_edition(academy, NOW) == oldest

    following = edition(academy, 30, 60)
    edition(academy, 330, 360)
    assert current_edition(academy, NOW) == following

    running = edition(academy, -60, -26)
    assert running.week_first_day <= NOW.date() <= running.week_last_day
    assert current_edition(academy, NOW) == running

    calling = edition(academy, -5, 200)
    assert current_edition(academy, NOW) == calling


def test_a_catalogue_is_made_once_and_stays_a_draft_with_its_edition(academy: Academy) -> None:
    draft = CampaignPageFactory(parent=academy.site.root_page, live=False)

    first = ensure_catalogue(draft)
    second = ensure_catalogue(draft)

    assert first == second
    assert (first.slug, first.live) == ("actions", False)


def test_publishing_an_edition_publishes_its_catalogue_the_first_time(academy: Academy) -> None:
    draft = CampaignPageFactory(parent=academy.site.root_page, live=False)
    ensure_catalogue(draft)

    draft.save_revision().publish()

    catalogue = catalogue_of(draft)
    assert catalogue is not None
    assert catalogue.live
    assert catalogue.get_url() == f"/{draft.slug}/actions/"


def test_a_catalogue_taken_offline_does_not_come_back_with_a_change_of_the_edition(
    academy: Academy,
) -> None:
    page = CampaignPageFactory(parent=academy.site.root_page)
    catalogue = ensure_catalogue(page)
    assert catalogue_of(page).live
    ActionIndexPage.objects.get(pk=catalogue.pk).unpublish()

    page.save_revision().publish()

    assert not catalogue_of(page).live


def test_an_edition_created_in_the_admin_comes_with_its_catalogue(academy: Academy) -> None:
    editor = make_editor(academy)
    client = Client()
    client.force_login(editor, backend="django.contrib.auth.backends.ModelBackend")

    response = client.post(
        reverse(
            "wagtailadmin_pages:add", args=["campaigns", "campaignpage", academy.site.root_page_id]
        ),
        form_of_an_edition() | {"action-publish": "1"},
    )

    assert response.status_code == 302, response.context["form"].errors
    page = CampaignPage.objects.get(slug="2027")
    assert page.live
    catalogue = ActionIndexPage.objects.child_of(page).get()
    assert catalogue.live
    assert Client().get("/2027/actions/").status_code == 200


def test_a_limit_typed_to_the_minute_lasts_until_the_minute_is_over(academy: Academy) -> None:
    client = Client()
    client.force_login(make_editor(academy), backend="django.contrib.auth.backends.ModelBackend")

    client.post(
        reverse(
            "wagtailadmin_pages:add", args=["campaigns", "campaignpage", academy.site.root_page_id]
        ),
        form_of_an_edition(),
    )

    page = CampaignPage.objects.get(slug="2027")
    assert page.call_closes_at == datetime(2027, 3, 9, 22, 59, 59, tzinfo=UTC)
    assert not page.live


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"week_last_day": "2027-04-04"}, "week_last_day"),
        ({"week_last_day": "2028-04-09"}, "week_last_day"),
        ({"call_closes_at": "2027-01-01 12:00"}, "call_closes_at"),
        ({"call_closes_at": "2027-04-10 12:00"}, "call_closes_at"),
        ({"publication_on": "2027-01-01"}, "publication_on"),
        ({"school_year": "2027-2028"}, "school_year"),
        ({"school_year": "2026-2028"}, "school_year"),
        ({"school_year": "2026/2027"}, "school_year"),
        ({"edition": "0"}, "edition"),
    ],
)
def test_dates_that_no_edition_can_have_are_refused_beside_their_field(
    academy: Academy, changed: dict[str, str], field: str
) -> None:
    client = Client()
    client.force_login(make_editor(academy), backend="django.contrib.auth.backends.ModelBackend")

    response = client.post(
        reverse(
            "wagtailadmin_pages:add", args=["campaigns", "campaignpage", academy.site.root_page_id]
        ),
        form_of_an_edition() | changed,
    )

    assert list(response.context["form"].errors) == [field]
    assert not CampaignPage.objects.exists()


def test_a_private_mailbox_is_no_contact(academy: Academy) -> None:
    client = Client()
    client.force_login(make_editor(academy), backend="django.contrib.auth.backends.ModelBackend")
    contact = {
        "contacts-TOTAL_FORMS": "1",
        "contacts-0-label": "Une chargée de mission",
        "contacts-0-name": "",
        "contacts-0-email": "camille@Gmail.com",
        "contacts-0-phone": "",
        "contacts-0-ORDER": "1",
        "contacts-0-DELETE": "",
        "contacts-0-id": "",
    }

    response = client.post(
        reverse(
            "wagtailadmin_pages:add", args=["campaigns", "campaignpage", academy.site.root_page_id]
        ),
        form_of_an_edition() | contact,
    )

    assert "email" in response.context["form"].formsets["contacts"].errors[0]


def test_an_editor_of_another_academy_adds_no_edition_to_ours(academy: Academy) -> None:
    other = make_site("amiens", "amiens.localhost", is_default=False)
    client = Client()
    client.force_login(make_editor(other), backend="django.contrib.auth.backends.ModelBackend")

    response = client.post(
        reverse(
            "wagtailadmin_pages:add", args=["campaigns", "campaignpage", academy.site.root_page_id]
        ),
        form_of_an_edition() | {"action-publish": "1"},
    )

    assert response.status_code in {302, 403}
    assert not CampaignPage.objects.exists()


def form_of_an_edition() -> dict[str, str]:
    """What the admin's form sends for a valid edition."""
    values = {
        "title": "Semaine 2027",
        "slug": "2027",
        "introduction": "",
        "school_year": "2026-2027",
        "edition": "5",
        "theme": "",
        "patron": "",
        "week_first_day": "2027-04-05",
        "week_last_day": "2027-04-09",
        "call_opens_at": "2027-01-18 08:00",
        "call_closes_at": "2027-03-09 23:59",
        "publication_on": "",
        "network_review": "on",
        "letter": "",
        "picture": "",
        "body-count": "0",
        "seo_title": "",
        "search_description": "",
        "go_live_at": "",
        "expire_at": "",
    }
    for prefix in ("key_figures", "contacts", "comments"):
        values |= {
            f"{prefix}-TOTAL_FORMS": "0",
            f"{prefix}-INITIAL_FORMS": "0",
            f"{prefix}-MIN_NUM_FORMS": "0",
            f"{prefix}-MAX_NUM_FORMS": "1000",
        }
    return values
