"""What narrows the gallery: read from an address, counted, put into words to look for."""

from __future__ import annotations

import re

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from contest.gallery_filters import (
    Filters,
    Group,
    facets_of,
    known_only,
    loosenings_of,
    number_found,
)
from contest.gallery_search import MOST_WORDS, pattern_of, search_words
from establishments.folding import fold

GROUPS = [
    Group("1", "Écoles", 4, 1, 0, "076", "Seine-Maritime", "primary"),
    Group("2", "Collèges", 3, 0, 1, "076", "Seine-Maritime", "college"),
    Group("2", "Collèges", 2, 2, 1, "027", "Eure", "college"),
]


def read(address: str, *, with_establishments: bool = True) -> Filters:
    """The filters of a query string."""
    return Filters.read(QueryDict(address), with_establishments=with_establishments)


def test_an_address_says_what_narrows() -> None:
    filters = read("q=mur+escalade&categorie=3&departement=2A&type=college&page=2")

    assert filters == Filters("mur escalade", "3", "2A", "college")
    assert filters.query == "?q=mur+escalade&categorie=3&departement=2A&type=college"
    assert filters.without("words").query == "?categorie=3&departement=2A&type=college"
    assert Filters().query == ""
    assert Filters().query_with(page=2) == "?page=2"


def test_before_the_results_an_establishment_is_no_filter() -> None:
    filters = read("categorie=3&departement=076&type=college", with_establishments=False)

    assert filters == Filters(category="3")


@pytest.mark.parametrize(
    "address",
    [
        "categorie=0",
        "categorie=-1",
        "categorie=²",
        "categorie=" + "9" * 5000,
        "departement=%00",
        "departement=7600000",
        "departement=٣٣",
        "type=castle",
        "q=%00%0d",
        "q=!!!",
        "categorie[]=1&q[]=2",
    ],
)
def test_what_means_nothing_narrows_nothing(address: str) -> None:
    assert not read(address).is_narrowing


@given(st.dictionaries(st.sampled_from(["q", "categorie", "departement", "type"]), st.text()))
def test_filters_read_from_their_own_address_are_the_same(typed: dict[str, str]) -> None:
    filters = Filters.read(typed, with_establishments=True)

    assert read(filters.query.removeprefix("?")) == filters


def test_each_choice_counts_what_it_would_show_with_the_other_filters() -> None:
    filters = Filters(words="mur", category="2")

    facets = {facet.name: facet for facet in facets_of(GROUPS, filters)}

    assert [(one.label, one.count) for one in facets["category"].choices] == [
        ("Écoles", 1),
        ("Collèges", 2),
    ]
    assert [one.label for one in facets["category"].choices if one.is_chosen] == ["Collèges"]
    assert facets["category"].query_without == "?q=mur"
    assert [(one.value, one.count) for one in facets["department"].choices] == [
        ("027", 2),
        ("076", 0),
    ]
    assert facets["department"].choices[0].query == "?q=mur&categorie=2&departement=027"
    assert number_found(GROUPS, filters) == 2
    assert number_found(GROUPS, Filters(category="2")) == 5


def test_a_facet_with_a_single_value_is_not_offered() -> None:
    assert facets_of(GROUPS[1:2], Filters()) == []


def test_a_value_that_no_poster_has_is_given_up() -> None:
    filters = Filters(words="mur", category="99", department="076", kind="cfa")

    assert known_only(filters, GROUPS) == Filters(words="mur", department="076")


def test_where_nothing_is_found_the_filters_worth_giving_up_are_named_with_what_they_hide() -> None:
    filters = Filters(words="mur", category="2", department="076")

    found = loosenings_of(GROUPS, filters)

    assert [(one.name, one.label, one.count) for one in found] == [
        ("words", "mur", 3),
        ("department", "Seine-Maritime", 2),
        ("category", "Collèges", 1),
    ]
    assert found[0].query == "?categorie=2&departement=076"


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("lycee", "Le Lycée"),
        ("lycée", "LYCEE"),
        ("ÉCOLE", "une école"),
        ("coeur", "Le cœur"),
        ("cœur", "LE COEUR"),
        ("Œuvre", "œuvre"),
        ("ça", "CA"),
    ],
)
def test_words_are_found_whatever_their_accents_and_case(typed: str, text: str) -> None:
    assert all(re.search(pattern_of(word), text) for word in search_words(typed))


@given(st.text())
def test_every_word_typed_makes_a_pattern_that_finds_itself(typed: str) -> None:
    words = search_words(typed)

    assert len(words) <= MOST_WORDS
    for word in words:
        assert re.search(pattern_of(word), fold(typed))


def test_the_longest_words_are_looked_for_first() -> None:
    assert search_words("le mur d’escalade, le mur") == ["escalade", "mur", "le", "d"]
