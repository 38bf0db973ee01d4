"""Sets of fiches as bits: selection, counts, and names mistyped."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.criteria import Facet
from campaigns.facet_index import Entry, FacetIndex, build, positions_of, slips

LEVELS = ("6e", "5e", "4e", "3e")
THEMES = ("a", "b", "c")

fiches = st.lists(
    st.tuples(st.sets(st.sampled_from(LEVELS)), st.sets(st.sampled_from(THEMES))), max_size=40
)
keys = st.sets(st.sampled_from([*LEVELS, *THEMES, "unknown"]))


def index_of(held: list[tuple[Collection[str], Collection[str]]]) -> FacetIndex:
    return build(
        [
            Entry(
                pk=1_000 - place,
                establishment=place,
                keys={Facet.LEVEL: levels, Facet.THEME: themes},
            )
            for place, (levels, themes) in enumerate(held)
        ]
    )


@given(fiches, keys, keys)
def test_selection_and_counts_agree_with_a_walk_through_the_fiches(held, levels, themes) -> None:
    index = index_of(held)
    chosen = {Facet.LEVEL: tuple(levels), Facet.THEME: tuple(themes)}

    expected = [
        1_000 - place
        for place, (own_levels, own_themes) in enumerate(held)
        if (not levels or own_levels & levels) and (not themes or own_themes & themes)
    ]
    counts = {
        level: sum(
            1
            for own_levels, own_themes in held
            if level in own_levels and (not themes or own_themes & themes)
        )
        for level in LEVELS
    }

    assert index.ids_of(index.chosen(chosen)) == expected
    counted = index.counts(Facet.LEVEL, chosen, index.everything)
    assert {key: number for key, number in counted.items() if number} == {
        key: number for key, number in counts.items() if number
    }


def test_fiches_are_found_by_their_numbers_and_unknown_ones_left_out() -> None:
    index = index_of([(["6e"], []), (["5e"], []), ([], [])])

    assert index.ids_of(index.of_ids([998, 12, 1_000])) == [1_000, 998]


def test_a_fiche_is_gone_at_the_instant_its_dates_end() -> None:
    ends = datetime(2027, 4, 10, tzinfo=UTC)
    index = build(
        [Entry(pk=1, keys={}, establishment=1, expires_at=ends), Entry(2, {}, establishment=1)]
    )

    assert index.ids_of(index.shown_at(ends.replace(day=9))) == [1, 2]
    assert index.ids_of(index.shown_at(ends)) == [2]


def test_an_edition_without_fiches_has_no_selection() -> None:
    index = build([])

    assert index.everything == 0
    assert index.counts(Facet.THEME, {}, index.everything) == {}
    assert index.guesses("hawking") == []


@given(st.sets(st.integers(0, 500)))
def test_positions_come_back_in_order(places: set[int]) -> None:
    assert list(positions_of(sum(1 << place for place in places))) == sorted(places)


NAMES = build(
    [
        Entry(1, {}, establishment=1, names=("college", "hawking", "fleury", "orne")),
        Entry(2, {}, establishment=2, names=("lycee", "louvigne", "desert", "charpak")),
    ]
)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("hawkins", ["hawking"]),
        ("hakwing", ["hawking"]),
        ("haking", ["hawking"]),
        ("colege", ["college"]),
        ("louvinie", ["louvigne"]),
        ("hawking", []),
        ("orme", ["orne"]),
        ("orm", []),
        ("tutorat", []),
    ],
)
def test_slips_in_names_are_forgiven_within_bounds(typed: str, meant: list[str]) -> None:
    assert NAMES.guesses(typed) == meant


@given(st.text("abc", max_size=7), st.text("abc", max_size=7))
def test_slips_are_the_same_both_ways_and_none_for_the_same_word(one: str, other: str) -> None:
    assert slips(one, other, most=7) == slips(other, one, most=7)
    assert (slips(one, other, most=7) == 0) == (one == other)
