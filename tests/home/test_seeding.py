"""The compulsory pages of a fresh site."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from wagtail.models import Page

from establishments.models import Academy
from home.models import ContentPage, SiteSettings
from home.seeding import COMPULSORY_SLUGS, LegalFacts, ensure_compulsory_pages


@pytest.fixture
def fresh(academy: Academy) -> Academy:
    """A site as it is after its installation."""
    SiteSettings.objects.create(
        site=academy.site, brand="Académie|de Normandie", contact_email="semaine@ac.example"
    )
    ensure_compulsory_pages(academy.site.root_page.specific)
    return academy


def text_of(client: Client, address: str) -> str:
    """The HTML at `address`."""
    return client.get(address).content.decode()


@pytest.mark.django_db
def test_every_link_of_the_footer_answers(fresh: Academy, client: Client) -> None:
    footer = text_of(client, "/").split("<footer", 1)[1]
    links = [link for link in re.findall(r'href="(/[^"]*)"', footer) if link != "/"]

    assert len(links) == 5
    for link in links:
        assert client.get(link).status_code == 200, link


@pytest.mark.django_db
def test_a_second_call_changes_nothing_and_edits_are_kept(fresh: Academy) -> None:
    page = ContentPage.objects.get(slug="mentions-legales")
    page.body = [("text", "<p>Réécrit par le service.</p>")]
    page.save_revision().publish()
    number = Page.objects.count()

    ensure_compulsory_pages(fresh.site.root_page.specific)

    assert Page.objects.count() == number
    page.refresh_from_db()
    assert "Réécrit par le service." in str(page.body)


@pytest.mark.django_db
def test_an_unpublished_page_is_not_published_again(fresh: Academy) -> None:
    page = Page.objects.get(slug="gestion-des-cookies")
    page.unpublish()

    ensure_compulsory_pages(fresh.site.root_page.specific)

    page.refresh_from_db()
    assert not page.live


@pytest.mark.django_db
def test_the_texts_name_the_academy_its_mailbox_and_what_is_left_to_fill_in(
    fresh: Academy, client: Client
) -> None:
    html = text_of(client, "/mentions-legales/")

    assert "Académie de Normandie" in html
    assert 'href="mailto:semaine@ac.example"' in html
    assert "[À compléter" in html


@pytest.mark.django_db
def test_facts_given_leave_nothing_to_fill_in_and_are_escaped(
    academy: Academy, client: Client
) -> None:
    SiteSettings.objects.create(site=academy.site, contact_email="semaine@ac.example")
    facts = LegalFacts(
        publisher_address="25 rue du Marché",
        director="La rectrice <b>d’académie</b>",
        host="Hébergeur",
        data_protection_officer="dpd@ac.example",
    )
    ensure_compulsory_pages(academy.site.root_page.specific, facts)

    for slug in COMPULSORY_SLUGS:
        assert "À compléter" not in text_of(client, f"/{slug}/")
    assert "La rectrice &lt;b&gt;" in text_of(client, "/mentions-legales/")


@pytest.mark.django_db
def test_the_cookies_page_names_every_cookie_of_the_site(fresh: Academy, client: Client) -> None:
    html = text_of(client, "/gestion-des-cookies/")

    for name in ("sessionid", "csrftoken", "scheme"):
        assert f"{name}</h3>" in html


@pytest.mark.django_db
def test_two_academies_have_their_own_pages(fresh: Academy) -> None:
    from tests.factories import make_site

    other = make_site("amiens", "amiens.localhost", is_default=False)
    ensure_compulsory_pages(other.site.root_page.specific)

    response = Client(headers={"host": "amiens.localhost"}).get("/mentions-legales/")
    assert response.status_code == 200
    assert "Normandie" not in response.content.decode()
