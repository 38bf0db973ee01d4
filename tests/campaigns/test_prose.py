"""The plain text of establishments, as safe HTML."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.prose import html_of


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("", ""),
        ("  \r\n ", ""),
        ("Une ligne.", "<p>Une ligne.</p>"),
        ("Une ligne\r\net sa suite.", "<p>Une ligne<br>et sa suite.</p>"),
        ("Un.\n\n \nDeux.", "<p>Un.</p>\n<p>Deux.</p>"),
        ("- un\n- deux", "<ul><li>un</li><li>deux</li></ul>"),
        (
            "Il faut :\n• du temps\n– des gens\nEt c’est tout.",
            "<p>Il faut :</p>\n<ul><li>du temps</li><li>des gens</li></ul>\n<p>Et c’est tout.</p>",
        ),
        ("-10 % d’absences", "<p>-10 % d’absences</p>"),
        ("https://exemple.fr", "<p>https://exemple.fr</p>"),
        (
            "<script>alert(1)</script> & {{ x }} %s {0}",
            "<p>&lt;script&gt;alert(1)&lt;/script&gt; &amp; {{ x }} %s {0}</p>",
        ),
    ],
)
def test_text_shows_as_it_was_typed(typed, shown) -> None:
    assert html_of(typed) == shown


@given(st.text(alphabet=st.sampled_from("a<>&\"'-•\n\r {}%/"), max_size=60))
def test_nothing_typed_becomes_markup_of_its_own(typed) -> None:
    shown = html_of(typed)

    for tag in ("p", "ul", "li"):
        assert shown.count(f"<{tag}>") == shown.count(f"</{tag}>")
    for allowed in ("<p>", "</p>", "<ul>", "</ul>", "<li>", "</li>", "<br>"):
        shown = shown.replace(allowed, "")
    assert "<" not in shown
    assert ">" not in shown
