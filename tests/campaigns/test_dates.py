from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest

from campaigns.dates import clock_in_words, day_in_words, hour_in_words, span_in_words

NBSP = "\u00a0"


def test_the_first_of_a_month_is_an_ordinal_and_no_other_day_is() -> None:
    assert day_in_words(date(2024, 4, 1)) == "1er avril 2024"
    assert day_in_words(date(2024, 4, 21)) == "21 avril 2024"


def test_weekday_and_year_come_when_asked_for() -> None:
    day = date(2023, 8, 3)

    assert day_in_words(day, weekday=True) == "jeudi 3 août 2023"
    assert day_in_words(day, weekday=True, year=False) == "jeudi 3 août"


@pytest.mark.parametrize(
    ("clock", "words"),
    [
        (time(9), f"9{NBSP}h"),
        (time(23, 59, 59), f"23{NBSP}h{NBSP}59"),
        (time(0), f"0{NBSP}h"),
        (time(14, 5), f"14{NBSP}h{NBSP}05"),
    ],
)
def test_hours_are_told_as_french_writes_them(clock: time, words: str) -> None:
    assert clock_in_words(clock) == words


def test_an_instant_is_told_on_the_clocks_of_paris() -> None:
    assert hour_in_words(datetime(2023, 1, 17, 8, tzinfo=UTC)) == f"9{NBSP}h"
    assert hour_in_words(datetime(2023, 7, 17, 8, tzinfo=UTC)) == f"10{NBSP}h"


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2023, 4, 3), date(2023, 4, 7), "du 3 au 7 avril 2023"),
        (date(2024, 4, 1), date(2024, 4, 5), "du 1er au 5 avril 2024"),
        (date(2023, 3, 30), date(2023, 4, 1), "du 30 mars au 1er avril 2023"),
        (date(2025, 12, 29), date(2026, 1, 2), "du 29 décembre 2025 au 2 janvier 2026"),
        (date(2023, 4, 3), date(2023, 4, 3), "le 3 avril 2023"),
    ],
)
def test_a_span_repeats_nothing_that_both_ends_share(first: date, last: date, words: str) -> None:
    assert span_in_words(first, last) == words


def test_a_span_without_its_year_keeps_both_years_where_they_differ() -> None:
    assert span_in_words(date(2023, 4, 3), date(2023, 4, 7), year=False) == "du 3 au 7 avril"
    assert (
        span_in_words(date(2025, 12, 29), date(2026, 1, 2), year=False)
        == "du 29 décembre 2025 au 2 janvier 2026"
    )
