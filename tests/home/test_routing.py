"""From an address to its page: few queries, and nothing that Wagtail would not serve."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from wagtail.actions.create_alias import CreatePageAliasAction
from wagtail.models import Page, PageViewRestriction, Site

from establishments.models import Academy
from home.models import ContentPage, HomePage, SiteSettings
from home.routing import LEVELS_READ_AHEAD, ancestors_below, in_own_types
from tests.factories import ContentPageFactory, make_edition, make_site

pytestmark = pytest.mark.django_db

# The site, its home page and settings, the way to the page, what restricts it, the editions of the
# menu.
QUERIES_OF_THE_SHELL = 5
DEEP = "/".join("abcdefgh"[: LEVELS_READ_AHEAD + 2])


def chain(academy: Academy, slugs: str) -> ContentPage:
    """Pages below the home page, one below the other; the last of them."""
    page = academy.site.root_page
    for slug in slugs.split("/"):
        page = ContentPageFactory(parent=page, slug=slug, title=slug.capitalize())
    return page


def titled(client: Client, path: str) -> str:
    """The heading of the page at `path`."""
    response = client.get(path)
    assert response.status_code == 200
    return re.search(r"<h1[^>]*>\s*(.*?)\s*</h1>", response.content.decode(), re.DOTALL)[1]


@pytest.mark.parametrize("path", ["a", "a/b", "a/b/c", "a/a/a/a", DEEP])
def test_a_page_is_found_at_any_depth(academy: Academy, client: Client, path: str) -> None:
    chain(academy, path)

    assert titled(client, f"/{path}/") == path[-1].capitalize()


@pytest.mark.parametrize("path", ["z", "a/z", "a/b/z", "b", "a/c", "a/b/b"])
def test_what_is_not_there_is_not_found(academy: Academy, client: Client, path: str) -> None:
    chain(academy, "a/b")

    assert client.get(f"/{path}/").status_code == 404


def test_a_very_long_address_is_not_found(academy: Academy, client: Client) -> None:
    chain(academy, "a/b")

    assert client.get("/a/b" * 400 + "/").status_code == 404


def test_a_draft_is_not_found_and_what_is_below_it_is(academy: Academy, client: Client) -> None:
    below = chain(academy, "a/b")
    below.get_parent().specific.unpublish()

    assert client.get("/a/").status_code == 404
    assert titled(client, "/a/b/") == "B"


def test_each_site_finds_its_own_pages(academy: Academy, client: Client) -> None:
    chain(academy, "a")
    chain(make_site("amiens", "amiens.localhost", is_default=False), "b")

    assert client.get("/b/").status_code == 404
    assert client.get("/b/", headers={"host": "amiens.localhost"}).status_code == 200


def test_a_page_whose_stored_address_is_wrong_is_found_by_its_slug(
    academy: Academy, client: Client
) -> None:
    page = chain(academy, "a/b")
    Page.objects.filter(pk=page.pk).update(url_path="/ailleurs/")

    assert titled(client, "/a/b/") == "B"


def test_a_stored_address_that_is_wrong_leads_to_no_other_page(
    academy: Academy, client: Client
) -> None:
    page, other = chain(academy, "a/b"), chain(academy, "c/b")
    Page.objects.filter(pk=other.pk).update(url_path=page.url_path, title="Autre")
    Page.objects.filter(pk=page.pk).update(url_path="/ailleurs/")

    assert titled(client, "/a/b/") == "B"


@pytest.mark.parametrize("restricted", ["root", "home", "a", "b"])
def test_a_restriction_on_the_page_or_above_it_keeps_it_from_visitors(
    academy: Academy, client: Client, restricted: str
) -> None:
    page = chain(academy, "a/b")
    assert client.get("/a/b/").status_code == 200
    above = dict(zip(["root", "home", "a", "b"], page.get_ancestors(inclusive=True), strict=True))

    PageViewRestriction.objects.create(page=above[restricted], restriction_type="login")

    assert client.get("/a/b/").status_code == 302


def test_a_restriction_beside_the_page_or_below_it_does_not_concern_it(
    academy: Academy, client: Client
) -> None:
    for page in (chain(academy, "b"), chain(academy, "a/c")):
        PageViewRestriction.objects.create(page=page, restriction_type="login")

    assert client.get("/a/").status_code == 200


@pytest.mark.parametrize("below", ["", "x/"])
def test_an_alias_is_as_restricted_as_its_source(
    academy: Academy, client: Client, below: str
) -> None:
    source = chain(academy, "a")
    ContentPageFactory(parent=source, slug="x")
    alias = CreatePageAliasAction(source, update_slug="alias", recursive=True).execute()
    again = CreatePageAliasAction(alias, update_slug="encore", recursive=True).execute()
    assert again.alias_of_id == alias.pk
    assert client.get(f"/encore/{below}").status_code == 200

    PageViewRestriction.objects.create(page=source, restriction_type="login")

    assert client.get(f"/alias/{below}").status_code == 302
    assert client.get(f"/encore/{below}").status_code == 302


def test_the_breadcrumb_leaves_out_a_page_that_is_not_published(
    academy: Academy, client: Client
) -> None:
    below = chain(academy, "a/b/c")
    below.get_parent().specific.unpublish()

    html = client.get("/a/b/c/").content.decode()
    trail = html.split('aria-label="vous êtes ici\u00a0:"', 1)[1].split("</nav>", 1)[0]

    assert re.findall(r'href="([^"]+)"', trail) == ["/", "/a/"]


@pytest.mark.parametrize("path", ["a", "a/b", "a/b/c"])
def test_the_shell_costs_six_queries_at_any_depth(
    academy: Academy,
    client: Client,
    path: str,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    make_edition(academy, slug="2023")
    chain(academy, path)
    SiteSettings.for_site(academy.site)
    client.get(f"/{path}/")

    with django_assert_num_queries(QUERIES_OF_THE_SHELL):
        client.get(f"/{path}/")


def test_pages_come_in_their_own_types_in_one_query(
    academy: Academy, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    make_edition(academy, slug="2023")
    chain(academy, "a/b")
    Site.get_site_root_paths()
    wanted = list(Page.objects.specific())

    with django_assert_num_queries(1):
        found = in_own_types(Page.objects.all())
        bodies = [page.body.raw_data for page in found if hasattr(page, "body")]

    assert [type(page) for page in found] == [type(page) for page in wanted]
    assert {HomePage, ContentPage} < {type(page) for page in found}
    assert len(bodies) == 4


def test_the_ancestors_of_a_page_come_from_the_highest_down(academy: Academy) -> None:
    page = ContentPage.objects.get(pk=chain(academy, "a/b/c").pk)

    assert [above.title for above in ancestors_below(page, 2)] == ["A", "B"]
    assert ancestors_below(academy.site.root_page, 2) == []
