"""A catalogue that gives fiches their addresses is not deleted by mistake."""

from __future__ import annotations

import pytest
from django.urls import reverse

from campaigns.editions import catalogue_of
from campaigns.models import ActionIndexPage
from establishments.models import Academy
from tests.campaigns.admin_browser import signed_in
from tests.factories import ActionFactory, EstablishmentFactory, UserFactory, make_edition

pytestmark = pytest.mark.django_db


@pytest.fixture
def catalogue(academy: Academy) -> ActionIndexPage:
    found = catalogue_of(make_edition(academy))
    assert found is not None
    return found


def addresses(catalogue: ActionIndexPage) -> list[str]:
    several = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    return [
        reverse("wagtailadmin_pages:delete", args=[catalogue.pk]),
        f"{several}?id={catalogue.pk}",
    ]


@pytest.mark.parametrize("way", [0, 1])
def test_a_catalogue_with_fiches_is_not_deleted(
    academy: Academy, catalogue: ActionIndexPage, way: int
) -> None:
    ActionFactory(campaign=catalogue.edition, establishment=EstablishmentFactory(academy=academy))
    browser = signed_in(UserFactory(is_superuser=True))

    response = browser.post(addresses(catalogue)[way], follow=True)

    assert ActionIndexPage.objects.filter(pk=catalogue.pk).exists()
    assert "Mettez-la plutôt hors ligne" in response.content.decode()


@pytest.mark.parametrize("way", [0, 1])
def test_a_catalogue_without_fiches_is_deleted(catalogue: ActionIndexPage, way: int) -> None:
    signed_in(UserFactory(is_superuser=True)).post(addresses(catalogue)[way])

    assert not ActionIndexPage.objects.filter(pk=catalogue.pk).exists()
