"""What counts as the key of a row."""

from __future__ import annotations

import pytest

from home.keys import LARGEST_KEY, key_in


def test_plain_digits_are_a_key() -> None:
    assert (key_in("0"), key_in("42"), key_in(str(LARGEST_KEY))) == (0, 42, LARGEST_KEY)


@pytest.mark.parametrize(
    "typed", ["", "²", "١٢", "-1", "1_000", " 1", str(LARGEST_KEY + 1), "9" * 5000]
)
def test_what_no_row_could_have_is_no_key(typed) -> None:
    assert key_in(typed) is None
