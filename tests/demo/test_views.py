"""The demo's pages before anything is loaded."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.factories import make_site

pytestmark = pytest.mark.django_db


def test_an_empty_site_says_how_to_load_the_content(client: Client) -> None:
    page = client.get("/demo/").content.decode()

    assert "load_demo" in page


@pytest.mark.parametrize("slug", ["etablissement", "editrice"])
def test_nobody_can_be_entered_as_before_the_content_is_loaded(client: Client, slug: str) -> None:
    response = client.post(f"/demo/entrer/{slug}/")

    assert response.status_code == 404
    assert "_auth_user_id" not in client.session


def test_an_academy_that_is_not_the_demos_has_no_roles(client: Client) -> None:
    make_site(slug="rennes")

    page = client.get("/demo/").content.decode()

    assert "load_demo" in page
    assert "/demo/entrer/" not in page
