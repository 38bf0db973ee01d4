"""What Wagtail does with the pages: publication, redirects, sitemap, robots, hierarchy."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.core.management import call_command
from django.http import HttpRequest
from django.test import Client
from django.utils import timezone
from django.utils.safestring import mark_safe
from wagtail import hooks
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from establishments.models import Academy
from home.highlights import HIGHLIGHTS_HOOK
from home.models import AccessibilityPage, ContentPage, HomePage
from tests.factories import ContentPageFactory, make_site
from tests.home.contents import make_picture

pytestmark = pytest.mark.django_db


def test_a_page_scheduled_for_later_appears_and_goes_on_time(
    academy: Academy, client: Client
) -> None:
    page = ContentPageFactory(parent=academy.site.root_page, slug="guide", live=False)
    now = timezone.now()
    page.go_live_at, page.expire_at = now + timedelta(hours=1), now + timedelta(hours=3)
    page.save_revision(approved_go_live_at=page.go_live_at).publish()

    seen = []
    for hours in (0, 2, 4):
        with time_machine.travel(now + timedelta(hours=hours), tick=False):
            call_command("publish_scheduled")
            seen.append(client.get("/guide/").status_code)

    assert seen == [404, 200, 404]


def test_an_old_address_leads_to_its_new_page(academy: Academy, client: Client) -> None:
    page = ContentPageFactory(parent=academy.site.root_page, slug="guide")
    Redirect.add_redirect("/ancien-guide", redirect_to=page, is_permanent=True)

    response = client.get("/ancien-guide/")

    assert response.status_code == 301
    assert response["Location"].endswith("/guide/")


def test_the_sitemap_lists_public_pages_of_its_host(academy: Academy, client: Client) -> None:
    ContentPageFactory(parent=academy.site.root_page, slug="guide")
    ContentPageFactory(parent=academy.site.root_page, slug="brouillon", live=False)
    other = make_site("amiens", "amiens.localhost", is_default=False)
    ContentPageFactory(parent=other.site.root_page, slug="ailleurs")

    xml = client.get("/sitemap.xml").content.decode()

    assert re.findall(r"<loc>([^<]+)</loc>", xml) == [
        "http://localhost/",
        "http://localhost/guide/",
    ]


def test_robots_are_kept_out_of_private_spaces_and_shown_the_sitemap(client: Client) -> None:
    response = client.get("/robots.txt")
    text = response.content.decode()

    assert response["Content-Type"].startswith("text/plain")
    for prefix in ("/admin/", "/espace/", "/recherche/"):
        assert f"Disallow: {prefix}\n" in text
    assert "Sitemap: http://testserver/sitemap.xml" in text


def test_a_home_page_shows_its_headline_or_its_title(academy: Academy, client: Client) -> None:
    home_page = academy.site.root_page.specific
    assert f">{home_page.title}</h1>" in client.get("/").content.decode()

    home_page.headline = "Rien n’est joué"
    home_page.introduction = "Une semaine."
    home_page.picture = make_picture("Préau")
    home_page.save_revision().publish()
    html = client.get("/").content.decode()

    assert ">Rien n’est joué</h1>" in html
    assert "Une semaine." in html
    assert "site-hero__picture" in html


@pytest.fixture
def _highlights() -> Iterator[None]:
    """What two other apps show on the home page: something, and nothing."""

    def show(request: HttpRequest, home_page: Page) -> str:
        return mark_safe(f"<h2>Édition de {home_page.title}</h2>")

    def hide(request: HttpRequest, home_page: Page) -> str:
        return ""

    with (
        hooks.register_temporarily(HIGHLIGHTS_HOOK, show),
        hooks.register_temporarily(HIGHLIGHTS_HOOK, hide),
    ):
        yield


@pytest.mark.usefixtures("_highlights")
def test_other_apps_have_their_place_on_the_home_page(academy: Academy, client: Client) -> None:
    html = client.get("/").content.decode()

    assert f"<h2>Édition de {academy.site.root_page.title}</h2>" in html
    assert html.count("site-block--highlight") == 1


def test_a_page_lists_the_public_pages_below_it(academy: Academy, client: Client) -> None:
    parent = ContentPageFactory(parent=academy.site.root_page, slug="ressources")
    assert "Dans cette rubrique" not in client.get("/ressources/").content.decode()

    ContentPageFactory(parent=parent, slug="guide", title="Guide")
    ContentPageFactory(parent=parent, slug="projet", title="Projet", live=False)
    html = client.get("/ressources/").content.decode()

    assert "Dans cette rubrique" in html
    assert 'href="/ressources/guide/"' in html
    assert "Projet" not in html


def test_pages_go_where_they_belong() -> None:
    assert AccessibilityPage in HomePage.allowed_subpage_models()
    assert AccessibilityPage not in ContentPage.allowed_subpage_models()
    assert ContentPage.allowed_subpage_models() == [ContentPage]
    assert HomePage not in HomePage.allowed_subpage_models()


def test_what_schools_type_is_never_taken_for_html_by_the_design_system() -> None:
    from django.template import Context, Template

    text = "<script>alert(1)</script>"
    template = Template("{% load dsfr_tags %}{% dsfr_alert data %}{% dsfr_accordion data %}")

    html = template.render(
        Context({"data": {"type": "info", "title": text, "content": text, "id": "a"}})
    )

    assert settings.DSFR_CONTENT_IS_SAFE is False
    assert "<script>" not in html
