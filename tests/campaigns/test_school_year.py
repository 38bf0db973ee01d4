from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from campaigns.school_year import contains, following, validate_school_year


@pytest.mark.parametrize("value", ["2026-2027", "1999-2000"])
def test_two_years_that_follow_each_other_are_a_school_year(value: str) -> None:
    assert validate_school_year(value) is None
    assert following(value)


@pytest.mark.parametrize(
    "value", ["2026-2028", "2027-2026", "2026/2027", "26-27", "", "2026-2027 ", "２０２６-２０２７"]
)
def test_anything_else_is_none(value: str) -> None:
    with pytest.raises(ValidationError):
        validate_school_year(value)


def test_the_next_school_year_follows() -> None:
    assert following("2026-2027") == "2027-2028"
    assert following("bientôt") == ""


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 7, 31), False),
        (date(2026, 8, 1), True),
        (date(2027, 4, 5), True),
        (date(2027, 8, 31), True),
        (date(2027, 9, 1), False),
    ],
)
def test_a_school_year_runs_from_august_to_august(day: date, *, expected: bool) -> None:
    assert contains("2026-2027", day) is expected
