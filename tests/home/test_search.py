"""The search page."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.http import HttpRequest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail import hooks
from wagtail.models import PageViewRestriction

from establishments.models import Academy
from home.search import QUERY_CHARACTERS, QUERY_WORDS, SEARCH_HOOK, Found, Section, clean_query
from tests.factories import ContentPageFactory, make_site

pytestmark = pytest.mark.django_db

ATTACKS = [
    "",
    "q=",
    "q=%00",
    "q=a%00b",
    "q=%FF%FE",
    "q=%22%22%22",
    "q=%27%20OR%201%3D1%20--",
    "q=*",
    "q=(((",
    "q=-",
    "q=a%20AND%20OR%20NOT",
    "q=NEAR(a%20b)",
    "q=title%3Ax",
    "q=%E2%80%AE",
    "q=" + "a" * 5000,
    "q=" + "%20".join(["mot"] * 500),
    "q=guide&page=abc",
    "q=guide&page=999999999999999999999",
    "q=guide&page=-1",
    "q=guide&page=0",
    "q=guide&page=%00",
    "q[]=guide&q=guide&q=autre",
    "page=2",
]


def links_of(client: Client, query: str, page: int = 1) -> list[str]:
    """Addresses of the results."""
    html = client.get("/recherche/", {"q": query, "page": page}).content.decode()
    return re.findall(r'<h3[^>]*>\s*<a href="([^"]+)"', html.split("<main", 1)[1])


@pytest.mark.parametrize("query", ATTACKS)
def test_no_query_string_whatever_is_an_error(academy: Academy, client: Client, query: str) -> None:
    ContentPageFactory(parent=academy.site.root_page, title="Guide", slug="guide")

    assert client.get(f"/recherche/?{query}").status_code == 200


def test_a_page_is_found_by_a_word_of_its_body_and_not_by_another(
    academy: Academy, client: Client
) -> None:
    ContentPageFactory(
        parent=academy.site.root_page,
        slug="guide",
        body=[("text", "<p>La boussole des équipes</p>")],
    )

    assert links_of(client, "boussole") == ["/guide/"]
    assert links_of(client, "sextant") == []


def test_only_public_pages_of_this_site_are_found(academy: Academy, client: Client) -> None:
    home_page = academy.site.root_page
    other = make_site("amiens", "amiens.localhost", is_default=False)
    ContentPageFactory(parent=other.site.root_page, title="Boussole d’ailleurs")
    ContentPageFactory(parent=home_page, title="Boussole en projet", live=False)
    private = ContentPageFactory(parent=home_page, title="Boussole privée")
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    ContentPageFactory(parent=home_page, title="Boussole publique", slug="publique")

    assert links_of(client, "boussole") == ["/publique/"]


def test_results_are_in_pages_whose_links_keep_the_query(academy: Academy, client: Client) -> None:
    for number in range(12):
        ContentPageFactory(
            parent=academy.site.root_page, title="Boussole", slug=f"boussole-{number}"
        )

    first, second = links_of(client, "boussole"), links_of(client, "boussole", page=2)
    html = client.get("/recherche/?q=boussole").content.decode()

    assert len(first) == 10
    assert len(second) == 2
    assert not set(first) & set(second)
    assert 'href="?q=boussole&amp;page=2"' in html
    assert "page 1 sur 2" in html


def test_what_is_typed_is_shown_escaped(academy: Academy, client: Client) -> None:
    html = client.get("/recherche/", {"q": "<script>alert(1)</script>"}).content.decode()

    assert "<script>alert" not in html


@pytest.fixture
def _fiches() -> Iterator[None]:
    """What another app would find."""

    def find(request: HttpRequest, query: str, limit: int) -> Section | None:
        if query != "tutorat":
            return None
        found = [Found("Tutorat <croisé>", "/2023/actions/1-tutorat/", detail="Collège du Lac")]
        return Section("Fiches-actions", found, total=8, more_url="/2023/actions/?q=tutorat")

    with hooks.register_temporarily(SEARCH_HOOK, find):
        yield


@pytest.mark.usefixtures("_fiches")
def test_other_apps_add_their_findings(academy: Academy, client: Client) -> None:
    html = client.get("/recherche/?q=tutorat").content.decode()

    assert "Fiches-actions" in html
    assert "Tutorat &lt;croisé&gt;" in html
    assert 'href="/2023/actions/?q=tutorat"' in html
    assert "8 résultats" in html
    assert "Fiches-actions" not in client.get("/recherche/?q=autre").content.decode()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=500))
def test_a_query_is_always_short_and_printable(typed: str) -> None:
    cleaned = clean_query(typed)

    assert len(cleaned) <= QUERY_CHARACTERS
    assert len(cleaned.split()) <= QUERY_WORDS
    assert cleaned == "" or cleaned.isprintable()


def test_a_query_keeps_apostrophes_and_hyphens_inside_words() -> None:
    assert clean_query("  l’élève  de Saint-Lô ! ") == "l’élève de Saint-Lô"
