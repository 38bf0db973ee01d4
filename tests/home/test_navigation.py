"""The frame of every page."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from wagtail import hooks
from wagtail.models import Page, PageViewRestriction, Site

from establishments.models import Academy
from home.models import AccessibilityPage, ContentPage, SiteSettings
from home.navigation import NAVIGATION_HOOK, Entry, Shell
from home.seeding import ensure_compulsory_pages
from tests.factories import ContentPageFactory, make_site

pytestmark = pytest.mark.django_db


def page_at(client: Client, path: str = "/") -> str:
    """The HTML at `path`, its spaces squeezed."""
    return re.sub(r"[ \n]+", " ", client.get(path).content.decode())


def menu_of(html: str) -> list[tuple[str, str]]:
    """Titles of the main menu, with their `aria-current`."""
    menu = html.split('id="navigation"', 1)[1].split("</nav>", 1)[0]
    links = re.findall(r"<a ([^>]*)>([^<]*)</a>", menu)
    return [
        (title, (re.search(r'aria-current="(\w+)"', attributes) or ["", ""])[1])
        for attributes, title in links
    ]


@pytest.fixture
def section(academy: Academy) -> ContentPage:
    """A page of the menu, with one below it."""
    section = ContentPageFactory(
        parent=academy.site.root_page, title="Ressources", slug="ressources", show_in_menus=True
    )
    ContentPageFactory(parent=section, title="Guide", slug="guide")
    return section


def test_the_menu_marks_the_page_and_the_section(section: ContentPage, client: Client) -> None:
    assert menu_of(page_at(client, "/ressources/")) == [("Accueil", ""), ("Ressources", "page")]
    assert menu_of(page_at(client, "/ressources/guide/")) == [
        ("Accueil", ""),
        ("Ressources", "true"),
    ]
    assert menu_of(page_at(client)) == [("Accueil", "page"), ("Ressources", "")]


def test_the_menu_holds_no_page_that_visitors_may_not_see(
    section: ContentPage, client: Client
) -> None:
    page_at(client)
    section.unpublish()
    assert menu_of(page_at(client)) == [("Accueil", "page")]

    section.save_revision().publish()
    assert ("Ressources", "") in menu_of(page_at(client))

    PageViewRestriction.objects.create(page=section, restriction_type="login")
    assert menu_of(page_at(client)) == [("Accueil", "page")]


@pytest.fixture
def _an_edition() -> Iterator[None]:
    """What another app would add to the menu: first an entry of its own, then a page's."""

    def contribute(request: object, home_page: Page) -> list[Entry]:
        return [Entry("Édition 2023", "/2023/"), Entry("Les ressources", "/ressources/")]

    with hooks.register_temporarily(NAVIGATION_HOOK, contribute):
        yield


@pytest.mark.usefixtures("_an_edition")
def test_other_apps_entries_come_first_and_once(section: ContentPage, client: Client) -> None:
    titles = [title for title, _state in menu_of(page_at(client))]

    assert titles == ["Accueil", "Édition 2023", "Les ressources"]


def test_the_names_come_from_the_settings_of_the_site(academy: Academy, client: Client) -> None:
    SiteSettings.objects.create(
        site=academy.site, brand="Académie|d’<Amiens>", service_title="La Semaine", tagline="Venez"
    )

    html = page_at(client)

    assert re.search(r"Académie ?<br> ?d’&lt;Amiens&gt;", html)
    assert "– La Semaine – Académie d’&lt;Amiens&gt;</title>" in html
    assert "Venez" in html
    assert 'class="site site--green-emeraude"' in html


def test_each_host_has_its_own_menu_and_names(section: ContentPage, client: Client) -> None:
    other = make_site("amiens", "amiens.localhost", is_default=False)
    SiteSettings.objects.create(site=other.site, brand="Académie|d’Amiens")

    html = client.get("/", headers={"host": "amiens.localhost"}).content.decode()

    assert "d’Amiens" in html
    assert menu_of(re.sub(r"\s+", " ", html)) == [("Accueil", "page")]


def test_the_breadcrumb_goes_from_home_to_the_page(section: ContentPage, client: Client) -> None:
    html = page_at(client, "/ressources/guide/")
    trail = html.split('aria-label="vous êtes ici\u00a0:"', 1)[1].split("</nav>", 1)[0]

    assert re.findall(r'href="([^"]+)"', trail) == ["/", "/ressources/"]
    assert re.search(r'aria-current="page">Guide</a>', trail)


def test_the_home_page_has_no_breadcrumb(academy: Academy, client: Client) -> None:
    assert "fr-breadcrumb" not in page_at(client)


def test_the_skip_links_lead_to_parts_of_the_page(academy: Academy, client: Client) -> None:
    html = page_at(client)
    skip = html.split('class="fr-skiplinks"', 1)[1].split("</nav>", 1)[0]
    targets = re.findall(r'href="#([^"]+)"', skip)

    assert targets == ["contenu", "navigation", "recherche", "pied-de-page"]
    for target in targets:
        assert f'id="{target}"' in html


def test_the_footer_announces_the_computed_conformity(academy: Academy, client: Client) -> None:
    ensure_compulsory_pages(academy.site.root_page.specific)
    assert "Accessibilité\u00a0: non conforme" in page_at(client)

    declaration = AccessibilityPage.objects.get()
    declaration.audited_on, declaration.rate = "2026-01-15", 72
    declaration.save_revision().publish()

    assert "Accessibilité\u00a0: partiellement conforme" in page_at(client)


def test_a_page_describes_itself_to_search_engines(academy: Academy, client: Client) -> None:
    ContentPageFactory(
        parent=academy.site.root_page,
        slug="guide",
        title="Le guide",
        introduction='Dit "tout" <b>',
        seo_title="Guide des équipes",
    )

    html = page_at(client, "/guide/")

    assert "<title>Guide des équipes – " in html
    assert 'name="description" content="Dit &quot;tout&quot; &lt;b&gt;"' in html
    assert 'rel="canonical" href="http://localhost/guide/"' in html


def test_a_host_without_a_site_still_gets_a_page(client: Client) -> None:
    Site.objects.all().delete()

    response = client.get("/nulle-part/")

    assert response.status_code == 404
    assert "Page introuvable" in response.content.decode()


def test_pages_need_no_cookie_and_can_be_cached(academy: Academy, client: Client) -> None:
    response = client.get("/")

    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")


@pytest.mark.parametrize("children", [1, 30])
def test_the_home_page_costs_few_queries_whatever_the_menu(
    academy: Academy,
    client: Client,
    children: int,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    ensure_compulsory_pages(academy.site.root_page.specific)
    for _ in range(children):
        ContentPageFactory(parent=academy.site.root_page, show_in_menus=True)
    SiteSettings.for_site(academy.site)
    Site.get_site_root_paths()  # asked once for all requests, kept in the cache

    # One of them asks for the contests whose gallery the menu leads to.
    with django_assert_max_num_queries(7):
        client.get("/")


def test_state_of_an_entry() -> None:
    shell = Shell(settings=SiteSettings())

    assert shell.state_of(Entry("Accueil", "/"), "/2023/") == ""
    assert shell.state_of(Entry("2023", "/2023/"), "/2023/actions/") == "true"
