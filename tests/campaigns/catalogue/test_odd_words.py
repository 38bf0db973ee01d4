"""Words that nobody looks for: every search answers them as it answers any other."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.campaigns.scene import make_published

pytestmark = pytest.mark.django_db

ODD = {
    "very long": "a" * 100_000,
    "a thousand words": " ".join(f"mot{number}" for number in range(1_000)),
    "one word a thousand times": "radio " * 1_000,
    "a thousand times nearly a name": "rouan " * 1_000,
    "punctuation": "!?…«»()[]{}#%&*+,;:/\\|~^`<>=@$€_-'’\"",
    "operators of FTS5": 'title : "radio" AND (NOT x) OR NEAR("a" "b", 5) ^radio* + radio -y',
    "operators of tsquery": "radio & !x | (y <-> z):*AB <2> 'q' \\",
    "open quotes": "\"radio 'radio",
    "end of a statement": "'; DROP TABLE campaigns_action; --",
    "patterns": "%_radio% \\1 [a-z]+ (a+)+$",
    "zero bytes": "ra\x00dio \x00",
    "control characters": "\x01\x1b[31m\u202eoidar\ufeff",
    "half of a pair": "\udce9",
    "emoji": "📻 👩🏽‍🏫 radio 🇫🇷",
    "another writing": "راديو 廣播 ραδιο",
    "combining marks": "r" + "\u0301" * 500,
    "large numbers": "9" * 4_000,
    "digits of another writing": "١٢٣ ²³ ½",
    "blank": " \t\n ",
}


@pytest.mark.parametrize("words", ODD.values(), ids=ODD)
def test_they_are_answered_like_any_other(client, scene, words) -> None:
    make_published(scene, title="La radio")
    pages = ["/recherche/", f"/{scene.edition.slug}/actions/", f"/{scene.edition.slug}/agenda/"]
    for page in pages:
        assert client.get(page, {"q": "radio"}).status_code == 200

    for page in pages:
        with CaptureQueriesContext(connection) as queries:
            response = client.get(page, {"q": words.encode(errors="surrogateescape")})
        assert response.status_code == 200
        assert len(queries) <= 15


@pytest.mark.parametrize(
    "words", ["la « radio » !", '"radio":', "radio* & !", "radio\x00", "📻 radio", "RÀDIO"]
)
def test_signs_are_no_part_of_a_word(client, scene, words) -> None:
    make_published(scene, title="La radio")

    page = client.get(f"/{scene.edition.slug}/actions/", {"q": words})

    assert [fiche.title for fiche in page.context["page_obj"]] == ["La radio"]


@pytest.mark.parametrize(("words", "is_found"), [("rouan", True), ("radoi", False)])
def test_slips_are_forgiven_in_names_only(client, scene, words, is_found) -> None:
    make_published(scene, title="La radio")

    page = client.get(f"/{scene.edition.slug}/actions/", {"q": words})

    assert bool(page.context["page_obj"].object_list) is is_found
