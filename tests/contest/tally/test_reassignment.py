"""A recusal, a juror who leaves, a juror who comes: work moves, submitted ballots never."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contest.tally.assignment import Reassignment, Shortfall, design, reassign

JURORS = ["a", "b", "c", "d", "e", "f"]
POSTERS = range(1, 41)
START = design(POSTERS, JURORS, (), panel_size=3, minimum=2, seed="seed")
SUBMITTED = set(START.assignments[::2])


def change(
    jurors: list[str] = JURORS,
    conflicts: set[tuple[str, int]] = frozenset(),  # type: ignore[assignment]
    fixed: set[tuple[str, int]] = SUBMITTED,
    even: bool = False,
    panel_size: int | None = 3,
) -> Reassignment:
    return reassign(
        START.assignments,
        POSTERS,
        jurors,
        conflicts,
        fixed=fixed,
        panel_size=panel_size,
        minimum=2,
        seed="seed",
        even=even,
    )


def test_without_a_reason_nothing_moves() -> None:
    assert change() == Reassignment(START, (), ())


def test_a_recusal_is_replaced_by_one_other_juror_and_moves_nothing_else() -> None:
    recused = next(one for one in START.assignments if one not in SUBMITTED)
    found = change(conflicts={recused})
    assert found.removed == (recused,)
    ((juror, number),) = found.added
    assert number == recused[1]
    assert juror not in START.panels[number]
    assert found.design.shortfalls == ()


def test_a_recusal_nobody_can_replace_is_reported() -> None:
    recused = next(one for one in START.assignments if one not in SUBMITTED)
    others = {(juror, recused[1]) for juror in JURORS if juror not in START.panels[recused[1]]}
    found = change(conflicts={recused, *others})
    assert found.added == ()
    assert found.design.shortfalls == (Shortfall(recused[1], wanted=3, given=2),)


def test_a_submitted_ballot_stays_even_if_its_juror_recuses_or_leaves() -> None:
    own = {one for one in SUBMITTED if one[0] == "a"}
    found = change(jurors=JURORS[1:], conflicts=own)
    assert own <= set(found.design.assignments)
    assert {juror for juror, _number in found.removed} == {"a"}
    assert not {one for one in found.design.assignments if one[0] == "a"} - own


def test_the_work_of_a_juror_who_leaves_is_shared_out() -> None:
    found = change(jurors=JURORS[1:])
    assert found.design.shortfalls == ()
    assert found.design.spread <= 2
    assert set(found.design.loads) == set(JURORS[1:])


def test_a_juror_who_comes_gets_work_that_nobody_had_sent() -> None:
    found = change(jurors=[*JURORS, "late"], even=True)
    assert found.design.is_even
    assert found.design.loads["late"] == 17
    assert {juror for juror, _number in found.added} >= {"late"}
    assert not set(found.removed) & SUBMITTED
    assert found.design.shortfalls == ()


def test_a_juror_who_comes_gets_none_where_all_is_sent() -> None:
    found = change(jurors=[*JURORS, "late"], fixed=set(START.assignments), even=True)
    assert (found.added, found.removed) == ((), ())
    assert found.design.loads["late"] == 0
    assert not found.design.is_even


def test_a_juror_who_comes_gets_everything_where_everyone_judges_everything() -> None:
    everyone = design(POSTERS, JURORS, (), panel_size=None, minimum=2, seed="seed")
    found = reassign(
        everyone.assignments,
        POSTERS,
        [*JURORS, "late"],
        {("late", 7)},
        fixed=(),
        panel_size=None,
        minimum=2,
        seed="seed",
        even=True,
    )
    assert found.removed == ()
    assert found.added == tuple(("late", number) for number in POSTERS if number != 7)


def test_posters_that_left_the_round_are_forgotten() -> None:
    found = reassign(
        START.assignments, range(2, 41), JURORS, (),
        fixed=SUBMITTED, panel_size=3, minimum=2, seed="seed",
    )  # fmt: skip
    assert {number for _juror, number in found.removed} == {1}
    assert found.added == ()


@settings(max_examples=25, deadline=None)
@given(
    st.sets(st.sampled_from(START.assignments), max_size=40),
    st.sets(st.sampled_from(START.assignments), max_size=8),
    st.sampled_from([JURORS, JURORS[:5], [*JURORS, "late"], ["late", *JURORS[2:]]]),
    st.booleans(),
)
def test_whatever_happens_submitted_ballots_stay_and_conflicts_are_kept(
    fixed: set[tuple[str, int]],
    recused: set[tuple[str, int]],
    jurors: list[str],
    even: bool,
) -> None:
    found = change(jurors, recused, fixed, even)
    after = set(found.design.assignments)
    assert fixed <= after
    assert not (recused - fixed) & after
    assert {juror for juror, number in after - fixed} <= set(jurors)
    assert after == (set(START.assignments) | set(found.added)) - set(found.removed)


@pytest.mark.parametrize(
    "current",
    [
        # Even loads: only a swap leaves them so.
        [("a", 1), ("b", 1), ("a", 2), ("b", 2), ("c", 3), ("d", 3), ("c", 4), ("d", 4)],
        # A juror has more than one of the others: a gift is enough.
        [*((one, number) for one in "ab" for number in (1, 2, 5)), ("c", 3), ("d", 3)],
    ],
)
def test_jurors_cut_off_from_the_others_are_tied_to_them_again(
    current: list[tuple[str, int]],
) -> None:
    posters = {number for _juror, number in current}
    before = design(posters, "abcd", (), panel_size=2, minimum=2, seed="seed").spread
    found = reassign(
        current, posters, "abcd", (), fixed=(), panel_size=2, minimum=2, seed="seed"
    ).design
    assert found.is_connected
    assert found.spread <= max(before, 2)
    assert {len(panel) for panel in found.panels.values()} == {2}


def test_jurors_whose_ballots_are_all_sent_stay_cut_off() -> None:
    current = [("a", 1), ("b", 1), ("c", 2), ("d", 2)]
    found = reassign(
        current, [1, 2], "abcd", (), fixed=current, panel_size=2, minimum=2, seed="seed"
    )
    assert not found.design.is_connected
    assert found.added == ()


@pytest.mark.parametrize("even", [False, True])
def test_the_same_change_is_made_again(even: bool) -> None:
    assert change(jurors=[*JURORS, "late"], even=even) == change(
        jurors=["late", *JURORS[::-1]], even=even
    )
