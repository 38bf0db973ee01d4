"""A catalogue that gives fiches their addresses is not deleted by mistake."""

from __future__ import annotations

import pytest
from django.urls import reverse
from wagtail.admin.api.views import PagesAdminAPIViewSet
from wagtail.models import Page

from campaigns.editions import catalogue_of
from campaigns.models import ActionIndexPage
from establishments.models import Academy
from tests.campaigns.admin_browser import signed_in
from tests.factories import ActionFactory, EstablishmentFactory, UserFactory, make_edition

pytestmark = pytest.mark.django_db

API = "/admin/api/main/pages/"


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


@pytest.mark.parametrize("action", sorted(PagesAdminAPIViewSet.actions))
def test_no_page_changes_through_the_api_of_the_admin_which_asks_no_hook(
    academy: Academy, catalogue: ActionIndexPage, action: str
) -> None:
    ActionFactory(campaign=catalogue.edition, establishment=EstablishmentFactory(academy=academy))
    browser = signed_in(UserFactory(is_superuser=True))
    before = list(Page.objects.order_by("pk").values())

    page = browser.get(f"{API}{catalogue.pk}/")
    refused = browser.post(f"{API}{catalogue.pk}/action/{action}/")

    assert (page.status_code, refused.status_code) == (200, 404)
    assert list(Page.objects.order_by("pk").values()) == before
