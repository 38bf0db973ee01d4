"""The shape that a contest asks for."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from contest.images.examination import ProblemCode
from contest.images.formats import Format
from contest.images.limits import Limits, fault_of_ratio, problems_of_shape

from .conftest import LIMITS

CONTEST = replace(LIMITS, min_short_side=1_754, min_long_side=2_480)
ANY_SHAPE = replace(CONTEST, ratio=None, orientation="either", min_short_side=0, min_long_side=0)
sides = st.integers(1, 20_000)


def codes(width: int, height: int, limits: Limits = CONTEST) -> list[ProblemCode]:
    return [problem.code for problem in problems_of_shape(width, height, limits)]


@given(dots=st.floats(min_value=150.5, max_value=1_200))
def test_an_a3_sheet_scanned_at_150_dots_per_inch_or_more_always_fits(dots: float) -> None:
    assert codes(round(297 / 25.4 * dots), round(420 / 25.4 * dots)) == []


@pytest.mark.parametrize(("width", "height"), [(1754, 2480), (3508, 4961), (2480, 3508)])
def test_the_usual_sizes_of_a3_and_a4_fit(width: int, height: int) -> None:
    assert codes(width, height) == []


@given(width=sides, height=sides, times=st.integers(2, 9))
def test_a_larger_copy_has_the_same_verdict_but_for_its_size(
    width: int, height: int, times: int
) -> None:
    small, large = codes(width, height), codes(width * times, height * times)
    assert [code for code in small if code != ProblemCode.TOO_SMALL] == [
        code for code in large if code != ProblemCode.TOO_SMALL
    ]
    assert ProblemCode.TOO_SMALL not in large or ProblemCode.TOO_SMALL in small


@given(width=sides, height=sides)
def test_an_orientation_left_open_judges_a_picture_and_its_turned_copy_alike(
    width: int, height: int
) -> None:
    limits = replace(CONTEST, orientation="either")
    assert codes(width, height, limits) == codes(height, width, limits)


@pytest.mark.parametrize(
    ("width", "height", "fits"),
    [
        (10_000, 15_300, True),
        (10_000, 15_301, False),
        (10_000, 14_700, True),
        (10_000, 14_699, False),
    ],
)
def test_the_tolerance_is_a_part_of_the_ratio_and_its_ends_fit(
    width: int, height: int, fits: bool
) -> None:
    limits = replace(CONTEST, ratio=1.5, ratio_tolerance=0.02)
    assert (codes(width, height, limits) == []) is fits


@pytest.mark.parametrize(
    ("width", "height", "small"),
    [(1754, 2480, False), (1753, 2480, True), (1754, 2479, True), (2480, 1754, False)],
)
def test_either_side_can_be_too_small_whichever_way_it_lies(
    width: int, height: int, small: bool
) -> None:
    assert (ProblemCode.TOO_SMALL in codes(width, height)) is small


@pytest.mark.parametrize(
    ("orientation", "refused"),
    [("portrait", [(3, 2)]), ("landscape", [(2, 3)]), ("either", [])],
)
def test_an_orientation_refuses_the_other_and_no_square(
    orientation: str, refused: list[tuple[int, int]]
) -> None:
    limits = replace(ANY_SHAPE, orientation=orientation)  # type: ignore[arg-type]
    assert [size for size in [(3, 2), (2, 3), (2, 2)] if codes(*size, limits)] == refused


@given(width=sides, height=sides)
def test_a_contest_that_takes_any_shape_refuses_none(width: int, height: int) -> None:
    assert codes(width, height, ANY_SHAPE) == []


@given(width=st.integers(200, 20_000), height=st.integers(200, 20_000))
def test_what_is_left_of_a_wrong_shape_once_cut_as_shown_fits(width: int, height: int) -> None:
    assume(ProblemCode.WRONG_RATIO in codes(width, height))
    fault = fault_of_ratio(width, height, CONTEST.ratio or 0)
    left = width * (1 - fault["cut_left"] - fault["cut_right"])
    tall = height * (1 - fault["cut_top"] - fault["cut_bottom"])
    assert left > 0
    assert tall > 0
    assert max(left, tall) / min(left, tall) == pytest.approx(2**0.5, rel=0.01)
    assert (left == width) != (tall == height)


def test_a_photo_of_a_phone_is_said_to_be_too_wide_by_how_much() -> None:
    (problem,) = problems_of_shape(3024, 4032, CONTEST)
    assert problem.code == ProblemCode.WRONG_RATIO
    assert problem.details == {
        "width": 3024, "height": 4032, "ratio": 1.3333, "expected": 1.4142,
        "fault": "too-wide", "percent": 5.7,
        "cut_left": 0.0286, "cut_right": 0.0286, "cut_top": 0.0, "cut_bottom": 0.0,
    }  # fmt: skip


@given(
    st.builds(
        Limits,
        formats=st.frozensets(st.sampled_from(Format)),
        max_bytes=st.integers(1),
        min_short_side=st.integers(0),
        min_long_side=st.integers(0),
        ratio=st.none() | st.floats(1, 10),
        ratio_tolerance=st.floats(0, 1),
        orientation=st.sampled_from(["portrait", "landscape", "either"]),
    )
)
def test_limits_survive_json(limits: Limits) -> None:
    assert Limits.from_json(limits.as_json()) == limits
