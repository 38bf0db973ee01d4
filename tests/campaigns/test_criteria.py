"""What an address of the catalogue says, whatever is typed there."""

from __future__ import annotations

from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from campaigns.criteria import MOST_KEYS, Criteria, Facet


def read(query: str) -> Criteria:
    return Criteria.read(QueryDict(query.removeprefix("?")))


def test_an_address_is_read_and_written_in_one_form() -> None:
    criteria = read("?theme=motivation&niveau=3e&theme=commitment&q=  petit   déjeuner&page=3")

    assert criteria.words == "petit déjeuner"
    assert criteria.chosen == {Facet.LEVEL: ("3e",), Facet.THEME: ("commitment", "motivation")}
    assert criteria.query == "?q=petit+d%C3%A9jeuner&niveau=3e&theme=commitment&theme=motivation"
    assert read(criteria.query) == criteria


def test_nothing_chosen_leaves_nothing_out() -> None:
    assert not read("").is_narrowing
    assert read("").query == ""
    assert not read("?theme=&niveau=%00&public=../etc").is_narrowing


def test_a_key_is_chosen_and_left_again() -> None:
    criteria = read("?q=a").toggled(Facet.DAY, "2027-04-05")

    assert criteria.has(Facet.DAY, "2027-04-05")
    assert criteria.toggled(Facet.DAY, "2027-04-05") == read("?q=a")
    assert criteria.without(Facet.DAY) == read("?q=a")
    assert criteria.without_words().words == ""
    assert criteria.with_words("b").query == "?q=b&jour=2027-04-05"


def test_an_address_with_thousands_of_keys_is_cut() -> None:
    many = "&".join(f"theme=t{number}" for number in range(5_000))

    assert len(read(f"?{many}").chosen[Facet.THEME]) == MOST_KEYS


@given(st.text(max_size=60))
def test_whatever_is_typed_comes_back_as_it_was_understood(typed: str) -> None:
    data = QueryDict(mutable=True)
    for facet in Facet:
        data[facet.value] = typed
    data["q"] = typed

    criteria = Criteria.read(data)

    assert read(criteria.query) == criteria
