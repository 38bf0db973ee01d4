"""The site map."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from wagtail.models import PageViewRestriction, Site

from establishments.models import Academy
from home.models import SiteSettings
from home.seeding import ensure_compulsory_pages
from home.site_map import tree_of
from tests.factories import ContentPageFactory, make_edition

pytestmark = pytest.mark.django_db


def links_of(client: Client) -> list[str]:
    """Every address in the content of the site map."""
    html = client.get("/plan-du-site/").content.decode()
    content = html.split('class="fr-grid-row fr-grid-row--gutters site-map"', 1)[1]
    return re.findall(r'href="([^"]+)"', content.split("</main>", 1)[0])


def test_every_public_page_is_listed_once_below_its_parent(
    academy: Academy, client: Client
) -> None:
    home_page = academy.site.root_page
    ensure_compulsory_pages(home_page.specific)
    parent = ContentPageFactory(parent=home_page, slug="ressources", title="Ressources")
    ContentPageFactory(parent=parent, slug="guide", title="Guide")

    assert [branch.title for branch in tree_of(academy.site)[-1].below] == ["Guide"]
    assert sorted(links_of(client)) == sorted(
        [
            "/",
            "/accessibilite/",
            "/mentions-legales/",
            "/donnees-personnelles/",
            "/gestion-des-cookies/",
            "/ressources/",
            "/ressources/guide/",
            "/espace/",
            "/recherche/",
        ]
    )


def test_what_is_not_public_is_left_out_with_what_lies_below(
    academy: Academy, client: Client
) -> None:
    home_page = academy.site.root_page
    draft = ContentPageFactory(parent=home_page, slug="brouillon", live=False)
    ContentPageFactory(parent=draft, slug="sous-brouillon")
    private = ContentPageFactory(parent=home_page, slug="prive")
    ContentPageFactory(parent=private, slug="sous-prive")
    PageViewRestriction.objects.create(page=private, restriction_type="login")

    assert links_of(client) == ["/", "/espace/", "/recherche/"]


def test_a_page_published_deleted_or_moved_is_seen_at_once(
    academy: Academy, client: Client
) -> None:
    home_page = academy.site.root_page
    assert "/guide/" not in links_of(client)

    guide = ContentPageFactory(parent=home_page, slug="guide")
    assert "/guide/" in links_of(client)

    shelf = ContentPageFactory(parent=home_page, slug="rayon")
    guide.move(shelf, pos="last-child")
    assert "/rayon/guide/" in links_of(client)

    guide.refresh_from_db()
    guide.delete()
    assert "/rayon/guide/" not in links_of(client)


@pytest.mark.parametrize("pages", [1, 30])
def test_it_costs_five_queries(
    academy: Academy,
    client: Client,
    pages: int,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    make_edition(academy, slug="2023", show_in_menus=True)
    for _ in range(pages):
        ContentPageFactory(parent=academy.site.root_page)
    SiteSettings.for_site(academy.site)
    Site.get_site_root_paths()  # asked once for all requests, kept in the cache

    with django_assert_max_num_queries(5):  # one of them a minute, for the gallery in the menu
        client.get("/plan-du-site/")
