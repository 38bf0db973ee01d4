"""Numbers that a browser sends where the key of a row is expected."""

from __future__ import annotations

LARGEST_KEY = 2**63 - 1
"""The largest key that a database column holds."""

MOST_DIGITS = len(str(LARGEST_KEY))


def key_in(typed: str) -> int | None:
    """The key that `typed` writes, in plain digits; None where it is no key a row could have.

    `str.isdigit` alone lets through what `int` refuses ("²"), and `int` refuses thousands of
    digits, or makes of them a number that a database refuses.
    """
    if not (typed.isascii() and typed.isdecimal() and len(typed) <= MOST_DIGITS):
        return None
    number = int(typed)
    return number if number <= LARGEST_KEY else None
