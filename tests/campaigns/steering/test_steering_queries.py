"""How many queries the dashboard costs, the frame of the admin included."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from campaigns.enums import Status
from campaigns.models import Action
from campaigns.steering import numbers
from campaigns.steering.dashboard import dashboard_of
from campaigns.steering.numbers import read_numbers
from campaigns.steering.scope import reach_of
from tests.campaigns.admin_browser import signed_in
from tests.campaigns.scene import NOW
from tests.campaigns.steering.cases import Steered, hand_in, some_fiches
from tests.campaigns.steering.reading import dashboard, key_numbers
from tests.factories import EstablishmentFactory, make_edition

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_that_time")]

MOST = 15


def queries_of(user: Any, address: str) -> int:
    """Those of Wagtail's own frame included."""
    client = signed_in(user)
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


@pytest.mark.parametrize("role", ["editor", "lead", "observer"])
@pytest.mark.parametrize("name", ["steering", "steering_answers"])
def test_fifteen_queries_at_most_however_many_fiches(site: Steered, role: str, name: str) -> None:
    make_edition(
        site.academy,
        call_opens_at=datetime(2022, 1, 17, 8, tzinfo=UTC),
        call_closes_at=datetime(2022, 3, 10, 22, 59, 59, tzinfo=UTC),
    )
    address = reverse(name, args=[site.edition.pk]) + "?answer=all"
    hand_in(site.edition, site.schools[0], Status.PUBLISHED)
    few = queries_of(getattr(site, role), address)
    assert few <= MOST
    for number in range(30):
        school = EstablishmentFactory(
            academy=site.academy,
            department=site.departments[number % 2],
            network=site.networks[number % 2],
        )
        hand_in(site.edition, school, Status.PUBLISHED)
        hand_in(site.edition, school, Status.ACADEMY_REVIEW)
    assert queries_of(getattr(site, role), address) == few


@pytest.mark.parametrize("role", ["editor", "lead", "observer"])
def test_all_the_numbers_come_from_seven_queries(
    site: Steered, role: str, django_assert_num_queries: Any
) -> None:
    """Beside those of Wagtail's own frame: session, menu, locale, site."""
    some_fiches(site)
    ContentType.objects.get_for_model(Action)
    with django_assert_num_queries(7):
        reach = reach_of(getattr(site, role))
        (edition,) = reach.shown()
        dashboard_of(read_numbers(reach.scopes_of(edition)[0], edition, None, NOW))


@pytest.mark.parametrize("role", ["editor", "lead", "observer"])
def test_who_the_reader_is_is_asked_once_a_page(site: Steered, role: str) -> None:
    client = signed_in(getattr(site, role))
    with CaptureQueriesContext(connection) as queries:
        assert client.get(reverse("steering", args=[site.edition.pk])).status_code == 200
    asked = [one["sql"] for one in queries if "establishments_network_leads" in one["sql"]]
    assert len(asked) == 1
    assert "auth_permission" in asked[0]


def test_a_large_edition_is_counted_again_once_a_fiche_changes(
    site: Steered, monkeypatch: pytest.MonkeyPatch, django_assert_max_num_queries: Any
) -> None:
    monkeypatch.setattr(numbers, "LARGE", 1)
    first = hand_in(site.edition, site.schools[0])
    assert key_numbers(dashboard(site.editor, site))[0] == "1"
    with django_assert_max_num_queries(3):
        reach = reach_of(site.editor)
        (edition,) = reach.shown()
        read_numbers(reach.scopes_of(edition)[0], edition, None, NOW)
    # Kept for one scope, it says nothing in another.
    assert key_numbers(dashboard(site.observer, site))[0] == "1"
    hand_in(site.edition, site.schools[1])
    assert key_numbers(dashboard(site.editor, site))[0] == "2"
    assert key_numbers(dashboard(site.lead, site))[0] == "1"
    later = NOW + timedelta(minutes=1)
    Action.objects.filter(pk=first.pk).update(status=Status.REFUSED, status_changed_at=later)
    assert key_numbers(dashboard(site.editor, site))[2] == "1"
