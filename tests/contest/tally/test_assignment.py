"""Who judges what: the promises of a design, and what it admits it cannot keep."""

from __future__ import annotations

import random
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contest.tally.assignment import (
    EVERYONE_UP_TO,
    Design,
    Shortfall,
    design,
    everyone_fits,
    shuffle_for,
)
from contest.tally.errors import BadDefinition

NINE = [f"juror-{place}" for place in range(9)]
POSTERS = range(1, 301)


def some_conflicts(share: float, jurors: list[str] = NINE) -> set[tuple[str, int]]:
    chance = random.Random(7)
    return {(one, number) for one in jurors for number in POSTERS if chance.random() < share}


def make(
    posters: range,
    jurors: list[str],
    conflicts: set[tuple[str, int]] = frozenset(),  # type: ignore[assignment]
    panel_size: int | None = 3,
    seed: str = "seed",
) -> Design:
    return design(posters, jurors, conflicts, panel_size=panel_size, minimum=2, seed=seed)


@pytest.mark.parametrize("seed", ["one", "two", "three"])
def test_three_hundred_posters_for_nine_jurors_are_spread_as_well_as_can_be(seed: str) -> None:
    found = make(POSTERS, NINE, seed=seed)
    assert set(found.loads.values()) == {100}
    assert set(found.shared.values()) == {25}
    assert found.is_connected
    assert found.shortfalls == ()


def test_with_five_percent_of_conflicts_none_is_violated() -> None:
    conflicts = some_conflicts(0.05)
    found = make(POSTERS, NINE, conflicts)
    assert not conflicts & set(found.assignments)
    assert set(found.loads.values()) == {100}
    assert max(found.shared.values()) - min(found.shared.values()) <= 1
    assert {len(panel) for panel in found.panels.values()} == {3}


@settings(max_examples=40, deadline=None)
@given(
    st.integers(1, 12),
    st.integers(2, 6),
    st.integers(1, 4),
    st.sets(st.tuples(st.integers(0, 5), st.integers(1, 12)), max_size=25),
)
def test_every_design_keeps_its_promises(
    posters: int, jurors: int, panel: int, ruled_out: set[tuple[int, int]]
) -> None:
    names = [f"j{place}" for place in range(jurors)]
    conflicts = {(f"j{place}", number) for place, number in ruled_out}
    found = make(range(1, posters + 1), names, conflicts, panel)
    assert not conflicts & set(found.assignments)
    short = {one.number: one.given for one in found.shortfalls}
    for number, members in found.panels.items():
        eligible = [name for name in names if (name, number) not in conflicts]
        assert len(members) == len(set(members)) == min(panel, len(eligible))
        assert short.get(number, panel) == len(members)
        assert (number in found.below_minimum) == (len(members) < 2)
    if not found.is_even:
        assert not _can_be_even(found, names, conflicts)


def _can_be_even(found: Design, names: list[str], conflicts: set[tuple[str, int]]) -> bool:
    """Whether some design with the same panel sizes has loads that differ by one at most (flow)."""
    total = sum(len(panel) for panel in found.panels.values())
    least, more = divmod(total, len(names))
    for heavy in combinations(names, more):
        room = {name: least + (name in heavy) for name in names}
        if _fits(found, names, conflicts, room):
            return True
    return False


def _fits(
    found: Design, names: list[str], conflicts: set[tuple[str, int]], room: dict[str, int]
) -> bool:
    taken: dict[str, list[int]] = {name: [] for name in names}

    def place(number: int, tried: set[str]) -> bool:
        for name in names:
            if name in tried or (name, number) in conflicts or number in taken[name]:
                continue
            tried.add(name)
            if len(taken[name]) < room[name]:
                taken[name].append(number)
                return True
            for other in list(taken[name]):
                taken[name].remove(other)
                taken[name].append(number)
                if place(other, tried):
                    return True
                taken[name].remove(number)
                taken[name].append(other)
        return False

    return all(place(number, set()) for number, panel in found.panels.items() for _one in panel)


def test_loads_made_uneven_by_conflicts_are_evened_out_through_others() -> None:
    # The last two may judge one poster only; the first three carry the rest evenly.
    jurors = ["a", "b", "c", "d"]
    conflicts = {("d", number) for number in range(2, 13)}
    found = make(range(1, 13), jurors, conflicts, 1)
    assert found.loads["d"] == 1
    assert sorted(found.loads.values()) == [1, 3, 4, 4]
    assert not found.is_even


def test_the_same_seed_gives_the_same_design_whatever_the_order_and_another_differs() -> None:
    conflicts = some_conflicts(0.05)
    first = make(POSTERS, NINE, conflicts)
    again = design(
        reversed(POSTERS), reversed(NINE), sorted(conflicts), panel_size=3, minimum=2, seed="seed"
    )
    assert first == again
    assert make(POSTERS, NINE, conflicts, seed="other").panels != first.panels


def test_a_design_leaves_the_global_generator_alone() -> None:
    random.seed(1)
    expected = random.random()
    random.seed(1)
    make(range(1, 30), NINE)
    assert random.random() == expected


def test_everyone_judges_everything_but_what_conflicts_rule_out() -> None:
    found = make(range(1, 41), NINE, {("juror-3", 12)}, None)
    assert len(found.assignments) == 40 * 9 - 1
    assert "juror-3" not in found.panels[12]
    assert found.shortfalls == ()
    assert found.is_connected


def test_up_to_an_hour_of_posters_everyone_judges_everything() -> None:
    assert everyone_fits(EVERYONE_UP_TO)
    assert not everyone_fits(EVERYONE_UP_TO + 1)
    assert everyone_fits(90, minutes=120)


def test_a_poster_that_too_few_may_judge_is_reported() -> None:
    conflicts = {(name, 2) for name in NINE[1:]} | {(name, 3) for name in NINE}
    found = make(range(1, 10), NINE, conflicts)
    assert found.shortfalls == (Shortfall(2, wanted=3, given=1), Shortfall(3, wanted=3, given=0))
    assert found.below_minimum == (2, 3)


def test_a_panel_larger_than_the_jury_is_reported_for_every_poster() -> None:
    found = make(range(1, 4), ["a", "b"])
    assert [one.given for one in found.shortfalls] == [2, 2, 2]


def test_jurors_that_a_swap_can_tie_together_are_tied_together() -> None:
    for seed in range(40):
        assert make(range(1, 5), ["a", "b", "c", "d"], panel_size=2, seed=str(seed)).is_connected


def test_jurors_that_cannot_be_tied_together_are_told_apart() -> None:
    conflicts = {(name, number) for name in "ab" for number in (4, 5, 6)}
    conflicts |= {(name, number) for name in "cd" for number in (1, 2, 3)}
    found = make(range(1, 7), list("abcd"), conflicts, 2)
    assert found.groups == (("a", "b"), ("c", "d"))
    assert not found.is_connected


def test_nobody_to_judge_and_an_empty_panel_are_refused() -> None:
    for jurors, panel_size, code in ((list[str](), 3, "no_juror"), (NINE, 0, "bad_panel")):
        with pytest.raises(BadDefinition, match=code):
            make(range(1, 4), jurors, panel_size=panel_size)


def test_each_juror_meets_the_posters_in_an_order_of_their_own_that_stays() -> None:
    first = shuffle_for("a", "finale", "seed", POSTERS)
    assert sorted(first) == list(POSTERS)
    assert first == shuffle_for("a", "finale", "seed", reversed(POSTERS))
    others = [("b", "finale", "seed"), ("a", "demi", "seed"), ("a", "finale", "other")]
    assert all(shuffle_for(*other, POSTERS) != first for other in others)


def test_a_poster_added_or_taken_away_leaves_the_order_of_the_others() -> None:
    before = shuffle_for("a", "finale", "seed", POSTERS)
    after = shuffle_for("a", "finale", "seed", range(2, 302))
    assert [one for one in after if one != 301] == [one for one in before if one != 1]
